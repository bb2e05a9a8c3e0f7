"""The supervision gap index (docs/rules.md, rule 18): the share of 应 in an area that nobody checked in time.

Its unit is the requirement. A requirement is closed only if every object (where the clause itself samples: the whole
declared sample, ceil(p·N) distinct objects) has an *itemised* check by someone other than the doer within the last full
period of its frequency. 自查 and 概查 never close it; they are counted apart.

"Within the last full period" is taken as: on or after the first day of the last complete calendar period. On 2026-11-23 a
monthly requirement counts checks since 10-01 (October is the last complete month), a quarterly one since 07-01, a
half-yearly one since 01-01, a yearly one since 2025-01-01: what was checked in the last complete period or in the running
one is in time. Requirements bound to an event (事件:接到报修) have no period: they are left out of the index and shown apart.
A requirement without objects, or without a frequency, stays open until it gets them or is excluded with a reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import ceil

from wolong.loop.duties.states import Standing

MONTHS_OF_A_YEAR = 12
TENTH = Decimal("0.1")


def first_day_that_counts(cycle_months: int, *, today: date) -> date:
    """The first day of the last complete calendar period; periods of n months are counted from January of year 0."""
    if cycle_months < 1:
        raise ValueError("a period has at least one month")
    month = today.year * MONTHS_OF_A_YEAR + today.month - 1
    first = max((month // cycle_months - 1) * cycle_months, MONTHS_OF_A_YEAR)
    return date(first // MONTHS_OF_A_YEAR, first % MONTHS_OF_A_YEAR + 1, 1)


def is_in_time(checked_on: date | None, *, cycle_months: int, today: date) -> bool:
    """Whether a check still counts; one dated after today does not."""
    return checked_on is not None and first_day_that_counts(cycle_months, today=today) <= checked_on <= today


def objects_needed(objects: int, sample_percent: Decimal | None) -> int:
    """How many distinct objects must be checked: all, or ceil(p·N) where the clause itself samples."""
    if sample_percent is None:
        return objects
    return min(objects, ceil(Decimal(objects) * sample_percent / 100))


@dataclass(frozen=True, slots=True)
class Coverage:
    """One requirement in an area: its objects, and how many were looked at within the period, and how.

    `itemised` counts objects itemised by someone other than the doer; `overall` and `by_self` those that were looked at
    in no better way than 概查 and 自查.
    """

    objects: int
    itemised: int
    overall: int = 0
    by_self: int = 0
    cycle_months: int | None = 1
    sample_percent: Decimal | None = None
    is_event_driven: bool = False

    @property
    def needed(self) -> int:
        return objects_needed(self.objects, self.sample_percent)

    @property
    def standing(self) -> Standing:
        if self.is_event_driven:
            return Standing.EVENT
        is_closed = self.objects > 0 and self.cycle_months is not None and self.itemised >= self.needed
        return Standing.CLOSED if is_closed else Standing.OPEN


@dataclass(frozen=True, slots=True)
class GapIndex:
    """How far supervision got: requirements by standing, and beside it the share of requirement × object.

    `only_overall` and `only_self` are open requirements whose objects were all looked at, but some only as 概查 or 自查.
    `objects` and `objects_checked` count requirement × object over requirements with a period (a sample counts as its size).
    """

    required: int
    closed: int
    open: int
    events: int
    only_overall: int
    only_self: int
    objects: int
    objects_checked: int
    objects_overall: int
    objects_self: int

    @property
    def percent(self) -> Decimal | None:
        """The index: open of required, in percent with one place; None where nothing is required (never 0)."""
        return share(self.open, self.required)

    @property
    def share_objects(self) -> Decimal | None:
        """The share of requirement × object that was checked in time."""
        return share(self.objects_checked, self.objects)


def share(part: int, whole: int) -> Decimal | None:
    """A percentage with one place, half up; nothing of nothing is no number."""
    return (Decimal(100 * part) / whole).quantize(TENTH, ROUND_HALF_UP) if whole else None


def is_only(coverage: Coverage, *, mode: str) -> bool:
    """Open, and every needed object looked at, but only so by counting 概查 (mode overall) or 自查 (mode self)."""
    if coverage.standing != Standing.OPEN or not coverage.objects:
        return False
    if mode == "overall":
        return coverage.overall > 0 and coverage.itemised + coverage.overall >= coverage.needed
    reached = coverage.itemised + coverage.overall + coverage.by_self
    return coverage.by_self > 0 and not is_only(coverage, mode="overall") and reached >= coverage.needed


def gap_index(coverages: Iterable[Coverage]) -> GapIndex:
    """The index over all 应 of an area."""
    rows = list(coverages)
    periodic = [row for row in rows if row.standing != Standing.EVENT]
    closed = sum(row.standing == Standing.CLOSED for row in periodic)
    return GapIndex(
        required=len(periodic),
        closed=closed,
        open=len(periodic) - closed,
        events=len(rows) - len(periodic),
        only_overall=sum(is_only(row, mode="overall") for row in periodic),
        only_self=sum(is_only(row, mode="self") for row in periodic),
        objects=sum(row.needed for row in periodic),
        objects_checked=sum(min(row.itemised, row.needed) for row in periodic),
        objects_overall=sum(row.overall for row in periodic),
        objects_self=sum(row.by_self for row in periodic),
    )
