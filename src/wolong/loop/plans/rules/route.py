"""Rounds: chosen checks become walks, along one route, shared among inspectors, over the month's working days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby

LONGEST_ROUND_MINUTES = Decimal(240)  # half a day on one's feet
WORKDAYS_TO_DO_A_ROUND = 5


@dataclass(frozen=True, slots=True)
class Stop:
    """One check on the way: where it is, in which order one comes by, and who may not do it."""

    duty: int
    place: int
    building: int
    building_order: int
    walk_order: int
    system_order: int
    minutes: Decimal
    shut_out: frozenset[int] = frozenset()

    @property
    def way(self) -> tuple[int, int, int, int, int, int]:
        return (self.building_order, self.building, self.walk_order, self.place, self.system_order, self.duty)


@dataclass(slots=True)
class Walk:
    """One round of one inspector in one building: its stops in order."""

    inspector: int
    building: int
    stops: list[Stop] = field(default_factory=list)

    @property
    def minutes(self) -> Decimal:
        return sum((stop.minutes for stop in self.stops), Decimal(0))


def share(stops: Iterable[Stop], minutes: Mapping[int, Decimal]) -> tuple[dict[int, list[Stop]], list[Stop]]:
    """Give each inspector a stretch of the route within their minutes; what fits nobody comes back.

    The route is cut where an inspector's share of the whole is reached, at a place's edge where that is possible.
    """
    left = dict(sorted(minutes.items()))
    given: dict[int, list[Stop]] = {inspector: [] for inspector in left}
    misfits: list[Stop] = []
    on_the_way = sorted(stops, key=lambda stop: stop.way)
    quota = _quota(on_the_way, left)
    used = dict.fromkeys(left, Decimal(0))
    for _place, group in groupby(on_the_way, key=lambda stop: (stop.building, stop.place)):
        block = list(group)
        whole = sum((stop.minutes for stop in block), Decimal(0))
        barred = frozenset().union(*(stop.shut_out for stop in block))
        taker = _taker(left, used, quota, barred, whole)
        if taker is not None:
            _give(given, left, used, taker, block, whole)
            continue
        for stop in block:
            single = _taker(left, used, quota, stop.shut_out, stop.minutes)
            if single is None:
                misfits.append(stop)
            else:
                _give(given, left, used, single, [stop], stop.minutes)
    return given, misfits


def _quota(stops: Sequence[Stop], left: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Each inspector's fair part of the work, by the minutes they have."""
    work = sum((stop.minutes for stop in stops), Decimal(0))
    have = sum(left.values(), Decimal(0))
    return {inspector: work * own / have if have else Decimal(0) for inspector, own in left.items()}


def _taker(
    left: Mapping[int, Decimal],
    used: Mapping[int, Decimal],
    quota: Mapping[int, Decimal],
    barred: frozenset[int],
    wanted: Decimal,
) -> int | None:
    able = [inspector for inspector in left if inspector not in barred and left[inspector] >= wanted]
    unfilled = [inspector for inspector in able if used[inspector] < quota[inspector]]
    if unfilled:
        return unfilled[0]
    return max(able, key=lambda inspector: (left[inspector], -inspector), default=None)


def _give(
    given: dict[int, list[Stop]],
    left: dict[int, Decimal],
    used: dict[int, Decimal],
    taker: int,
    stops: list[Stop],
    minutes: Decimal,
) -> None:
    given[taker].extend(stops)
    left[taker] -= minutes
    used[taker] += minutes


def walks(given: Mapping[int, Sequence[Stop]], *, longest: Decimal = LONGEST_ROUND_MINUTES) -> list[Walk]:
    """Cut each inspector's stretch into rounds: one building each, none longer than half a day, never inside a place."""
    found: list[Walk] = []
    for inspector in sorted(given):
        stops = sorted(given[inspector], key=lambda stop: stop.way)
        for building, in_building in groupby(stops, key=lambda stop: stop.building):
            walk = Walk(inspector, building)
            for _place, group in groupby(in_building, key=lambda stop: stop.place):
                block = list(group)
                minutes = sum((stop.minutes for stop in block), Decimal(0))
                if walk.stops and walk.minutes + minutes > longest:
                    found.append(walk)
                    walk = Walk(inspector, building)
                walk.stops.extend(block)
            found.append(walk)
    return found


def spread(rounds: int, workdays: Sequence[date]) -> list[tuple[date, date]]:
    """(start, last day) of so many rounds, evenly over the working days that are left; the last ends with the last day."""
    if not workdays:
        raise ValueError("no working day to plan on")
    spans = []
    for n in range(1, rounds + 1):
        end = max(0, -(-n * len(workdays) // rounds) - 1)
        spans.append((workdays[max(0, end - WORKDAYS_TO_DO_A_ROUND + 1)], workdays[end]))
    return spans
