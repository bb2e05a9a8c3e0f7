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
DAYS_A_MONTH = 30
NEVER_CHECKED_MONTHS = 2.0  # put on top of the time that a duty has stood
MONTHS_AT_MOST = 24.0
OVERALL_SHARE = 0.5  # of what may have gone wrong meanwhile a look over the whole place (概查) is trusted to have seen

USUAL_RATE = 0.02  # findings a month on one duty, where nothing is known yet
PRIOR_MONTHS = 20.0  # so long at the usual rate is put before a clause's own record: one finding says little
SPREAD = (
    1.0  # how alike the objects of a clause are thought to be (shape of a gamma distribution); their own record tells
)
LEAST_ODDS, MOST_ODDS = 0.2, 8.0


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
    odds: float = 1.0
    """How likely it fails beside the area's usual check: `odds_of`."""
    since: date = date.min
    last_checked_on: date | None = None
    last_overall_on: date | None = None
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


def watched_months(*, failures: int, since: date, last_looked_on: date | None) -> float:
    """For how long a duty's record speaks: from its beginning to the last look at it; each finding speaks for a month."""
    days = (last_looked_on - since).days if last_looked_on is not None else 0
    return max(days / DAYS_A_MONTH, float(failures))


def rate_of(failures: int, months: float, *, usual: float) -> float:
    """Findings a month, drawn towards the usual rate as long as the record is short."""
    return (failures + PRIOR_MONTHS * usual) / (months + PRIOR_MONTHS)


def odds_of(*, failures: int, months: float, rate: float, usual: float) -> float:
    """How likely a duty fails beside the area's usual one: as its clause does (`rate`), and as it did itself.

    The mean of a gamma distribution after so many findings in so many months; within bounds, so that nothing is forgotten.
    """
    itself = (failures + SPREAD) / (months * rate + SPREAD)
    return min(max(itself * rate / usual, LEAST_ODDS), MOST_ODDS)


def months_gone(candidate: Candidate, *, on: date) -> float:
    """Months since somebody looked; a look at the whole place takes off half of what had gone by until then."""
    looked, overall = candidate.last_checked_on, candidate.last_overall_on
    gone = max(0, (on - (looked or candidate.since)).days) / DAYS_A_MONTH + (looked is None) * NEVER_CHECKED_MONTHS
    if overall is not None and (looked is None or overall > looked):
        since = max(0, (on - overall).days) / DAYS_A_MONTH
        gone = since + (1 - OVERALL_SHARE) * max(0.0, gone - since)
    return min(gone, MONTHS_AT_MOST)


def risk(candidate: Candidate, *, on: date) -> float:
    """Points of risk: how grave, times how likely, times how long nobody looked."""
    grave = SEVERITY_POINTS.get(candidate.severity, SEVERITY_POINTS["O"])
    return grave * candidate.odds * months_gone(candidate, on=on)


def ranked(candidates: Iterable[Candidate], *, on: date) -> list[Candidate]:
    """The order in which they are given time: A in full, then what was drawn, then the most risk a minute; ties by the duty's id."""

    def place(each: Candidate) -> tuple[bool, bool, float, int]:
        return (each.severity != "A", not each.is_drawn, -risk(each, on=on) / float(each.minutes), each.duty)

    return sorted(candidates, key=place)


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
