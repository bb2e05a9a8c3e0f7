"""Receivers: registered, changed, given a new secret, switched off and on, taken up after a pause. Never deleted: the log stays."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.access import scope_of
from wolong.ground.people.models import Person
from wolong.loop.subscriptions.access import may_register, may_try
from wolong.loop.subscriptions.actions.happening import look_again
from wolong.loop.subscriptions.models import Delivery, Receiver
from wolong.loop.subscriptions.rules.addresses import fault_of_address
from wolong.loop.subscriptions.rules.signing import new_secret
from wolong.loop.subscriptions.rules.waiting import OLD_SECRET_HOLDS
from wolong.loop.subscriptions.sealing import sealed
from wolong.loop.subscriptions.states import DeliveryState, Event


@transaction.atomic
def register_receiver(
    *, name: str, address: str, owner: Person, events: Iterable[str], by: Person, at: datetime
) -> tuple[Receiver, str]:
    """Another system is told from now on; its secret is returned here and never again.

    By an administrator. Refuses an address that may not be sent to, an owner whose account is off, and no event.
    """
    _require_administrator(by)
    given = _checked(name, address, owner, events)
    secret = new_secret()
    receiver = Receiver.objects.create(**given, secret=sealed(secret), registered_by=by, registered_at=at)
    _write("register_receiver", _("登记接收方 %(name)s"), receiver, by, at)
    transaction.on_commit(look_again)
    return receiver, secret


@transaction.atomic
def change_receiver(
    *, receiver: Receiver, name: str, address: str, owner: Person, events: Iterable[str], by: Person, at: datetime
) -> Receiver:
    """Other events, another owner or address. By an administrator; refuses as at registration."""
    _require_administrator(by)
    receiver = _held(receiver)
    for field, value in _checked(name, address, owner, events).items():
        setattr(receiver, field, value)
    receiver.save(update_fields=["name", "address", "owner", "events"])
    _write("change_receiver", _("修改接收方 %(name)s"), receiver, by, at)
    transaction.on_commit(look_again)
    return receiver


@transaction.atomic
def replace_secret(*, receiver: Receiver, by: Person, at: datetime) -> str:
    """A new secret, returned here and never again; for a day everything is signed with the old one too.

    By an administrator. A second replacement within the day ends the one before at once.
    """
    _require_administrator(by)
    receiver = _held(receiver)
    secret = new_secret()
    receiver.old_secret, receiver.old_secret_until = receiver.secret, at + OLD_SECRET_HOLDS
    receiver.secret = sealed(secret)
    receiver.save(update_fields=["secret", "old_secret", "old_secret_until"])
    _write("replace_secret", _("更换接收方 %(name)s 的签名密钥"), receiver, by, at)
    return secret


@transaction.atomic
def switch_receiver(*, receiver: Receiver, is_active: bool, by: Person, at: datetime) -> Receiver:
    """Off: nothing is told or sent any more, and what waited is given up. On: from now on. By an administrator."""
    _require_administrator(by)
    receiver = _held(receiver)
    if receiver.is_active == is_active:
        return receiver
    receiver.is_active = is_active
    _fresh(receiver)
    receiver.save()
    if not is_active:
        waiting = Delivery.objects.filter(receiver=receiver, state=DeliveryState.WAITING)
        waiting.update(state=DeliveryState.GIVEN_UP, next_at=None)
    sentence = _("启用接收方 %(name)s") if is_active else _("停用接收方 %(name)s")
    _write("switch_receiver", sentence, receiver, by, at)
    transaction.on_commit(look_again)
    return receiver


@transaction.atomic
def resume_receiver(*, receiver: Receiver, by: Person, at: datetime) -> Receiver:
    """A receiver that was paused is told again; what waited since before is sent now. By its owner or an administrator."""
    if not may_try(scope_of(by), receiver):
        raise Refused(_("只有归属人和系统管理员可以恢复。"))
    receiver = _held(receiver)
    if receiver.paused_at is None:
        raise Refused(_("这个接收方没有暂停。"))
    _fresh(receiver)
    receiver.save()
    Delivery.objects.filter(receiver=receiver, state=DeliveryState.WAITING).update(next_at=at)
    _write("resume_receiver", _("恢复接收方 %(name)s"), receiver, by, at)
    transaction.on_commit(look_again)
    return receiver


def _fresh(receiver: Receiver) -> None:
    receiver.failures, receiver.failing_since, receiver.rests_until, receiver.paused_at = 0, None, None, None


def _held(receiver: Receiver) -> Receiver:
    return Receiver.objects.select_for_update(of=("self",)).select_related("owner").get(pk=receiver.pk)


def _require_administrator(by: Person) -> None:
    if not may_register(scope_of(by)):
        raise Refused(_("只有系统管理员可以登记和修改接收方。"))


def _checked(name: str, address: str, owner: Person, events: Iterable[str]) -> dict[str, object]:
    chosen = sorted(set(events))
    if not name.strip():
        raise Refused(_("写明接收方是哪个系统。"))
    if not chosen or not set(chosen) <= set(Event.values):
        raise Refused(_("至少选一个事件。"))
    if fault := fault_of_address(address.strip(), local_allowed=settings.SUBSCRIPTIONS_LOCAL):
        raise Refused(fault)
    if not owner.is_active:
        raise Refused(_("归属人的账号已停用。"))
    return {"name": name.strip()[:80], "address": address.strip(), "owner": owner, "events": chosen}


def _write(verb: str, sentence: str, receiver: Receiver, by: Person, at: datetime) -> None:
    """The trail names the receiver and its owner, never a secret; an address's query may hold one, so it is left out."""
    payload = {
        "address": receiver.address.partition("?")[0],
        "owner": receiver.owner_id,
        "events": receiver.events,
        "is_active": receiver.is_active,
    }
    write_entry(verb=verb, sentence=sentence % {"name": receiver.name}, subject=receiver, by=by, at=at, payload=payload)
