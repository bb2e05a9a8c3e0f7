"""What follows from the news of others, and whom our own news reaches."""

from typing import Any

from django.dispatch import receiver

from wolong.ground.workdays.signals import calendar_changed
from wolong.loop.findings.signals import finding_withdrawn
from wolong.loop.rectification import actions, messages, signals
from wolong.loop.rectification.states import OPEN_STATES


@receiver(finding_withdrawn, dispatch_uid="rectification.cancel_order")
def cancel_order(finding: Any, by: Any, at: Any, **_: Any) -> None:
    order = getattr(finding, "order", None)
    if order is not None and order.state in OPEN_STATES:
        actions.cancel_order(order=order, by=by, at=at)


@receiver(calendar_changed, dispatch_uid="rectification.recompute_deadlines")
def recompute_deadlines(first: Any, last: Any, by: Any, at: Any, **_: Any) -> None:
    actions.recompute_deadlines(first=first, last=last, by=by, at=at)


@receiver(signals.order_issued, dispatch_uid="rectification.tell_issued")
def tell_issued(order: Any, at: Any, **_: Any) -> None:
    messages.issued(order, at)


@receiver(signals.answer_given, dispatch_uid="rectification.tell_answered")
def tell_answered(order: Any, answer: Any, at: Any, **_: Any) -> None:
    messages.answered(order, answer, at)


@receiver(signals.answer_returned, dispatch_uid="rectification.tell_returned")
def tell_returned(order: Any, answer: Any, at: Any, **_: Any) -> None:
    messages.returned(order, answer, at)


@receiver(signals.order_closed, dispatch_uid="rectification.tell_closed")
def tell_closed(order: Any, at: Any, **_: Any) -> None:
    messages.closed(order, at)


@receiver(signals.order_reopened, dispatch_uid="rectification.tell_reopened")
def tell_reopened(order: Any, at: Any, **_: Any) -> None:
    messages.reopened(order, at)


@receiver(signals.order_cancelled, dispatch_uid="rectification.tell_cancelled")
def tell_cancelled(order: Any, at: Any, **_: Any) -> None:
    messages.cancelled(order, at)


@receiver(signals.order_overdue, dispatch_uid="rectification.tell_overdue")
def tell_overdue(order: Any, step: Any, at: Any, **_: Any) -> None:
    messages.overdue(order, step, at)


@receiver(signals.order_watched, dispatch_uid="rectification.tell_watched")
def tell_watched(order: Any, at: Any, **_: Any) -> None:
    messages.watched(order, at)


@receiver(signals.systemic_ordered, dispatch_uid="rectification.tell_systemic")
def tell_systemic(order: Any, at: Any, **_: Any) -> None:
    messages.systemic(order, at)


@receiver(signals.order_reminded, dispatch_uid="rectification.tell_reminded")
def tell_reminded(order: Any, at: Any, **_: Any) -> None:
    messages.reminded(order, at)


@receiver(signals.extension_asked, dispatch_uid="rectification.tell_extension_asked")
def tell_extension_asked(order: Any, extension: Any, at: Any, **_: Any) -> None:
    messages.extension_asked(order, extension, at)


@receiver(signals.extension_decided, dispatch_uid="rectification.tell_extension_decided")
def tell_extension_decided(order: Any, extension: Any, at: Any, **_: Any) -> None:
    messages.extension_decided(order, extension, at)
