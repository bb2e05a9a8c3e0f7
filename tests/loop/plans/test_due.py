"""Which checks fall due in a month, by table and by property."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wolong.loop.plans.rules.due import Cycle, add_months, is_due, is_period_end, last_day, period_start, reads_log

NOV, DEC, JAN = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)
LONG_AGO = date(2020, 1, 1)


@pytest.mark.parametrize(
    ("months", "month", "since", "checked", "due"),
    [
        (1, NOV, LONG_AGO, date(2026, 10, 3), True),
        (1, NOV, LONG_AGO, None, True),
        (3, NOV, date(2026, 11, 5), None, False),
        (3, DEC, date(2026, 11, 5), None, True),
        (3, DEC, LONG_AGO, date(2026, 9, 30), True),
        (3, DEC, LONG_AGO, date(2026, 10, 1), False),
        (3, NOV, LONG_AGO, date(2026, 8, 30), True),  # 30 Nov: the cycle runs out within the month
        (3, NOV, LONG_AGO, date(2026, 9, 1), False),
        (3, NOV, LONG_AGO, None, True),  # never checked, and the duty is older than its cycle
        (6, NOV, date(2026, 8, 1), None, False),
        (6, DEC, date(2026, 8, 1), None, True),
        (12, DEC, date(2026, 8, 1), date(2026, 3, 1), False),
        (12, DEC, date(2024, 8, 1), date(2025, 12, 1), True),
        (12, NOV, date(2024, 8, 1), date(2025, 11, 20), True),
        (None, DEC, LONG_AGO, None, False),
        (0, NOV, LONG_AGO, None, True),
    ],
)
def test_when_a_check_is_due(months: int | None, month: date, since: date, checked: date | None, due: bool) -> None:
    assert is_due(Cycle(months), month=month, since=since, last_checked_on=checked) is due


def test_an_event_has_its_own_time() -> None:
    assert not is_due(Cycle(1, is_event_driven=True), month=NOV, since=LONG_AGO, last_checked_on=None)


def test_a_clause_that_samples_is_due_once_a_period_whatever_one_object_saw() -> None:
    sampled = Cycle(3, is_sampled=True)
    assert is_due(sampled, month=DEC, since=LONG_AGO, last_checked_on=date(2026, 11, 30))
    assert not is_due(sampled, month=NOV, since=LONG_AGO, last_checked_on=None)


@given(st.integers(1, 24), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_checks_within_the_month_do_not_change_the_answer(months: int, day: date) -> None:
    month = day.replace(day=1)
    same = is_due(Cycle(months), month=month, since=LONG_AGO, last_checked_on=None)
    assert is_due(Cycle(months), month=month, since=LONG_AGO, last_checked_on=day) is same


@given(st.sampled_from([1, 3, 6, 12]), st.dates(date(2020, 1, 1), date(2029, 12, 31)))
def test_a_duty_checked_whenever_due_never_waits_longer_than_its_cycle_and_a_month(months: int, start: date) -> None:
    checked, month = start, start.replace(day=1)
    for _ in range(30):
        month = add_months(month, 1)
        if is_due(Cycle(months), month=month, since=start, last_checked_on=checked):
            assert last_day(month) <= last_day(add_months(checked, months))
            checked = last_day(month)


@given(st.sampled_from([1, 2, 3, 6, 12]), st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_a_period_ends_once_in_its_months(months: int, day: date) -> None:
    month = day.replace(day=1)
    ends = [is_period_end(add_months(month, n), months) for n in range(months)]
    assert ends.count(True) == 1
    assert period_start(month, months) <= month < add_months(period_start(month, months), months)


@pytest.mark.parametrize(
    ("label", "log"),
    [
        ("每日", True),
        ("每班", True),
        ("每2小时", True),
        ("每15日", True),
        ("每周", True),
        ("每4周", False),
        ("每30日", False),
        ("每月", False),
        ("每季度抽查 20%", False),
        ("", False),
    ],
)
def test_a_finer_frequency_reads_the_log(label: str, log: bool) -> None:
    assert reads_log(label) is log
