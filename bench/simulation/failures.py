"""Failures planted by seed, and what becomes of them on one side: found, noticed, repaired. Pure: no database, no clock.

A day is a number from the year's first day on. Every draw comes from a generator named by seed and thing, never from a
shared one: both sides meet the same failures, and a look at the same thing in the same month has the same luck.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

YEAR_DAYS = 365
ITEMISED, OVERALL = "itemised", "overall"
PAPERS = "查阅"
Assumptions = Mapping[str, Any]


def assumptions(path: Path) -> Assumptions:
    with path.open("rb") as file:
        return tomllib.load(file)


@dataclass(frozen=True, slots=True)
class Thing:
    """One 应 on one object, as far as failing and finding are concerned."""

    key: str
    duty: int
    object: str
    line: str
    severity: str
    method: str
    minutes: float
    must_itemise: bool
    reads_log: bool


@dataclass(frozen=True, slots=True)
class Planted:
    """A failure: when it begins, when somebody would notice it without an inspector, how long a repair takes."""

    begins: float
    noticed: float
    repair_days: float


def plant(things: Iterable[Thing], given: Assumptions, seed: int, days: int = YEAR_DAYS) -> dict[str, list[Planted]]:
    """The failures of a year, by thing; the same for the same seed."""
    return {thing.key: _failures_of(thing, given, seed, days) for thing in things}


def _failures_of(thing: Thing, given: Assumptions, seed: int, days: int) -> list[Planted]:
    chance = Random(f"{seed}/failures/{thing.key}")
    a_year = _of(given["failures_a_year"], thing.line) * given["failures_by_severity"][thing.severity]
    a_day = a_year * _factor(thing.object, given["spread"]["shape"], seed) / YEAR_DAYS
    unseen = _of(given["noticed_after_days"], thing.line)
    if thing.method == PAPERS:
        unseen = max(unseen, given["noticed"]["papers_after_days"])
    found = []
    begins = -float(given["run"]["warm_up_days"])
    while a_day > 0 and (begins := begins + chance.expovariate(a_day)) < days:
        noticed = begins + chance.expovariate(1 / unseen)
        repair = given["repaired_after_days"][thing.severity] * (0.5 + chance.random())
        found.append(Planted(begins, noticed, repair))
    return found


def _factor(name: str, shape: float, seed: int) -> float:
    """How much worse than the mean an object is; all are alike where no shape is given."""
    return Random(f"{seed}/object/{name}").gammavariate(shape, 1 / shape) if shape else 1.0


def _of(figures: Mapping[str, float], name: str) -> float:
    return figures.get(name, figures["*"])


@dataclass(slots=True)
class Failure:
    """A planted failure on one side: known at a day, by an inspector or by somebody else."""

    thing: Thing
    planted: Planted
    known: float | None = None
    is_found: bool = False

    @property
    def begins(self) -> float:
        return self.planted.begins

    def stands_at(self, day: float) -> bool:
        return self.known is None or day < self.known + self.planted.repair_days


@dataclass(slots=True)
class Side:
    """One way to spend the hours, and what it has brought to light so far."""

    things: Mapping[str, Thing]
    planted: Mapping[str, Sequence[Planted]]
    given: Assumptions
    seed: int
    failures: list[Failure] = field(default_factory=list)
    checks: int = 0
    minutes: float = 0.0
    looked_at: set[str] = field(default_factory=set)
    itemised: set[str] = field(default_factory=set)
    _last: dict[str, Failure] = field(default_factory=dict)
    _next: dict[str, int] = field(default_factory=dict)

    def mode_of(self, thing: Thing, month: int) -> str:
        """Whether a thing is looked at singly in a month: where it must be, and by habit; alike on all sides."""
        if thing.must_itemise:
            return ITEMISED
        by_habit = Random(f"{self.seed}/habit/{thing.key}/{month}").random() < self.given["habits"]["looked_at_singly"]
        return ITEMISED if by_habit else OVERALL

    def look(self, key: str, day: float, month: int) -> tuple[str, bool]:
        """An inspector looks at a thing: how, and whether that brings a failure to light that nobody knew."""
        thing = self.things[key]
        mode = self.mode_of(thing, month)
        self.checks += 1
        self.minutes += thing.minutes
        self.looked_at.add(key)
        if mode == ITEMISED:
            self.itemised.add(key)
        self._advance(key, day)
        failure = self._last.get(key)
        if failure is None or failure.known is not None:
            return mode, False
        odds = self.given["odds"]["log" if thing.reads_log and mode == ITEMISED else mode]
        if Random(f"{self.seed}/luck/{key}/{month}").random() >= odds:
            return mode, False
        failure.known, failure.is_found = day, True
        return mode, True

    def finish(self, day: float) -> None:
        """Whatever begins or is noticed until the last day."""
        for key in self.things:
            self._advance(key, day)

    def _advance(self, key: str, day: float) -> None:
        """Let time pass for a thing: failures begin where none stands, and are noticed."""
        for planted in self.planted[key][self._next.get(key, 0) :]:
            if planted.begins > day:
                break
            self._next[key] = self._next.get(key, 0) + 1
            self._notice(key, planted.begins)
            last = self._last.get(key)
            if last is None or not last.stands_at(planted.begins):  # what is broken does not break again
                self._last[key] = Failure(self.things[key], planted)
                self.failures.append(self._last[key])
        self._notice(key, day)

    def _notice(self, key: str, day: float) -> None:
        last = self._last.get(key)
        if last is not None and last.known is None and last.planted.noticed <= day:
            last.known = last.planted.noticed
