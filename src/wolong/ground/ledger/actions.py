"""The verbs of the trail: write an entry, seal what can no longer change."""

from datetime import datetime
from typing import Any

from django.db.models import Model

from wolong.ground.ledger.models import Entry
from wolong.ground.lifecycle import Actor

LONGEST_SENTENCE = 500


def write_entry(
    *, verb: str, sentence: str, subject: Model, by: Actor | None, at: datetime, payload: dict[str, Any] | None = None
) -> Entry:
    """What happened is written once, by value, in the transaction in which it happens.

    `verb` is English snake_case, `sentence` the Chinese line without the actor; `by` is None when the installation itself
    acts. It takes one INSERT, and no writer waits for another.
    """
    return Entry.objects.create(
        at=at,
        verb=verb,
        sentence=str(sentence)[:LONGEST_SENTENCE],
        actor_id=by.pk if by is not None else None,
        actor_name=by.name if by is not None else "",
        actor_unit=by.unit_name if by is not None else "",
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        payload=payload or {},
    )
