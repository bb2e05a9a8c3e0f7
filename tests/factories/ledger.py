"""Entries of the trail for tests."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from wolong.ground.ledger.models import Entry, Seal


class EntryFactory(DjangoModelFactory):
    class Meta:
        model = Entry

    at = factory.LazyFunction(timezone.now)
    verb = "issue_order"
    sentence = "签发整改通知单"
    subject_kind = "people.organization"
    subject_id = factory.Sequence(lambda n: n + 1)


class SealFactory(DjangoModelFactory):
    class Meta:
        model = Seal

    epoch = 0
    below_xid = 1
    entries = 0
    hash = factory.Sequence(lambda n: f"{n:064x}")
    sealed_at = factory.LazyFunction(timezone.now)
