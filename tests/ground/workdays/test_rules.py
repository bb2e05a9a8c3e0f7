"""Deadlines in working days, by the real calendar of 2024 to 2026, 调休 included."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wolong.ground.workdays.official import official_days, official_years
from wolong.ground.workdays.rules import Day, UnreadableLine, WorkCalendar, days_in

YEARS = (2024, 2025, 2026)
CALENDAR = WorkCalendar({day.on: day.is_workday for year in YEARS for day in official_days(year)}, frozenset(YEARS))
BARE = WorkCalendar()
DAYS = st.dates(date(2024, 1, 1), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)),  # 立即 is the same day
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # over an ordinary week's end
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # over the National Day
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # Saturday the 10th is worked
        (date(2026, 9, 18), 1, date(2026, 9, 20)),  # Sunday the 20th is worked
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # Saturday the 14th is worked before the Spring Festival
        (date(2026, 2, 14), 1, date(2026, 2, 24)),
        (date(2025, 9, 30), 1, date(2025, 10, 9)),
        (date(2024, 2, 9), 1, date(2024, 2, 18)),  # Sunday the 18th is worked
    ],
)
def test_the_last_day_by_the_official_calendar(start: date, days: int, last: date) -> None:
    deadline = CALENDAR.add_workdays(start, days)
    assert (deadline.on, deadline.is_provisional) == (last, False)


def test_a_deadline_beyond_the_announced_calendar_is_provisional_and_counts_monday_to_friday() -> None:
    deadline = CALENDAR.add_workdays(date(2026, 12, 30), 3)
    assert (deadline.on, deadline.is_provisional) == (date(2027, 1, 4), True)
    assert not CALENDAR.add_workdays(date(2026, 12, 30), 1).is_provisional


@given(DAYS, st.integers(1, 20))
def test_the_last_day_is_worked_and_so_many_working_days_away(start: date, days: int) -> None:
    last = CALENDAR.add_workdays(start, days).on
    assert CALENDAR.is_workday(last)
    assert CALENDAR.workdays_between(start, last) == days


@given(DAYS, st.integers(0, 20), st.integers(0, 20))
def test_terms_add_up(start: date, one: int, other: int) -> None:
    assert (
        CALENDAR.add_workdays(CALENDAR.add_workdays(start, one).on, other).on
        == CALENDAR.add_workdays(start, one + other).on
    )


@given(DAYS, DAYS)
def test_counting_backwards_is_the_negative(start: date, end: date) -> None:
    assert CALENDAR.workdays_between(start, end) == -CALENDAR.workdays_between(end, start)


@given(DAYS)
def test_every_day_is_either_work_or_rest(day: date) -> None:
    assert CALENDAR.is_workday(day) != CALENDAR.is_rest(day)
    assert BARE.is_workday(day) == (day.weekday() < 5)


@given(DAYS, st.integers(1, 15), st.integers(0, 20))
def test_taking_away_a_holiday_never_makes_a_deadline_later(start: date, days: int, offset: int) -> None:
    holiday = start + timedelta(days=offset)
    without = WorkCalendar(
        {day: work for day, work in CALENDAR.special.items() if day != holiday or work}, CALENDAR.announced_years
    )
    assert without.add_workdays(start, days).on <= CALENDAR.add_workdays(start, days).on


@pytest.mark.parametrize("year", YEARS)
def test_the_shipped_calendar_says_only_what_departs_from_monday_to_friday(year: int) -> None:
    days = official_days(year)
    assert all(day.is_workday == (day.on.weekday() >= 5) for day in days)
    assert all(day.on.year == year and day.name for day in days)
    # 13 days off since 2025 (11 before), and each make-up day pays for one more day off.
    assert len(days) >= 20


def test_no_year_is_guessed() -> None:
    assert official_years()[:3] == list(YEARS)
    assert official_days(official_years()[-1] + 1) == []


def test_an_announcement_is_read_line_by_line() -> None:
    assert days_in("2027-10-01 放假 国庆节\n\n  2027-10-09\u3000上班 国庆节 调休 ") == [
        Day(date(2027, 10, 1), False, "国庆节"),
        Day(date(2027, 10, 9), True, "国庆节 调休"),
    ]


@pytest.mark.parametrize(
    "line", ["2027-10-01", "2027-13-01 放假 国庆节", "2027-10-01 也许 国庆节", "放假 2027-10-01 国庆节"]
)
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(UnreadableLine, match=line):
        days_in(f"2027-10-02 放假 国庆节\n{line}")
