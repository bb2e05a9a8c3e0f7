"""The calendar is read once in a request, and never kept longer."""

from datetime import date

import pytest
from django.core.signals import request_finished, request_started
from django.utils import timezone

from tests.factories.workdays import SpecialDayFactory, official
from wolong.ground.workdays import queries

pytestmark = pytest.mark.django_db


def test_it_holds_the_announced_days_and_years(django_assert_num_queries) -> None:
    official(2026)
    with django_assert_num_queries(1):
        calendar = queries.calendar()
    assert calendar.announced_years == {2026}
    assert not calendar.is_workday(date(2026, 10, 1))
    assert calendar.is_workday(date(2026, 10, 10))


def test_an_empty_calendar_counts_monday_to_friday() -> None:
    calendar = queries.calendar()
    assert calendar.announced_years == frozenset()
    assert calendar.is_workday(date(2026, 10, 1))


@pytest.fixture
def in_a_request():
    # Django closes the test's own connection at the end of a request; only this room's receivers are wanted here.
    queries._begin()
    yield
    queries._end()


def test_within_a_request_it_is_read_once(in_a_request, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        queries.calendar()
        queries.calendar()


def test_outside_of_a_request_it_is_read_anew() -> None:
    assert queries.calendar().is_workday(date(2030, 1, 2))
    SpecialDayFactory(day=date(2030, 1, 2), is_workday=False)
    assert not queries.calendar().is_workday(date(2030, 1, 2))


def test_a_change_within_a_request_is_seen_at_once(in_a_request) -> None:
    queries.calendar()
    official(2026)
    assert not queries.calendar().is_workday(date(2026, 10, 1))


def test_it_listens_to_the_beginning_and_the_end_of_requests() -> None:
    assert any(key[0] == "workdays.begin" for key, *_ in request_started.receivers)
    assert any(key[0] == "workdays.end" for key, *_ in request_finished.receivers)


def test_today_is_the_day_in_china(time_machine) -> None:
    time_machine.move_to("2026-11-23T17:30:00+00:00", tick=False)
    assert queries.today() == date(2026, 11, 24)
    assert queries.now() == timezone.now()
