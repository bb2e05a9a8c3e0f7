"""Numbers, years and the days on which an edition rules."""

import re
from dataclasses import dataclass
from datetime import date

_WITH_YEAR = re.compile(r"^(?P<code>.*\S)\s*[-–—]+\s*(?P<year>(?:19|20)\d{2})$")


@dataclass(frozen=True, slots=True)
class EditionNumber:
    """A standard's number taken apart: Q/WLS BZ06-003—2026 is the code Q/WLS BZ06-003 and the year 2026."""

    code: str
    year: int | None

    def __str__(self) -> str:
        return self.code if self.year is None else f"{self.code}—{self.year}"


def split_number(number: str) -> EditionNumber:
    """The code that all editions share, and the year; `-`, `–` and `—` before the year are equal (language.md 1)."""
    match = _WITH_YEAR.match(number.strip())
    return EditionNumber(match["code"], int(match["year"])) if match else EditionNumber(number.strip(), None)


def year_of(number: str, *, issued: date | None, effective: date | None) -> int | None:
    """The year of an edition: that of its number, else that of its issue, else that of its first day."""
    given = split_number(number).year
    day = issued or effective
    return given if given is not None else (day.year if day else None)


def last_day_before(first_day: date, *, later_first_days: list[date]) -> date | None:
    """The day on which an edition stops to rule (not included): the first day of the next one, or none."""
    return min((day for day in later_first_days if day > first_day), default=None)


def is_review_overdue(review_due: date | None, *, today: date) -> bool:
    """A standard is reviewed every five years (标准化法 29); past that day its validity is in doubt."""
    return review_due is not None and review_due < today
