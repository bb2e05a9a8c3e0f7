"""What happens is noted in the transaction in which it happens, and told to each receiver afterwards."""

import json
import time
import uuid
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from wolong.ground.people.access import scope_of
from wolong.loop.subscriptions.models import Delivery, Happening, Receiver
from wolong.loop.subscriptions.queries import body_of, open_receivers
from wolong.loop.subscriptions.queries.subjects import SUBJECTS, kind_of, thing_of
from wolong.loop.subscriptions.states import ALSO, Event

# How long a process that found nobody to be told asks no more; whoever registers here is looked for at once.
SECONDS_TO_BELIEVE = 30.0
MOST_AT_ONCE = 200
NOTE = """INSERT INTO subscriptions_happening (id, event, subject_id, at) SELECT %s, %s, %s, %s
    WHERE EXISTS (SELECT 1 FROM subscriptions_receiver WHERE is_active AND paused_at IS NULL AND events && %s::varchar[])"""
_nobody_until: dict[str, float] = {}


def note_happening(*, event: str, subject_id: int, at: datetime) -> None:
    """Something happened that other systems may want to know: one statement, and none where nobody does.

    It is kept or undone with the transaction in which it happened. Where the last look found no receiver of the event,
    nothing is asked for half a minute.
    """
    if time.monotonic() < _nobody_until.get(event, 0.0):
        return
    names = [event, *ALSO.get(Event(event), ())]
    with connection.cursor() as cursor:
        cursor.execute(NOTE, [uuid.uuid4(), event, subject_id, at, [str(name) for name in names]])
        if cursor.rowcount == 0:
            _nobody_until[event] = time.monotonic() + SECONDS_TO_BELIEVE


def look_again() -> None:
    """Receivers changed: the next event asks anew."""
    _nobody_until.clear()


@transaction.atomic
def tell_receivers(*, at: datetime) -> int:
    """What was noted becomes one delivery for each receiver whose owner may see it; answers how many.

    Told once: a happening is gone with its deliveries in one transaction, and two workers never take the same.
    """
    waiting = list(Happening.objects.select_for_update(skip_locked=True).order_by("at", "pk")[:MOST_AT_ONCE])
    made: list[Delivery] = []
    for happening in waiting:
        for event in (happening.event, *ALSO.get(Event(happening.event), ())):
            made += _deliveries(str(event), happening, at)
    Delivery.objects.bulk_create(made, ignore_conflicts=True)
    Happening.objects.filter(pk__in=[happening.pk for happening in waiting]).delete()
    return len(made)


def _deliveries(event: str, happening: Happening, at: datetime) -> list[Delivery]:
    receivers = open_receivers(event)
    thing = thing_of(event, happening.subject_id) if receivers else None
    if thing is None:
        return []
    message = happening.pk if event == happening.event else uuid.uuid5(happening.pk, event)
    body = body_of(event=event, message=message, at=happening.at, thing=thing)
    subject = SUBJECTS[kind_of(event)]
    seen: dict[int, bool] = {}
    found = []
    for receiver in receivers:
        if receiver.owner_id not in seen:
            rows = subject.model._default_manager.filter(subject.visible(scope_of(receiver.owner)))  # noqa: SLF001
            seen[receiver.owner_id] = rows.filter(pk=happening.subject_id).exists()
        if seen[receiver.owner_id]:
            found.append(_delivery(receiver, message, event, body, happening, at))
    return found


def _delivery(receiver: Receiver, message: Any, event: str, body: str, happening: Happening, at: datetime) -> Delivery:
    return Delivery(
        receiver=receiver,
        message=message,
        event=event,
        subject_id=happening.subject_id,
        body=body,
        at=happening.at,
        next_at=at,
    )


def ping_body(message: uuid.UUID, at: datetime) -> str:
    """The body of a test: the same shape, about nothing."""
    told = {"event": "ping", "id": str(message), "time": at.isoformat(timespec="seconds"), "kind": "ping"}
    return json.dumps({**told, "number": "", "url": "", "facts": {}}, ensure_ascii=False, separators=(",", ":"))
