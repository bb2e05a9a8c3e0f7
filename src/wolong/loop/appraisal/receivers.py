"""Whom our own news reaches."""

from typing import Any

from django.dispatch import receiver

from wolong.loop.appraisal import messages, signals


@receiver(signals.period_presented, dispatch_uid="appraisal.tell_presented")
def tell_presented(period: Any, at: Any, **_: Any) -> None:
    messages.presented(period, at)


@receiver(signals.period_closed, dispatch_uid="appraisal.tell_closed")
def tell_closed(period: Any, at: Any, **_: Any) -> None:
    messages.closed(period, at)


@receiver(signals.statement_given, dispatch_uid="appraisal.tell_stated")
def tell_stated(statement: Any, at: Any, **_: Any) -> None:
    messages.stated(statement, at)


@receiver(signals.statement_decided, dispatch_uid="appraisal.tell_decided")
def tell_decided(statement: Any, at: Any, **_: Any) -> None:
    messages.decided(statement, at)
