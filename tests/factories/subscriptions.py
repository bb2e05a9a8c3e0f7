"""Receivers with their deliveries, and a person's calendar address."""

import uuid
from datetime import UTC, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from tests.factories.people import PersonFactory, administrator
from wolong.ground.people.models import Person
from wolong.loop.subscriptions import actions
from wolong.loop.subscriptions.models import Attempt, CalendarAddress, Delivery, Happening, Receiver
from wolong.loop.subscriptions.sealing import sealed
from wolong.loop.subscriptions.states import Event

WHEN = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="


class ReceiverFactory(DjangoModelFactory):
    class Meta:
        model = Receiver

    name = factory.Sequence(lambda n: f"督查平台{n}")
    address = "http://198.51.100.7/hooks"
    owner = factory.SubFactory(PersonFactory)
    events = factory.LazyFunction(lambda: list(Event.values))
    secret = factory.LazyFunction(lambda: sealed(SECRET))
    registered_by = factory.SelfAttribute("owner")
    registered_at = WHEN


class HappeningFactory(DjangoModelFactory):
    class Meta:
        model = Happening

    id = factory.LazyFunction(uuid.uuid4)
    event = Event.FINDING_RAISED
    subject_id = 1
    at = WHEN


class DeliveryFactory(DjangoModelFactory):
    class Meta:
        model = Delivery

    receiver = factory.SubFactory(ReceiverFactory)
    message = factory.LazyFunction(uuid.uuid4)
    event = "ping"
    body = '{"event":"ping"}'
    at = WHEN
    next_at = WHEN


class AttemptFactory(DjangoModelFactory):
    class Meta:
        model = Attempt

    delivery = factory.SubFactory(DeliveryFactory)
    at = WHEN
    status = 500
    duration_ms = 12
    fault = "对方应答 500"


class CalendarAddressFactory(DjangoModelFactory):
    class Meta:
        model = CalendarAddress

    person = factory.SubFactory(PersonFactory)
    digest = factory.Sequence(lambda n: f"{n:064x}")
    made_at = WHEN


def receiver(owner: Person, address: str, *, events: list[str] | None = None, **more: Any) -> tuple[Receiver, str]:
    """A receiver as an administrator registers it, and its secret."""
    given = {"name": "督查平台", "events": events or list(Event.values), "at": WHEN, "by": administrator()}
    return actions.register_receiver(owner=owner, address=address, **{**given, **more})
