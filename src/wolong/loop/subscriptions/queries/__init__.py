"""What is asked of receivers and deliveries, what an event says, and which dates a person has."""

from wolong.loop.subscriptions.queries.dates import calendar_of, person_of_calendar
from wolong.loop.subscriptions.queries.deliveries import next_due, open_receivers, secrets_of
from wolong.loop.subscriptions.queries.subjects import SUBJECTS, Subject, body_of, is_visible

__all__ = [
    "SUBJECTS",
    "Subject",
    "body_of",
    "calendar_of",
    "is_visible",
    "next_due",
    "open_receivers",
    "person_of_calendar",
    "secrets_of",
]
