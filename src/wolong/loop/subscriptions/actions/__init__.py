"""The verbs on receivers, deliveries and calendar addresses."""

from wolong.loop.subscriptions.actions.calendar import make_calendar_address, switch_off_calendar
from wolong.loop.subscriptions.actions.delivery import (
    forget_old_deliveries,
    note_attempt,
    ping,
    send_again,
    withhold,
)
from wolong.loop.subscriptions.actions.happening import note_happening, tell_receivers
from wolong.loop.subscriptions.actions.receiver import (
    change_receiver,
    register_receiver,
    replace_secret,
    resume_receiver,
    switch_receiver,
)

__all__ = [
    "change_receiver",
    "forget_old_deliveries",
    "make_calendar_address",
    "note_attempt",
    "note_happening",
    "ping",
    "register_receiver",
    "replace_secret",
    "resume_receiver",
    "send_again",
    "switch_off_calendar",
    "switch_receiver",
    "tell_receivers",
    "withhold",
]
