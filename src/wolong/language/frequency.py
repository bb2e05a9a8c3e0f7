"""A frequency is a limit: 每15日一次 is judged as the largest gap between events, not as a count."""

from decimal import Decimal

from wolong.language.tree import Measure

# Working days and shifts are missing: how long they last is the calendar's and the rota's affair.
DAYS = {
    "min": Decimal(1) / 1440,
    "h": Decimal(1) / 24,
    "d": Decimal(1),
}
# The most days that 0 to 11 months in a row have: a quarter is never 93 days.
_MOST_DAYS = (0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337)


def largest_gap(measure: Measure) -> Decimal | None:
    """The longest time in days that may pass between two events: the period, when it asks for one time; else None."""
    if measure.kind != "frequency" or measure.per is None or measure.low != 1:
        return None
    if measure.condition:
        return None
    if measure.per.unit in ("month", "a"):
        return _most_days(measure.per.value * (12 if measure.per.unit == "a" else 1))
    return measure.per.value * DAYS[measure.per.unit] if measure.per.unit in DAYS else None


def _most_days(months: Decimal) -> Decimal:
    """Half a month is fifteen days wherever it lies, and of four years in a row one at most is a leap year."""
    whole, part = divmod(months, 1)
    years, rest = divmod(int(whole), 12)
    return years * 365 + (years + 3) // 4 + _MOST_DAYS[rest] + part * 30
