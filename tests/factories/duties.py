"""Profiles and duties for tests: `adoption(area, standard)`, `duty(...)` as a row without deriving."""

import datetime as dt
from typing import Any

import factory
from django.db.backends.postgresql.psycopg_any import DateRange
from factory.django import DjangoModelFactory

from tests.factories.people import PersonFactory
from tests.factories.places import OfficeAreaFactory, PlaceFactory
from tests.factories.standards import RequirementFactory, StandardFactory
from wolong.loop.duties.models import Adoption, Deviation, Duty, Exclusion, Parameter

LONG_AGO = dt.date(2026, 3, 1)
AT = dt.datetime(2026, 3, 1, 1, 0, tzinfo=dt.UTC)


class AdoptionFactory(DjangoModelFactory):
    class Meta:
        model = Adoption

    area = factory.SubFactory(OfficeAreaFactory)
    standard = factory.SubFactory(StandardFactory)
    adopted_by = factory.SubFactory(PersonFactory)
    adopted_at = AT


class ExclusionFactory(DjangoModelFactory):
    class Meta:
        model = Exclusion

    adoption = factory.SubFactory(AdoptionFactory)
    clause_number = "5.1.1"
    reason = "本办公区没有这类场所"
    excluded_by = factory.SubFactory(PersonFactory)
    excluded_at = AT


class ParameterFactory(DjangoModelFactory):
    class Meta:
        model = Parameter

    adoption = factory.SubFactory(AdoptionFactory)
    clause_number = "5.1.1"
    key = Parameter.Key.CYCLE
    value = "每季度"
    set_by = factory.SubFactory(PersonFactory)
    set_at = AT


class DutyFactory(DjangoModelFactory):
    """A duty of a requirement at a place, held since 2026-03-01; without a doer and a checker unless given."""

    class Meta:
        model = Duty

    place = factory.SubFactory(PlaceFactory)
    area = factory.SelfAttribute("place.area")
    requirement = factory.SubFactory(RequirementFactory)
    object_label = factory.SelfAttribute("place.full_name")
    cycle_months = factory.SelfAttribute("requirement.cycle_months")
    is_event_driven = factory.SelfAttribute("requirement.is_event_driven")
    sample_percent = factory.SelfAttribute("requirement.sample_percent")
    fingerprint = factory.SelfAttribute("requirement.fingerprint")
    valid = factory.LazyFunction(lambda: DateRange(LONG_AGO, None))


class DeviationFactory(DjangoModelFactory):
    """Asked for, not decided yet."""

    class Meta:
        model = Deviation

    number = factory.Sequence(lambda n: f"PL-2026-YS-{n:04d}")
    duty = factory.SubFactory(DutyFactory)
    reason = "配件在途"
    measure = "每 2 小时人工巡查一次"
    until_on = dt.date(2026, 12, 31)
    asked_by = factory.SubFactory(PersonFactory)
    asked_at = AT


def duty(**more: Any) -> Duty:
    made: Duty = DutyFactory(**more)
    return made
