"""Calendars for tests: `official(2026)` enters a year as the shipped calendar knows it."""

from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from wolong.ground.workdays.actions import announce_year
from wolong.ground.workdays.models import CalendarYear, SpecialDay
from wolong.ground.workdays.official import official_days


class CalendarYearFactory(DjangoModelFactory):
    class Meta:
        model = CalendarYear

    year = factory.Sequence(lambda n: 2030 + n)
    source = "国务院办公厅通知"


class SpecialDayFactory(DjangoModelFactory):
    class Meta:
        model = SpecialDay

    day = factory.Sequence(lambda n: date.fromordinal(date(2030, 1, 1).toordinal() + n))
    is_workday = False
    name = "假日"


def official(*years: int) -> None:
    """The real calendar of these years, 调休 included."""
    for year in years:
        announce_year(year=year, days=official_days(year), source="国务院办公厅通知", by=None, at=timezone.now())
