"""Working days of the Chinese calendar: holidays, and the weekend days worked in exchange (调休)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day that departs from Monday to Friday: off on a weekday, or worked on a weekend (调休)."""

    on: date
    is_workday: bool
    name: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day; provisional (暂定) when it reaches into a year whose calendar is not announced yet."""

    on: date
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The announced calendar: days that depart from Monday to Friday, and the years that are known."""

    special: Mapping[date, bool] = field(default_factory=dict)
    announced_years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Whether people work on `day`; an unannounced year counts Monday to Friday."""
        return self.special.get(day, day.weekday() < 5)

    def is_rest(self, day: date) -> bool:
        return not self.is_workday(day)

    def add_workdays(self, start: date, days: int) -> Deadline:
        """The last of `days` working days after `start`; the day itself for none (立即 is the same day)."""
        day, left = start, days
        years = {start.year}
        while left > 0:
            day += ONE_DAY
            years.add(day.year)
            left -= self.is_workday(day)
        return Deadline(day, is_provisional=not years <= self.announced_years)

    def workdays_between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and with `end`; negative when `end` is earlier."""
        if end < start:
            return -self.workdays_between(end, start)
        span = (end - start).days
        return sum(self.is_workday(start + timedelta(days=n)) for n in range(1, span + 1))


class UnreadableLine(ValueError):
    """A line of an announcement that can't be understood; its text is the line."""


def days_in(text: str) -> list[Day]:
    """The days of an announcement as it is typed: one a line, 2027-10-01 放假 国庆节. Raises UnreadableLine."""
    words = {"放假": False, "休": False, "上班": True, "班": True}
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        parts = line.replace("\u3000", " ").split(maxsplit=2)
        if len(parts) != 3 or parts[1] not in words:
            raise UnreadableLine(line)
        try:
            on = date.fromisoformat(parts[0])
        except ValueError:
            raise UnreadableLine(line) from None
        found.append(Day(on, words[parts[1]], parts[2]))
    return found
