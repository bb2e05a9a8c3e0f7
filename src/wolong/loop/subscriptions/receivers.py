"""When something happened in any room of the house, it is noted for whoever is told of it: one line each."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import Signal, receiver

from wolong.loop.analysis.signals import report_issued
from wolong.loop.appraisal.signals import period_closed, period_presented
from wolong.loop.findings.signals import finding_raised, finding_withdrawn
from wolong.loop.notices.signals import notice_published, notice_withdrawn
from wolong.loop.rectification import signals as orders
from wolong.loop.subscriptions import actions, tasks
from wolong.loop.subscriptions.signals import delivery_waits
from wolong.loop.subscriptions.states import Event
from wolong.norms.standards.signals import edition_in_force

# The signal, under which name it brings its thing, and the event that others are told.
TOLD: tuple[tuple[Signal, str, Event], ...] = (
    (finding_raised, "finding", Event.FINDING_RAISED),
    (finding_withdrawn, "finding", Event.FINDING_WITHDRAWN),
    (orders.order_issued, "order", Event.ORDER_ISSUED),
    (orders.answer_given, "order", Event.ORDER_ANSWERED),
    (orders.answer_returned, "order", Event.ORDER_RETURNED),
    (orders.order_closed, "order", Event.ORDER_CLOSED),
    (orders.order_reopened, "order", Event.ORDER_REOPENED),
    (orders.order_cancelled, "order", Event.ORDER_CANCELLED),
    (orders.order_overdue, "order", Event.ORDER_OVERDUE),
    (period_presented, "period", Event.PERIOD_PRESENTED),
    (period_closed, "period", Event.PERIOD_CLOSED),
    (report_issued, "report", Event.REPORT_ISSUED),
    (edition_in_force, "edition", Event.EDITION_IN_FORCE),
    (notice_published, "notice", Event.NOTICE_PUBLISHED),
    (notice_withdrawn, "notice", Event.NOTICE_WITHDRAWN),
)


def _note(name: str, event: Event, sender: Any, *, at: datetime, **news: Any) -> None:
    del sender
    actions.note_happening(event=event, subject_id=news[name].pk, at=at)


for _signal, _name, _event in TOLD:
    _signal.connect(partial(_note, _name, _event), weak=False, dispatch_uid=f"subscriptions.{_event}")


@receiver(delivery_waits, dispatch_uid="subscriptions.delivery_waits")
def send_at_once(sender: Any, *, delivery: Any, **_: Any) -> None:
    del sender
    lock = f"subscriptions-{delivery.receiver_id}"
    transaction.on_commit(partial(tasks.send_now.configure(lock=lock).defer, delivery_id=delivery.pk))
