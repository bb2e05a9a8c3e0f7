"""Who reads and who changes the official calendar."""

from typing import Protocol

# As the people's room names it, which stands above this one.
ADMINISTRATOR = "administrator"


class Reach(Protocol):
    @property
    def is_inside(self) -> bool: ...

    def has(self, *roles: str) -> bool: ...


def may_read(scope: Reach) -> bool:
    """Everybody of the bureau; a company sees the days in its own deadlines."""
    return scope.is_inside


def may_change(scope: Reach) -> bool:
    """Only the system administrator."""
    return scope.has(ADMINISTRATOR)
