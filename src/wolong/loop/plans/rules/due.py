"""Which checks fall due in a month."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

# A check wanted more often than monthly, as the execution line writes it (每日, 每班, 每周, 每2小时, 每15日, 半月).
FINER_THAN_MONTHLY = re.compile(r"每(?:日|天|班|周|工作日)|每\d+(?:小时|h|日|天|周)|每小时|每半月|半月|每旬")
DAYS_OF_A_MONTH = 28


@dataclass(frozen=True, slots=True)
class Cycle:
    """How often a duty is checked. `months` None: no frequency is given."""

    months: int | None
    label: str = ""
    is_event_driven: bool = False
    is_sampled: bool = False


def month_of(day: date) -> date:
    """The first day of a day's month: how months are named here."""
    return day.replace(day=1)


def last_day(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def add_months(day: date, months: int) -> date:
    """The same day some months later; the last of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    return first.replace(day=min(day.day, last_day(first).day))


def is_period_end(month: date, months: int) -> bool:
    """Whether a period of so many calendar months ends with this month (quarters in 3, 6, 9, 12)."""
    return (month.year * 12 + month.month) % months == 0


def period_start(month: date, months: int) -> date:
    """The first day of the period of so many months that this month lies in."""
    index = month.year * 12 + month.month - 1
    first = index - index % months
    return date(first // 12, first % 12 + 1, 1)


def reads_log(label: str) -> bool:
    """Whether one monthly item stands for a finer frequency: it samples the doer's own log."""
    found = FINER_THAN_MONTHLY.search(label)
    if found is None:
        return False
    days = re.search(r"每(\d+)(日|天|周)", label)
    return days is None or int(days[1]) * (7 if days[2] == "周" else 1) < DAYS_OF_A_MONTH


def is_due(cycle: Cycle, *, month: date, since: date, last_checked_on: date | None) -> bool:
    """Whether a duty is to be checked in a month.

    Monthly and finer: every month. Longer: in the period's last month unless checked earlier within the period; earlier
    where the cycle since the last check (or since the duty began) runs out by the month's end: a frequency is a limit.
    A clause that itself samples is due once a period as a whole. An event has its own time, never a month's.
    Only checks before the month count, so that compiling again within the month answers the same.
    """
    if cycle.is_event_driven or cycle.months is None:
        return False
    if cycle.months <= 1:
        return True
    if cycle.is_sampled:
        return is_period_end(month, cycle.months)
    checked = last_checked_on if last_checked_on is not None and last_checked_on < month else None
    if is_period_end(month, cycle.months):
        return checked is None or checked < period_start(month, cycle.months)
    return add_months(checked or since, cycle.months) <= last_day(month)
