"""A frequency is a limit: 每15日一次 is judged as the largest gap between events, not as a count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from wolong.language.tree import Measure

# Working days and shifts are missing: how long they last is the calendar's and the rota's affair.
DAYS = {
    "min": Decimal(1) / 1440,
    "h": Decimal(1) / 24,
    "d": Decimal(1),
}
# The most days that 0 to 11 months in a row have: a quarter is never 93 days.
_MOST_DAYS = (0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337)


@dataclass(frozen=True, slots=True)
class Gap:
    """The time between two events, in days; `until_now` when no later event has come."""

    start: date | datetime
    end: date | datetime
    days: Decimal
    exceeds: bool
    until_now: bool = False


@dataclass(frozen=True, slots=True)
class GapVerdict:
    """All gaps in order, the longest of them, and whether every one keeps the limit."""

    conforms: bool
    gaps: tuple[Gap, ...]
    longest: Gap | None


def largest_gap(measure: Measure) -> Decimal | None:
    """The longest time in days that may pass between two events: the period, when it asks for one time; else None."""
    if measure.kind != "frequency" or measure.per is None or measure.low != 1:
        return None
    if measure.condition:
        return None
    if measure.per.unit in ("month", "a"):
        days = _most_days(measure.per.value * (12 if measure.per.unit == "a" else 1))
    elif measure.per.unit in DAYS:
        days = measure.per.value * DAYS[measure.per.unit]
    else:
        return None
    return days


def _most_days(months: Decimal) -> Decimal:
    """Half a month is fifteen days wherever it lies, and of four years in a row one at most is a leap year."""
    whole, part = divmod(months, 1)
    years, rest = divmod(int(whole), 12)
    return years * 365 + (years + 3) // 4 + _MOST_DAYS[rest] + part * 30


def judge_gaps(
    events: Sequence[date] | Sequence[datetime], limit_days: Decimal | int, until: date | datetime
) -> GapVerdict:
    """The gaps between events, and from the last one until `until`; dates count whole days, datetimes parts of them."""
    limit = Decimal(limit_days)
    ordered = sorted(events)
    gaps = [_gap(one, next_one, limit, open_end=False) for one, next_one in pairwise(ordered)]
    if ordered and _days(ordered[-1], until) > 0:
        gaps.append(_gap(ordered[-1], until, limit, open_end=True))
    longest = max(gaps, key=lambda gap: gap.days, default=None)
    return GapVerdict(bool(ordered) and not any(gap.exceeds for gap in gaps), tuple(gaps), longest)


def _gap(start: date | datetime, end: date | datetime, limit: Decimal, *, open_end: bool) -> Gap:
    days = _days(start, end)
    return Gap(start, end, days, days > limit, open_end)


def _days(start: date | datetime, end: date | datetime) -> Decimal:
    """Days between two moments; where one of them is only a date, days of the calendar."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        return Decimal(str((end - start).total_seconds())) / 86400
    return Decimal((_as_date(end) - _as_date(start)).days)


def _as_date(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
