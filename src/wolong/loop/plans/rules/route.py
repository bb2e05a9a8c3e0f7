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


class _Sharing:
    """Who has how much left while the route is cut."""

    def __init__(self, minutes: Mapping[int, Decimal], work: Decimal) -> None:
        self.left = dict(sorted(minutes.items()))
        self.given: dict[int, list[Stop]] = {inspector: [] for inspector in self.left}
        have = sum(self.left.values(), Decimal(0))
        # What each still wants of the work, by the minutes they have.
        self.wants = {inspector: work * own / have if have else Decimal(0) for inspector, own in self.left.items()}

    def give(self, stops: Sequence[Stop]) -> bool:
        """Give some stops to one inspector: the first whose share is not full yet, else who has most left."""
        wanted = sum((stop.minutes for stop in stops), Decimal(0))
        barred = frozenset().union(*(stop.shut_out for stop in stops))
        able = [inspector for inspector, left in self.left.items() if inspector not in barred and left >= wanted]
        taker = next(
            (inspector for inspector in able if self.wants[inspector] > 0),
            max(able, key=lambda inspector: (self.left[inspector], -inspector), default=None),
        )
        if taker is None:
            return False
        self.given[taker].extend(stops)
        self.left[taker] -= wanted
        self.wants[taker] -= wanted
        return True


def share(stops: Iterable[Stop], minutes: Mapping[int, Decimal]) -> tuple[dict[int, list[Stop]], list[Stop]]:
    """Give each inspector a stretch of the route within their minutes; what fits nobody comes back.

    The route is cut where an inspector's share of the whole is reached, at a place's edge where that is possible.
    """
    on_the_way = sorted(stops, key=lambda stop: stop.way)
    sharing = _Sharing(minutes, sum((stop.minutes for stop in on_the_way), Decimal(0)))
    misfits: list[Stop] = []
    for _place, group in groupby(on_the_way, key=lambda stop: (stop.building, stop.place)):
        block = list(group)
        if not sharing.give(block):
            misfits.extend(stop for stop in block if not sharing.give([stop]))
    return sharing.given, misfits


def walks(given: Mapping[int, Sequence[Stop]], *, longest: Decimal = LONGEST_ROUND_MINUTES) -> list[Walk]:
    """Cut each inspector's stretch into rounds: one building each, at most half a day, cut between places."""
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
    """(start, last day) of so many rounds, evenly over the working days that are left, up to the last one."""
    if not workdays:
        raise ValueError("no working day to plan on")
    spans = []
    for n in range(1, rounds + 1):
        end = max(0, -(-n * len(workdays) // rounds) - 1)
        spans.append((workdays[max(0, end - WORKDAYS_TO_DO_A_ROUND + 1)], workdays[end]))
    return spans
