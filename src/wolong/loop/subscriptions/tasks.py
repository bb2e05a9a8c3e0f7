"""Notices leave the house here, in a queue of their own: whoever hangs delays nothing but himself."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from wolong.ground.lifecycle import Refused
from wolong.ground.people.access import scope_of
from wolong.ground.workdays.queries import now
from wolong.loop.subscriptions import actions, queries, sending
from wolong.loop.subscriptions.models import Delivery, Receiver
from wolong.loop.subscriptions.states import PING

QUEUE = "subscriptions"
# One job sends no more than these; what is left is the next one's, so that others have their turn.
MOST_AT_ONCE = 50


@app.periodic(cron="* * * * * */10", periodic_id="subscriptions.look_out")
@app.task(queueing_lock="subscriptions.look_out", name="subscriptions.look_out", queue=QUEUE)
def look_out(timestamp: int | None = None) -> int:
    """Every ten seconds: what happened is told, and whoever something is due for gets a job of its own."""
    del timestamp
    at = now()
    actions.tell_receivers(at=at)
    due = Receiver.objects.with_due(at).values_list("pk", flat=True)
    return sum(ask_to_send(receiver) for receiver in due)


def ask_to_send(receiver_id: int) -> bool:
    """One job a receiver waits at a time, and none runs beside another."""
    job = send_due.configure(lock=f"subscriptions-{receiver_id}", queueing_lock=f"subscriptions-send-{receiver_id}")
    try:
        with transaction.atomic():
            job.defer(receiver_id=receiver_id)
    except AlreadyEnqueued:
        return False
    return True


@app.task(name="subscriptions.send_due", queue=QUEUE)
def send_due(receiver_id: int) -> int:
    """Send what is due to one receiver, until it fails once: then it rests. A repetition is possible, and harmless."""
    sent = 0
    receiver = Receiver.objects.with_due(now()).select_related("owner").filter(pk=receiver_id).first()
    while receiver is not None and sent < MOST_AT_ONCE:
        delivery = queries.next_due(receiver, now())
        if delivery is None or not _send(delivery):
            break
        sent += 1
    return sent


@app.task(name="subscriptions.send_now", queue=QUEUE)
def send_now(delivery_id: int) -> bool:
    """Send one that somebody asked for, whether or not its receiver rests; one that was sent meanwhile is left alone."""
    delivery = Delivery.objects.due(now()).filter(pk=delivery_id).select_related("receiver__owner").first()
    return delivery is not None and _send(delivery)


def _send(delivery: Delivery) -> bool:
    """One try; whether the next may follow. No transaction is open while the other machine takes its time."""
    receiver = delivery.receiver
    if not receiver.is_active:
        return False
    if delivery.event != PING and not _is_visible(delivery):
        actions.withhold(delivery=delivery)
        return True
    at = now()
    try:
        secrets = queries.secrets_of(receiver, at)
    except Refused as refusal:
        answer = sending.Answer(None, 0, fault=refusal.sentence)
    else:
        headers = sending.headers_of(delivery, secrets, timestamp=int(at.timestamp()))
        answer = sending.post(
            receiver.address,
            delivery.body,
            headers,
            local_allowed=settings.SUBSCRIPTIONS_LOCAL,
            seconds=sending.SECONDS,
        )
    return actions.note_attempt(
        delivery=delivery,
        status=answer.status,
        duration_ms=answer.duration_ms,
        answer=answer.text,
        fault=answer.fault,
        at=timezone.now(),
    )


def _is_visible(delivery: Delivery) -> bool:
    return delivery.subject_id is not None and queries.is_visible(
        delivery.event, delivery.subject_id, scope_of(delivery.receiver.owner)
    )


@app.periodic(cron="40 3 * * *", periodic_id="subscriptions.forget_old")
@app.task(queueing_lock="subscriptions.forget_old", name="subscriptions.forget_old")
def forget_old(timestamp: int | None = None) -> int:
    """The log of deliveries keeps thirty days."""
    del timestamp
    return actions.forget_old_deliveries(at=now())
