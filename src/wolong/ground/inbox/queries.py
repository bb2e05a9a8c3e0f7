"""Questions about messages."""

from django.db.models import QuerySet

from wolong.ground.inbox.models import Message
from wolong.ground.people.models import Person


def messages_of(person: Person) -> QuerySet[Message]:
    """What a person was told, newest first."""
    return Message.objects.filter(recipient=person).order_by("-pk")


def unread_count(person: Person) -> int:
    return Message.objects.filter(recipient=person, read_at=None).count()
