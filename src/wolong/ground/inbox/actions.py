"""The verbs of the inbox: tell somebody something, and note that it was read."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from wolong.ground.inbox.models import Message
from wolong.ground.people.models import Person

LONGEST_SENTENCE = 300


@transaction.atomic
def tell(*, people: Iterable[Person], sentence: str, url: str, key: str, at: datetime) -> int:
    """Tell each person one sentence, once: the same `key` never reaches one person twice. Answers how many were told."""
    recipients = {person.pk for person in people}
    before = Message.objects.filter(recipient__in=recipients, key=key).values_list("recipient_id", flat=True)
    new = recipients - set(before)
    Message.objects.bulk_create(
        [
            Message(recipient_id=pk, sentence=str(sentence)[:LONGEST_SENTENCE], url=url, key=key, sent_at=at)
            for pk in sorted(new)
        ],
        # Two tasks may tell the same at one moment; the constraint decides, nobody fails.
        ignore_conflicts=True,
    )
    return len(new)


def mark_read(*, person: Person, messages: Iterable[int] | None = None, at: datetime) -> int:
    """Note that a person has read some of their messages, or all of them; nobody reads for another."""
    unread = Message.objects.filter(recipient=person, read_at=None)
    if messages is not None:
        unread = unread.filter(pk__in=list(messages))
    return unread.update(read_at=at)
