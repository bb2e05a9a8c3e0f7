"""The inspection economy: what is checked within the inspectors' hours, and what is not."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

DEFAULT_MINUTES: Mapping[str, Decimal] = {
    "查看": Decimal(2),
    "测量": Decimal(5),
    "查阅": Decimal(4),
    "询问": Decimal(4),
    "试验": Decimal(8),
}
DEFAULT_HOURS = Decimal(16)  # hours an inspector has for rounds in a month, where nobody has set another figure
SPOT_CHECK_PERCENT = Decimal(5)  # of a system's equipment each quarter where no clause gives a ratio; never less than 1

SEVERITY_POINTS: Mapping[str, int] = {"A": 1000, "B": 400, "C": 200, "O": 50}
POINTS_A_FAILURE = 150
POINTS_A_COMPLAINT = 100
COUNTED_AT_MOST = 5
POINTS_A_CYCLE = 100  # for each cycle gone by since the last itemised check
CYCLES_AT_MOST = 4
NEVER_CHECKED_CYCLES = 3
DAYS_A_MONTH = 30


class Reason(StrEnum):
    """Why a check is in the plan, or is not."""

    GRAVE = "重大项必查"
    DRAWN = "抽样抽中"
    LOG = "抽看作业记录"
    RISK = "按风险排入"
    NO_TIME = "工时不够"
    NO_TIME_GRAVE = "重大项也排不下，须增加工时"
    NO_INSPECTOR = "没有可派的巡查员"
    NO_CYCLE = "条款没有写频次"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One duty that is due, with what decides its rank."""

    duty: int
    requirement: int
    severity: str
    minutes: Decimal
    cycle_months: int = 1
    failures: int = 0
    complaints: int = 0
    last_checked_on: date | None = None
    is_drawn: bool = False
    reads_log: bool = False
    shut_out: frozenset[int] = frozenset()
    """Inspectors who belong to the unit that does the work: they never check it."""


def minutes_for(method: str, settings: Mapping[str, Decimal]) -> Decimal:
    """Minutes that one check takes, by its method; a method that nobody knows takes as long as looking."""
    return settings.get(method) or DEFAULT_MINUTES.get(method, DEFAULT_MINUTES["查看"])


def sample_size(percent: Decimal, population: int) -> int:
    """ceil(p·N), exactly; at least one of a population that is there at all."""
    if population <= 0:
        return 0
    return max(1, min(population, math.ceil(Decimal(population) * percent / 100)))


def risk(candidate: Candidate, *, on: date) -> int:
    """Points of risk: severity, past failures, complaints, and the cycles gone by since the last itemised check."""
    points = SEVERITY_POINTS.get(candidate.severity, SEVERITY_POINTS["O"])
    points += POINTS_A_FAILURE * min(candidate.failures, COUNTED_AT_MOST)
    points += POINTS_A_COMPLAINT * min(candidate.complaints, COUNTED_AT_MOST)
    if candidate.last_checked_on is None:
        return points + POINTS_A_CYCLE * NEVER_CHECKED_CYCLES
    days = max(0, (on - candidate.last_checked_on).days)
    cycle_days = max(1, candidate.cycle_months) * DAYS_A_MONTH
    return points + min(POINTS_A_CYCLE * days // cycle_days, POINTS_A_CYCLE * CYCLES_AT_MOST)


def ranked(candidates: Iterable[Candidate], *, on: date) -> list[Candidate]:
    """The order in which they are given time: A in full, then what was drawn, then by risk; ties by the duty's id."""
    return sorted(candidates, key=lambda each: (each.severity != "A", not each.is_drawn, -risk(each, on=on), each.duty))


def reason_in(candidate: Candidate) -> Reason:
    """Why a chosen check is in the plan."""
    if candidate.severity == "A":
        return Reason.GRAVE
    if candidate.is_drawn:
        return Reason.DRAWN
    return Reason.LOG if candidate.reads_log else Reason.RISK


def fit(
    candidates: Sequence[Candidate], *, hours: Mapping[int, Decimal], reserved: Decimal = Decimal(0), on: date
) -> tuple[list[Candidate], dict[int, Reason]]:
    """Choose by rank what fits into the minutes left; what does not comes back with its reason.

    `hours` are the minutes each inspector has left. `reserved` minutes are kept free for a draw that is still to come:
    only A may use them. Whoever belongs to the doer is shut out, and a check that nobody else can do has no inspector.
    """
    left = sum(hours.values(), Decimal(0))
    by_inspector = dict(hours)
    chosen: list[Candidate] = []
    out: dict[int, Reason] = {}
    for each in ranked(candidates, on=on):
        open_to = [inspector for inspector in by_inspector if inspector not in each.shut_out]
        floor = Decimal(0) if each.severity == "A" else reserved
        if not open_to:
            out[each.duty] = Reason.NO_INSPECTOR
        elif left - each.minutes < floor or not _take(by_inspector, open_to, each.minutes):
            out[each.duty] = Reason.NO_TIME_GRAVE if each.severity == "A" else Reason.NO_TIME
        else:
            left -= each.minutes
            chosen.append(each)
    return chosen, out


def _take(minutes: dict[int, Decimal], open_to: Sequence[int], wanted: Decimal) -> bool:
    """Take minutes from whoever has most left; ties by id."""
    best = max(open_to, key=lambda inspector: (minutes[inspector], -inspector))
    if minutes[best] < wanted:
        return False
    minutes[best] -= wanted
    return True
