"""Deliveries: each try is noted; one that fails waits longer each time, is given up at last, and a receiver that fails for days pauses."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.inbox.actions import tell
from wolong.ground.lifecycle import Refused
from wolong.ground.people.access import scope_of
from wolong.ground.people.models import Person
from wolong.loop.subscriptions import signals
from wolong.loop.subscriptions.access import may_try
from wolong.loop.subscriptions.actions.happening import ping_body
from wolong.loop.subscriptions.models import Attempt, Delivery, Receiver
from wolong.loop.subscriptions.rules.waiting import KEPT, is_to_pause, next_try, rest_until
from wolong.loop.subscriptions.states import DELIVERY, PING, DeliveryState

GONE = 410


@transaction.atomic
def note_attempt(
    *, delivery: Delivery, status: int | None, duration_ms: int, answer: str, fault: str, at: datetime
) -> bool:
    """What came of one try; answers whether it was taken.

    A failure waits for the next try, the seventh wait is the last; then the delivery is given up and the owner told. After
    three days of failures in a row, or where the receiver says that it is gone (410), it is paused and its owner told.
    """
    receiver = Receiver.objects.select_for_update(of=("self",)).select_related("owner").get(pk=delivery.receiver_id)
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    Attempt.objects.create(
        delivery=delivery, at=at, status=status, duration_ms=duration_ms, answer=answer[:1024], fault=fault[:200]
    )
    is_taken = status is not None and 200 <= status < 300
    delivery.attempts_made += 1
    if is_taken:
        delivery.state, delivery.next_at = DeliveryState.DELIVERED, None
        receiver.failures, receiver.failing_since, receiver.rests_until = 0, None, None
    else:
        _fail(delivery, receiver, status, at)
    delivery.save(update_fields=["state", "attempts_made", "next_at"])
    receiver.save(update_fields=["failures", "failing_since", "rests_until", "paused_at"])
    return is_taken


def _fail(delivery: Delivery, receiver: Receiver, status: int | None, at: datetime) -> None:
    receiver.failures += 1
    receiver.failing_since = receiver.failing_since or at
    receiver.rests_until = rest_until(receiver.failures, at=at)
    if delivery.state == DeliveryState.WAITING:
        delivery.next_at = next_try(delivery.attempts_made, at=at) if delivery.event != PING else None
        if delivery.next_at is None:
            delivery.state = DeliveryState.GIVEN_UP
            if delivery.event != PING:
                _tell(receiver, _("接收方 %(name)s 一直没有收下通知，已放弃"), f"given-up-{_day(at)}", at)
    if receiver.paused_at is None and (status == GONE or is_to_pause(receiver.failing_since, at=at)):
        receiver.paused_at = at
        _tell(receiver, _("接收方 %(name)s 多日不应答，已暂停；修好后请恢复"), f"paused-{_day(at)}", at)


def _tell(receiver: Receiver, sentence: str, key: str, at: datetime) -> None:
    """At most once a day and kind: a receiver that is down is one sentence, not a hundred."""
    words = sentence % {"name": receiver.name}
    tell(
        people=[receiver.owner],
        sentence=words,
        url=receiver.get_absolute_url(),
        key=f"subscriptions-{receiver.pk}-{key}",
        at=at,
    )


def _day(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y%m%d}"


@transaction.atomic
def withhold(*, delivery: Delivery) -> None:
    """What its owner may no longer see is not sent any more."""
    Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING).update(
        state=DeliveryState.WITHHELD, next_at=None
    )


@transaction.atomic
def ping(*, receiver: Receiver, by: Person, at: datetime) -> Delivery:
    """Send a test at once, also to a receiver that rests or is paused. Announces `delivery_waits`.

    By its owner or an administrator. Refuses a receiver that is switched off.
    """
    receiver = Receiver.objects.select_related("owner").get(pk=receiver.pk)
    _require(receiver, by)
    message = uuid.uuid4()
    delivery = Delivery.objects.create(
        receiver=receiver,
        message=message,
        event=PING,
        body=ping_body(message, timezone.localtime(at)),
        at=at,
        next_at=at,
    )
    signals.delivery_waits.send(Delivery, delivery=delivery, at=at)
    return delivery


@transaction.atomic
def send_again(*, delivery: Delivery, by: Person, at: datetime) -> Delivery:
    """Send the same message once more, at once. Announces `delivery_waits`.

    By the receiver's owner or an administrator. Refuses one of a receiver that is switched off.
    """
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("receiver__owner").get(pk=delivery.pk)
    _require(delivery.receiver, by)
    if DELIVERY.allows("send_again", delivery.state):
        delivery.state, delivery.attempts_made = DeliveryState.WAITING, 0
    delivery.next_at = at
    delivery.save(update_fields=["state", "attempts_made", "next_at"])
    signals.delivery_waits.send(Delivery, delivery=delivery, at=at)
    return delivery


def _require(receiver: Receiver, by: Person) -> None:
    if not may_try(scope_of(by), receiver):
        raise Refused(_("只有归属人和系统管理员可以发送。"))
    if not receiver.is_active:
        raise Refused(_("接收方已停用，先启用再发送。"))
    if not receiver.owner.is_active:
        raise Refused(_("归属人的账号已停用，先换一位归属人。"))


def forget_old_deliveries(*, at: datetime) -> int:
    """The log keeps thirty days; what still waits is kept."""
    rows = Delivery.objects.filter(at__lt=at - KEPT).exclude(state=DeliveryState.WAITING)
    return rows.delete()[1].get(Delivery._meta.label, 0)  # noqa: SLF001
