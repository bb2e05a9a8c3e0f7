"""The present day, and the official calendar as it is known now."""

import threading
from datetime import date, datetime
from typing import Any

from django.core.signals import request_finished, request_started
from django.db.models import DateField, QuerySet, Value
from django.utils import timezone

from wolong.ground.questions import asked
from wolong.ground.workdays.models import CalendarYear, SpecialDay
from wolong.ground.workdays.rules import WorkCalendar

_here = threading.local()


def today() -> date:
    """The present day where the offices stand."""
    return timezone.localdate()


def now() -> datetime:
    return timezone.now()


def calendar() -> WorkCalendar:
    """The announced calendar: read once in a request, and anew each time outside of one.

    It is never kept longer: a deadline that another process counts by yesterday's calendar would be wrong for good.
    """
    if not getattr(_here, "in_request", False):
        return _read()
    if getattr(_here, "calendar", None) is None:
        _here.calendar = _read()
    known: WorkCalendar = _here.calendar
    return known


def forget() -> None:
    """Read the calendar anew at the next question."""
    _here.calendar = None


def _read() -> WorkCalendar:
    """One query for both tables: a year is a row without a day."""
    special: dict[date, bool] = {}
    announced = set()
    for day, is_workday, year in asked(_days_and_years):
        if day is None:
            announced.add(year)
        else:
            special[day] = is_workday
    return WorkCalendar(special, frozenset(announced))


def _begin(**_: Any) -> None:
    _here.in_request, _here.calendar = True, None


def _end(**_: Any) -> None:
    _here.in_request, _here.calendar = False, None


def _days_and_years() -> QuerySet[Any, Any]:
    days = SpecialDay.objects.order_by().values_list("day", "is_workday", Value(0))
    years = CalendarYear.objects.order_by().values_list(Value(None, DateField()), Value(value=False), "year")
    return days.union(years, all=True)


request_started.connect(_begin, dispatch_uid="workdays.begin")
request_finished.connect(_end, dispatch_uid="workdays.end")
