"""The verbs of the trail: write an entry, seal what can no longer change, note what checking found."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from wolong.ground.ledger.models import Entry, Epoch, Seal, Verification
from wolong.ground.ledger.queries import head, unsealed, verify
from wolong.ground.ledger.rules import FIELDS, LINK_BYTES, digest, link, seal_hash
from wolong.ground.lifecycle import Actor

LONGEST_SENTENCE = 500
# One sealer at a time; an arbitrary number that nothing else in the house uses.
SEALING = 0x6C656467
CHUNK = 2000


def write_entry(
    *, verb: str, sentence: str, subject: Model, by: Actor | None, at: datetime, payload: dict[str, Any] | None = None
) -> Entry:
    """What happened is written once, by value, in the transaction in which it happens.

    `verb` is English snake_case, `sentence` the Chinese line without the actor; `by` is None when the installation
    itself acts. It takes one INSERT, and no writer waits for another.
    """
    return Entry.objects.create(
        at=at,
        verb=verb,
        sentence=str(sentence)[:LONGEST_SENTENCE],
        actor_id=by.pk if by is not None else None,
        actor_name=by.name if by is not None else "",
        actor_unit=by.unit_name if by is not None else "",
        subject_kind=subject._meta.label_lower,  # noqa: SLF001 - the documented face of models
        subject_id=subject.pk,
        payload=payload or {},
    )


def write_entries(
    *, verb: str, told: Iterable[tuple[Model, str, dict[str, Any]]], by: Actor | None, at: datetime
) -> None:
    """One entry for each thing that one act touched (thing, sentence, payload), in a few INSERTs."""
    who = {
        "actor_id": by.pk if by is not None else None,
        "actor_name": by.name if by is not None else "",
        "actor_unit": by.unit_name if by is not None else "",
    }
    Entry.objects.bulk_create(
        [
            Entry(
                at=at,
                verb=verb,
                sentence=str(sentence)[:LONGEST_SENTENCE],
                subject_kind=subject._meta.label_lower,  # noqa: SLF001 - the documented face of models
                subject_id=subject.pk,
                payload=payload,
                **who,
            )
            for subject, sentence, payload in told
        ],
        batch_size=CHUNK,
    )


@transaction.atomic
def seal_entries(*, at: datetime) -> Seal | None:
    """Close into the chain every entry of transactions that are over and that no earlier seal holds.

    Only transactions below the oldest one still running: one that began earlier and commits later would else slip in
    behind a seal. Answers the new seal, or None where there is nothing to seal.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING])
        # What is below this number is over for good, so that a later look can't see less of it.
        cursor.execute("SELECT ledger_oldest_running(), ledger_epoch_now()")
        below_xid, epoch = cursor.fetchone()
    last = head()
    rows = unsealed(last).exclude(epoch=epoch, xid__gte=below_xid).order_by("epoch", "xid", "pk").values(*FIELDS)
    links = b"".join(link(row["id"], digest(row)) for row in rows.iterator(chunk_size=CHUNK))
    if not links:
        return None
    previous = last.hash if last is not None else ""
    return Seal.objects.create(
        epoch=epoch,
        below_xid=below_xid,
        entries=len(links) // LINK_BYTES,
        links=links,
        previous_hash=previous,
        hash=seal_hash(previous=previous, epoch=epoch, below_xid=below_xid, sealed_at=at, links=links),
        sealed_at=at,
    )


def begin_epoch(*, at: datetime) -> int:
    """Make sure that the present cluster has its own epoch, as after a restore; answers its number.

    The trigger does the same at the first entry; calling it after a restore only makes it plain when that was.
    """
    del at
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT ledger_epoch_now()")
        return int(Epoch.objects.get(number=cursor.fetchone()[0]).number)


def note_verification(*, at: datetime, old_head: str = "") -> Verification:
    """Recompute the whole chain and note the result, good or bad."""
    report = verify(old_head=old_head)
    return Verification.objects.create(
        at=at,
        is_ok=report.ok,
        entries=report.entries,
        seals=report.seals,
        unsealed=report.unsealed,
        head=report.head,
        sentence=report.sentence,
    )
