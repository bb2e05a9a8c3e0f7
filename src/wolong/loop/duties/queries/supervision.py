"""How far supervision has got in an area: the gap index, the five steps, and the lists behind each figure."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from django.db.models import Count, Q

from wolong.estate.places.models import OfficeArea
from wolong.ground.people.models import Organization
from wolong.loop.duties.models import Duty
from wolong.loop.duties.queries.demands import demands_by_area
from wolong.loop.duties.rules import gap_index as rules
from wolong.loop.duties.rules.deriving import Demand
from wolong.loop.duties.rules.gap_index import Coverage, GapIndex, first_day_that_counts, is_only, share
from wolong.loop.duties.states import Gap, Result, Standing

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Tally:
    """One 应 of an area: its objects, what they lack, and how they were looked at within its period."""

    requirement_id: int
    coverage: Coverage
    with_doer: int
    with_checker: int
    failing: int
    suspect: int

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What it lacks before anybody can keep it."""
        if not self.coverage.objects:
            return (Gap.OBJECTS,)
        found = []
        if self.with_doer < self.coverage.objects:
            found.append(Gap.DOER)
        if self.with_checker < self.coverage.objects:
            found.append(Gap.CHECKER)
        if self.coverage.cycle_months is None and not self.coverage.is_event_driven:
            found.append(Gap.CYCLE)
        return tuple(found)

    @property
    def standing(self) -> Standing:
        return self.coverage.standing

    @property
    def has_doer(self) -> bool:
        return bool(self.coverage.objects) and self.with_doer == self.coverage.objects

    @property
    def has_checker(self) -> bool:
        return bool(self.coverage.objects) and self.with_checker == self.coverage.objects


def in_time(column: str, cycles: Sequence[int], on: date) -> Q:
    """Duties whose last look of a kind still counts, each by its own cycle."""
    found = Q(pk__in=())
    for months in cycles:
        found |= Q(cycle_months=months, **{f"{column}__range": (first_day_that_counts(months, today=on), on)})
    return found


NOTHING_SEEN = dict.fromkeys(
    ("things", "with_doer", "with_checker", "itemised", "overall", "by_self", "failing", "suspect"), 0
)


def tallies(area: OfficeArea, on: date, *, checker: Organization | None = None) -> list[Tally]:
    """Every 应 that the area demands on a day, with what its current duties show; three queries whatever their number.

    `checker` narrows it to what one section supervises (its own units too).
    """
    return tallies_by_area([area], on, checker=checker)[area.pk]


def tallies_by_area(
    areas: Collection[OfficeArea], on: date, *, checker: Organization | None = None
) -> dict[int, list[Tally]]:
    """The tallies of several areas; three queries whatever their number."""
    duties = Duty.objects.filter(area__in=areas).current()
    if checker is not None:
        duties = duties.filter(checker__path__startswith=checker.path or "?")
    demanded = demands_by_area(areas, on)
    cycles = sorted({one.cycle_months for found in demanded.values() for one in found if one.cycle_months})
    itemised, overall = in_time("last_itemised_on", cycles, on), in_time("last_overall_on", cycles, on)
    by_self = in_time("last_self_on", cycles, on)
    rows = (
        duties.order_by()
        .values("area_id", "requirement_id")
        .annotate(
            things=Count("pk"),
            with_doer=Count("doer"),
            with_checker=Count("checker"),
            itemised=Count("pk", filter=itemised),
            overall=Count("pk", filter=overall & ~itemised),
            by_self=Count("pk", filter=by_self & ~itemised & ~overall),
            failing=Count("pk", filter=Q(last_result=Result.FAILS) & itemised),
            suspect=Count("pk", filter=Q(is_suspect=True)),
        )
    )
    counted = {(row["area_id"], row["requirement_id"]): row for row in rows}
    return {
        area: [
            _tally(demand, counted.get((area, demand.requirement), NOTHING_SEEN))
            for demand in found
            if checker is None or (area, demand.requirement) in counted
        ]
        for area, found in demanded.items()
    }


def _tally(demand: Demand, row: Mapping[str, int]) -> Tally:
    coverage = Coverage(
        objects=row["things"],
        itemised=row["itemised"],
        overall=row["overall"],
        by_self=row["by_self"],
        cycle_months=demand.cycle_months,
        sample_percent=demand.sample_percent,
        is_event_driven=demand.is_event_driven,
    )
    return Tally(demand.requirement, coverage, row["with_doer"], row["with_checker"], row["failing"], row["suspect"])


def gap_index(area: OfficeArea, on: date, *, checker: Organization | None = None) -> GapIndex:
    """The supervision gap index of an area on a day (rule 18)."""
    return rules.gap_index(tally.coverage for tally in tallies(area, on, checker=checker))


def gap_indexes(areas: Collection[OfficeArea], on: date) -> dict[int, GapIndex]:
    """The index of each area; as many queries for all as for one."""
    found = tallies_by_area(areas, on)
    return {area: rules.gap_index(tally.coverage for tally in own) for area, own in found.items()}


def gaps(area: OfficeArea, on: date) -> list[Tally]:
    """The 应 that lack objects, a doer, a checker or a frequency."""
    return [tally for tally in tallies(area, on) if tally.gaps]


STEPS = ("doer", "checker", "checked", "conforming")


def lost_at(tally: Tally) -> str:
    """The step of the strip at which a 应 is lost; empty where it comes through, or is bound to an event."""
    if tally.standing == Standing.EVENT:
        return ""
    if not tally.has_doer:
        return "doer"
    if not tally.has_checker:
        return "checker"
    if tally.standing != Standing.CLOSED:
        return "checked"
    return "conforming" if tally.failing else ""


def _is_lost_at(step: str, tally: Tally) -> bool:
    return lost_at(tally) == step


def _lacks(gap: Gap, tally: Tally) -> bool:
    return gap in tally.gaps


LISTS: dict[str, Callable[[Tally], bool]] = {
    "all": lambda _tally: True,
    "open": lambda tally: tally.standing == Standing.OPEN,
    "closed": lambda tally: tally.standing == Standing.CLOSED,
    "events": lambda tally: tally.standing == Standing.EVENT,
    "only_overall": lambda tally: is_only(tally.coverage, mode="overall"),
    "only_self": lambda tally: is_only(tally.coverage, mode="self"),
    "gap": lambda tally: bool(tally.gaps),
    "suspect": lambda tally: bool(tally.suspect),
    "failing": lambda tally: bool(tally.failing),
    **{f"lost_{key}": partial(_is_lost_at, key) for key in STEPS},
    **{str(gap): partial(_lacks, gap) for gap in Gap},
}


def shows(tally: Tally, what: str) -> bool:
    """Whether a 应 belongs to the list behind a figure; `what` is a key of `LISTS`."""
    return LISTS[what](tally)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the strip: how many 应 came so far, and how many were lost on the way to it."""

    key: str
    count: int
    lost: int
    percent: Decimal
    lost_percent: Decimal
    lost_key: str


@dataclass(frozen=True, slots=True)
class Steps:
    """412 条“应” → 有人做 → 有人查 → 本期查了 → 查了且符合, and the index that they come down to.

    Requirements bound to an event are left out, as in the index. Each step counts only what came through the one before.
    """

    index: GapIndex
    steps: tuple[Step, ...]

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)


def steps_of(found: Sequence[Tally]) -> Steps:
    """The strip over tallies that were asked already."""
    lost = [lost_at(tally) for tally in found if tally.standing != Standing.EVENT]
    total = left = len(lost)
    rows = [Step("required", total, 0, share(total, total) or ZERO, ZERO, "")]
    for key in STEPS:
        gone = lost.count(key)
        left -= gone
        rows.append(Step(key, left, gone, share(left, total) or ZERO, share(gone, total) or ZERO, f"lost_{key}"))
    return Steps(rules.gap_index(tally.coverage for tally in found), tuple(rows))


def steps(area: OfficeArea, on: date, *, checker: Organization | None = None) -> Steps:
    """How far the standards got in an area, or in what one section supervises."""
    return steps_of(tallies(area, on, checker=checker))
