"""When a duty is next looked at."""

from calendar import monthrange
from datetime import date

MONTHS_OF_A_YEAR = 12


def next_check_by(cycle_months: int | None, *, today: date) -> date | None:
    """The last day of the running calendar period: by then it is checked, at the latest (docs/rules.md, Planning: half-yearly and
    yearly checks fall in the period's last month unless due earlier). None for an event or without a frequency."""
    if not cycle_months:
        return None
    month = today.year * MONTHS_OF_A_YEAR + today.month - 1
    last = (month // cycle_months + 1) * cycle_months - 1
    year, index = divmod(last, MONTHS_OF_A_YEAR)
    return date(year, index + 1, monthrange(year, index + 1)[1])
