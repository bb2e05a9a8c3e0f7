"""What clause pages ask of later rooms: each fills these in its `apps.ready()`.

The lower room names the question and the shape of the answer; it never learns who answers.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from wolong.ground.people.access import Scope
from wolong.norms.standards.models import Clause, Edition, Requirement


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Where a requirement applies in the area that one looks at: how many objects, and the list of them."""

    count: int
    unit: str = ""
    url: str = ""
    doer: str = ""
    checker: str = ""


@dataclass(frozen=True, kw_only=True)
class ImpactLine:
    """What one requirement would make: so many duties, who does, who checks, what is missing, the next check."""

    ordinal: int
    objects: int
    object_words: str = ""
    doers: Sequence[str] = ()
    checkers: Sequence[str] = ()
    gaps: Sequence[str] = ()
    next_check_on: date | None = None
    cycle: str = ""


@dataclass(frozen=True, kw_only=True)
class Impact:
    """What a text would make in an area before it is saved, said by one later room."""

    title: Any
    lines: Sequence[ImpactLine] = field(default_factory=tuple)


CountProvider = Callable[[Edition, date, Scope], Mapping[str, int]]
"""Failures of a year by clause id."""
ReachProvider = Callable[[Sequence[Requirement], Scope, Any], Mapping[int, Reach]]
"""Objects by requirement id, in the area that the request looks at."""
ImpactProvider = Callable[[Sequence[Requirement], Any, date], Impact | None]
"""The impact of unsaved requirements in an area (given by its id)."""
AreaProvider = Callable[[Any], Sequence[tuple[int, str]]]
"""The areas that a person may choose among: (id, name)."""


CheckProvider = Callable[[Clause, Scope], Mapping[int, tuple[int, int]]]
"""Checks one by one and failures among them, by edition id, of a clause over all editions of its standard."""
P = TypeVar("P")


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What an execution line may name: selectors by the words people use, under a heading; names of services."""

    heading: Any = ""
    objects: Mapping[str, str] = field(default_factory=dict)
    services: Sequence[str] = ()


ChoiceProvider = Callable[[], Choices]
"""The kinds of things and the services that a later room knows."""


class Registry(Generic[P]):
    """Providers by name; the same name again replaces the earlier one."""

    def __init__(self) -> None:
        self._providers: dict[str, P] = {}

    def register(self, name: str, provider: P) -> None:
        self._providers[name] = provider

    def unregister(self, name: str) -> None:
        self._providers.pop(name, None)

    def __iter__(self) -> Iterator[P]:
        return iter(self._providers.values())


clause_counts: Registry[CountProvider] = Registry()
reach: Registry[ReachProvider] = Registry()
impact: Registry[ImpactProvider] = Registry()
areas: Registry[AreaProvider] = Registry()
checks: Registry[CheckProvider] = Registry()
choices: Registry[ChoiceProvider] = Registry()


def failures_by_clause(edition: Edition, on: date, scope: Scope) -> dict[str, int]:
    """This year's failures per clause number of a standard, over all providers."""
    total: dict[str, int] = {}
    for provider in clause_counts:
        for number, count in provider(edition, on, scope).items():
            total[number] = total.get(number, 0) + count
    return total


def checks_by_edition(clause: Clause, scope: Scope) -> dict[int, tuple[int, int]]:
    """(checks, failures) by edition id, over all providers."""
    total: dict[int, tuple[int, int]] = {}
    for provider in checks:
        for edition, (count, failed) in provider(clause, scope).items():
            known = total.get(edition, (0, 0))
            total[edition] = (known[0] + count, known[1] + failed)
    return total


def reach_of(clause: Clause, scope: Scope, request: Any) -> dict[int, Reach]:
    """Where the requirements of a clause apply, by requirement id."""
    requirements = list(clause.requirements.all())
    found: dict[int, Reach] = {}
    for provider in reach:
        found |= provider(requirements, scope, request)
    return found
