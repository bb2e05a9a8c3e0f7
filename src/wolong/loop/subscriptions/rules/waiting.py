"""How long to wait before trying again, and when to stop."""

from datetime import datetime, timedelta

# After the first try, the second …: about two days in all.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
# A receiver that is down is asked again at least this often, whatever each of its deliveries waits for.
LONGEST_REST = timedelta(hours=1)
DAYS_TO_PAUSE = timedelta(days=3)
OLD_SECRET_HOLDS = timedelta(days=1)
KEPT = timedelta(days=30)


def next_try(attempts: int, *, at: datetime) -> datetime | None:
    """When to try again after so many attempts; None: given up."""
    return at + WAITS[attempts - 1] if attempts <= len(WAITS) else None


def rest_until(failures: int, *, at: datetime) -> datetime:
    """Until when a receiver is left alone after so many failures in a row."""
    return at + min(WAITS[min(failures, len(WAITS)) - 1], LONGEST_REST)


def is_to_pause(failing_since: datetime | None, *, at: datetime) -> bool:
    """A receiver that answered nothing rightly for three days is no longer tried."""
    return failing_since is not None and at - failing_since >= DAYS_TO_PAUSE
