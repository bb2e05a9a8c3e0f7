"""How a visit is done: what must be looked at singly, and what looks too good or too quick."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

MEASURED = "测量"
PHOTO, READING = "照片", "读数"

FASTEST_SHARE = Decimal("0.25")  # of the planned minutes: under it nobody can have looked
FEWEST_ITEMS_TO_JUDGE_SPEED = 5
VISITS_WITHOUT_A_FAULT = 5
ITEMS_WITHOUT_A_FAULT = 50


def must_itemise(*, severity: str, method: str, evidence: Collection[str]) -> bool:
    """Grave and measured items are looked at one by one; the rest of a place may go together (attention is scarce)."""
    return severity == "A" or method == MEASURED or READING in evidence


def needs_photo(*, evidence: Collection[str], severity: str, fails: bool) -> bool:
    """A clause that wants photographs gets them where they prove something: of every failure, and of a grave item always."""
    return PHOTO in evidence and (fails or severity == "A")


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a visit took beside what its items were planned to take."""

    items: int
    planned_minutes: Decimal
    minutes: Decimal

    @property
    def is_too_fast(self) -> bool:
        return self.items >= FEWEST_ITEMS_TO_JUDGE_SPEED and self.minutes < self.planned_minutes * FASTEST_SHARE


def pace_of(*, items: int, planned_minutes: Decimal, started_at: datetime, submitted_at: datetime) -> Pace:
    return Pace(items, planned_minutes, Decimal(round((submitted_at - started_at).total_seconds())) / 60)


def finds_nothing(*, visits: int, items: int, failures: int) -> bool:
    """Many visits in a row, many items, and never a fault: worth a word, never a verdict."""
    return failures == 0 and visits >= VISITS_WITHOUT_A_FAULT and items >= ITEMS_WITHOUT_A_FAULT


# Working days to put a failure right where the clause is silent (docs/rules.md, Planning); O is noted without an order.
TERM_DAYS = {"A": 1, "B": 3, "C": 10}
