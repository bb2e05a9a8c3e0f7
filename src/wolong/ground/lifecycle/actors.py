"""Whoever acts, as the rooms below `people` know them."""

from datetime import date
from typing import Protocol


class Actor(Protocol):
    """A person, seen from rooms that stand below the people: a number, a name, a unit, and the roles they hold."""

    pk: int
    name: str

    @property
    def unit_name(self) -> str: ...

    def holds(self, *roles: str, on: date) -> bool: ...
