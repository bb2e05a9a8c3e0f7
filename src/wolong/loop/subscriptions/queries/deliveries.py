"""Which receiver wants what, and what is to be sent next."""

from datetime import datetime

from wolong.loop.subscriptions.models import Delivery, Receiver
from wolong.loop.subscriptions.sealing import opened


def open_receivers(event: str) -> list[Receiver]:
    """Those that are told of an event now."""
    return list(Receiver.objects.open().filter(events__contains=[event], owner__is_active=True).select_related("owner"))


def next_due(receiver: Receiver, at: datetime) -> Delivery | None:
    return Delivery.objects.due(at).filter(receiver=receiver).select_related("receiver__owner").first()


def secrets_of(receiver: Receiver, at: datetime) -> list[str]:
    """The secrets that sign now: the present one, and the one before it for a day after it was replaced."""
    sealed = [receiver.secret]
    if receiver.old_secret_until is not None and at < receiver.old_secret_until:
        sealed.append(receiver.old_secret)
    return [opened(secret) for secret in sealed]
