"""What follows from the news of others, and whom our own news reaches."""

from typing import Any

from django.dispatch import receiver

from wolong.ground.workdays.signals import calendar_changed
from wolong.loop.notices import actions, messages, signals


@receiver(calendar_changed, dispatch_uid="notices.recount_days")
def recount_days(first: Any, last: Any, by: Any, at: Any, **_: Any) -> None:
    actions.recount_days(first=first, last=last, by=by, at=at)


@receiver(signals.notice_submitted, dispatch_uid="notices.tell_submitted")
def tell_submitted(notice: Any, at: Any, **_: Any) -> None:
    messages.submitted(notice, at)


@receiver(signals.notice_answered, dispatch_uid="notices.tell_answered")
def tell_answered(notice: Any, at: Any, **_: Any) -> None:
    messages.answered(notice, at)


@receiver(signals.notice_returned, dispatch_uid="notices.tell_returned")
def tell_returned(notice: Any, at: Any, **_: Any) -> None:
    messages.returned(notice, at)


@receiver(signals.notice_published, dispatch_uid="notices.tell_published")
def tell_published(notice: Any, at: Any, **_: Any) -> None:
    messages.published(notice, at)


@receiver(signals.notice_withdrawn, dispatch_uid="notices.tell_withdrawn")
def tell_withdrawn(notice: Any, at: Any, **_: Any) -> None:
    messages.withdrawn(notice, at)
