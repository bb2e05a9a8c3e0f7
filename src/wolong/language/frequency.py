"""A frequency is a limit: 每15日一次 is judged as the largest gap between events, not as a count."""

from decimal import Decimal

from wolong.language.tree import Measure
from wolong.language.units import dimension, in_days, most_days, sized


def largest_gap(measure: Measure) -> Decimal | None:
    """The longest time in days that may pass between two events: the period, when it asks for one time; else None."""
    period = measure.per
    if measure.kind != "frequency" or period is None or measure.low != 1 or measure.condition:
        return None
    if dimension(period.unit) == "calendar":
        return most_days(sized(period.value, period.unit))
    return in_days(period.value, period.unit)
