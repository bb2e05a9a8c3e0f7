"""Messages for tests."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.factories.people import PersonFactory
from wolong.ground.inbox.models import Message


class MessageFactory(DjangoModelFactory):
    class Meta:
        model = Message

    recipient = factory.SubFactory(PersonFactory)
    sentence = factory.Sequence(lambda n: f"整改通知单 {n} 等您签收")
    url = "/"
    key = factory.Sequence(lambda n: f"order:{n}:issued")
    sent_at = factory.LazyFunction(timezone.now)
