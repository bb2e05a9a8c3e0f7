"""Quarters and their months. Pure."""

from datetime import date, timedelta

QUARTER = 3
LONGER_THAN_A_MONTH = timedelta(days=32)


def quarter_of(day: date) -> tuple[date, date]:
    """The first and the last day of the quarter that a day lies in."""
    first = date(day.year, (day.month - 1) // QUARTER * QUARTER + 1, 1)
    following = first
    for _month in range(QUARTER):
        following = next_month(following)
    return first, following - timedelta(days=1)


def next_month(first: date) -> date:
    """The first day of the month after the one that begins on `first`."""
    return (first + LONGER_THAN_A_MONTH).replace(day=1)


def last_of_month(first: date) -> date:
    return next_month(first) - timedelta(days=1)


def months_of(first: date, last: date, *, until: date) -> list[date]:
    """The first days of a quarter's months that have begun on a day."""
    found, month = [], first
    while month <= min(last, until):
        found.append(month)
        month = next_month(month)
    return found


def quarters_before(day: date, *, count: int) -> list[date]:
    """The first days of this quarter and of those before it, newest first."""
    found, at = [], day
    for _back in range(count):
        first, _last = quarter_of(at)
        found.append(first)
        at = first - timedelta(days=1)
    return found
