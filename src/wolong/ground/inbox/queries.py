"""Questions about messages."""

from django.db.models import QuerySet

from wolong.ground.inbox.models import Message
from wolong.ground.people.models import Person
from wolong.ground.questions import Counting


def messages_of(person: Person) -> QuerySet[Message]:
    """What a person was told, newest first."""
    return Message.objects.filter(recipient=person).order_by("-pk")


def unread(person: Person) -> Counting:
    return Counting(_unread, (person.pk,))


def _unread(person: int) -> QuerySet[Message]:
    return Message.objects.filter(recipient_id=person, read_at=None)
