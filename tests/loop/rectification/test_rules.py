"""Deadlines follow the clause and the official calendar; escalation and separation of duties are tables."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wolong.ground.workdays.official import official_days
from wolong.ground.workdays.rules import Deadline, WorkCalendar
from wolong.loop.findings.states import Stage
from wolong.loop.rectification import rules
from wolong.loop.rectification.states import OPEN_STATES, OWED_STATES, State

MONDAY = datetime(2026, 11, 16, 11, 30)


def calendar_2026() -> WorkCalendar:
    return WorkCalendar({row.on: row.is_workday for row in official_days(2026)}, frozenset({2026}))


@pytest.mark.parametrize(
    ("severity", "expected"), [("A", date(2026, 11, 17)), ("B", date(2026, 11, 19)), ("C", date(2026, 11, 30))]
)
def test_a_silent_clause_gives_one_three_or_ten_working_days(severity: str, expected: date) -> None:
    found = rules.due_on(severity=severity, since=MONDAY, calendar=calendar_2026())
    assert found == Deadline(expected, is_provisional=False)


def test_the_term_of_the_clause_rules() -> None:
    found = rules.due_on(severity="A", since=MONDAY, calendar=calendar_2026(), term_workdays=5)
    assert found.on == date(2026, 11, 23)


@pytest.mark.parametrize("since", [MONDAY, datetime(2026, 11, 21, 23, 59)])
def test_at_once_is_the_same_day_even_on_a_rest_day(since: datetime) -> None:
    assert rules.due_on(severity="C", since=since, calendar=calendar_2026(), term_label="立即").on == since.date()


@pytest.mark.parametrize(
    ("hour", "hours", "expected"),
    [(9, 4, date(2026, 11, 20)), (9, 24, date(2026, 11, 21)), (22, 4, date(2026, 11, 21)), (9, 72, date(2026, 11, 23))],
)
def test_hours_run_on_the_clock_through_nights_and_rest_days(hour: int, hours: int, expected: date) -> None:
    friday = datetime(2026, 11, 20, hour)
    assert rules.due_on(severity="C", since=friday, calendar=calendar_2026(), term_hours=hours).on == expected


def test_holidays_are_left_out_and_days_worked_in_exchange_count() -> None:
    special = {date(2026, 10, n): False for n in range(1, 8)} | {date(2026, 10, 10): True}
    calendar = WorkCalendar(special, frozenset({2026}))
    # 9-30 Wednesday, holiday 10-01 to 10-07, Saturday 10-10 is worked.
    found = rules.due_on(severity="B", since=datetime(2026, 9, 30, 9), calendar=calendar)
    assert found.on == date(2026, 10, 10)


def test_a_deadline_in_a_year_not_announced_is_provisional() -> None:
    found = rules.due_on(severity="C", since=datetime(2026, 12, 25, 9), calendar=calendar_2026())
    assert found == Deadline(date(2027, 1, 8), is_provisional=True)


@given(
    st.sampled_from("ABC"),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)),
    st.sets(st.dates(date(2026, 1, 1), date(2027, 3, 1)), max_size=30),
)
def test_a_deadline_is_a_working_day_with_just_so_many_before_it(
    severity: str, since: datetime, off: set[date]
) -> None:
    calendar = WorkCalendar(dict.fromkeys(off, False), frozenset({2026}))
    due = rules.due_on(severity=severity, since=since, calendar=calendar).on
    assert calendar.is_workday(due)
    assert calendar.workdays_between(since.date(), due) == rules.WORKDAYS_TO_ANSWER[severity]


@pytest.mark.parametrize(("late", "step"), [(-3, 0), (0, 0), (1, 1), (2, 1), (3, 2), (6, 2), (7, 3), (40, 3)])
def test_escalation_rises_after_one_three_and_seven_days(late: int, step: int) -> None:
    due = date(2026, 11, 16)
    assert rules.escalation_step(due=due, today=due + timedelta(days=late)) == step


@given(st.dates(), st.integers(0, 60))
def test_escalation_never_falls_as_days_pass(due: date, days: int) -> None:
    if due < date(9999, 1, 1):
        assert rules.escalation_step(due=due, today=due + timedelta(days=days)) <= rules.escalation_step(
            due=due, today=due + timedelta(days=days + 1)
        )


@pytest.mark.parametrize("state", State.values)
def test_only_who_owes_an_answer_is_late(state: str) -> None:
    late = rules.is_overdue(state=state, due=date(2026, 11, 16), today=date(2026, 11, 17))
    assert late == (state in OWED_STATES)
    assert not rules.is_overdue(state=state, due=date(2026, 11, 16), today=date(2026, 11, 16))


@given(st.integers(1, 4), st.one_of(st.none(), st.integers(1, 4)), st.integers(1, 4))
def test_finder_answerer_and_verifier_are_three(finder: int, answerer: int | None, verifier: int) -> None:
    assert rules.are_three_people(finder=finder, answerer=answerer, verifier=verifier) == (
        answerer is not None and finder not in (answerer, verifier) and answerer != verifier
    )


@given(
    st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    st.dates(date(2026, 1, 1), date(2027, 1, 1)),
)
def test_nobody_in_time_becomes_late_by_a_changed_calendar(old: date, new: date, today: date) -> None:
    found = rules.recomputed(old=old, new=Deadline(new), today=today).on
    assert found >= today or old < today
    if new >= today:
        assert found == new


@pytest.mark.parametrize(
    ("until", "expected"), [(date(2026, 11, 19), False), (date(2026, 11, 20), True), (date(2026, 11, 24), True)]
)
def test_more_time_is_later_than_the_deadline(until: date, expected: bool) -> None:
    assert rules.may_extend_to(until=until, due=date(2026, 11, 19), today=date(2026, 11, 17)) is expected


def test_more_time_does_not_end_in_the_past() -> None:
    assert not rules.may_extend_to(until=date(2026, 11, 20), due=date(2026, 11, 19), today=date(2026, 11, 21))


def test_every_state_has_its_stage_and_an_open_request_shows() -> None:
    assert {state: rules.stage_of(state) for state in State} == rules.STAGE_OF
    assert all(rules.stage_of(state, is_extension_open=True) == Stage.EXTENSION for state in OPEN_STATES)
    assert rules.stage_of(State.CLOSED, is_extension_open=True) == Stage.CLOSED


@pytest.mark.parametrize(
    ("severity", "days", "done", "expected"),
    [
        ("A", 0, False, True),
        ("B", 14, False, True),
        ("B", 15, False, False),
        ("C", 1, False, False),
        ("A", 1, True, False),
    ],
)
def test_serious_findings_are_followed_up_within_two_weeks(
    severity: str, days: int, done: bool, expected: bool
) -> None:
    closed = date(2026, 11, 16)
    assert (
        rules.needs_follow_up(
            severity=severity, closed_on=closed, today=closed + timedelta(days=days), is_followed_up=done
        )
        is expected
    )
