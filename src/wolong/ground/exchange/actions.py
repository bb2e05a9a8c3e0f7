"""The verb of the exchange: a command is carried out once, however often it arrives (rules 11 and 12)."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from wolong.ground.exchange.models import Arrival
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person

LOCK_SPACE = 7313  # the keys' own advisory locks; any figure that no other room uses


class KeyTaken(Refused):
    """The key stands for another command."""


@transaction.atomic
def answer_once(
    *, key: str, fingerprint: str, status: int, deed: Callable[[], bytes], by: Person, at: datetime
) -> tuple[Arrival, bool]:
    """Carry out what `deed` does and keep its answer; the same command under the same key gets that answer again.

    Keys belong to their sender: two senders may use one word. Two arrivals at one moment wait for each other. What is
    refused leaves nothing behind, so that it may be tried again under its key. Answers the arrival, and whether it is the
    first one's again. Refuses (`KeyTaken`) another command under a key that was used.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK_SPACE, f"{by.pk} {key}"])
    known = Arrival.objects.filter(owner=by, key=key).first()
    if known is None:
        answer = deed()
        made = Arrival.objects.create(
            owner=by, key=key, fingerprint=fingerprint, status=status, answer=answer, arrived_at=at
        )
        return made, False
    if known.fingerprint != fingerprint:
        raise KeyTaken(_("这个 Idempotency-Key 已经用于另一次不同的提交，请换一个新的。"))
    return known, True
