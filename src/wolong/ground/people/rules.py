"""Periods of grants, one-time passwords, and how a name sorts."""

import hashlib
import secrets
from datetime import date, timedelta

from psycopg.types.range import DateRange
from pypinyin import lazy_pinyin

# Without the letters and figures that are mistaken for one another when read aloud or copied from paper.
PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105 - an alphabet
PASSWORD_GROUPS = (4, 4, 4)
LONGEST_KEY = 240


def pinyin_key(name: str) -> str:
    """How a Chinese name sorts: its syllables, in small letters."""
    return " ".join(lazy_pinyin(name)).lower()[:LONGEST_KEY]


def days_from(since: date, until: date | None) -> DateRange:
    """From one day to another, both included; open where no last day is given."""
    return DateRange(since, until + timedelta(days=1) if until is not None else None, "[)")


def last_day(valid: DateRange) -> date | None:
    """The last day of a period, or None while it is open."""
    return valid.upper - timedelta(days=1) if valid.upper is not None else None


def one_time_password() -> str:
    """Three groups of four that can be read aloud; about 59 bits."""
    return "-".join("".join(secrets.choice(PASSWORD_LETTERS) for _ in range(size)) for size in PASSWORD_GROUPS)


def token_digest(raw: str) -> str:
    """What is kept of a token. It is 256 random bits, so a plain hash can't be guessed back."""
    return hashlib.sha256(raw.encode()).hexdigest()
