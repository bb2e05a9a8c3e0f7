"""Readings and conduct, by table and by property."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.fieldwork import AMMONIA, SULPHIDE
from wolong.language.judging import NotAValue
from wolong.loop.fieldwork.rules.conduct import finds_nothing, must_itemise, pace_of
from wolong.loop.fieldwork.rules.readings import decisive, judge_typed, limits_of, verdict_of

START = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)


def test_only_limits_are_read_off_a_meter() -> None:
    frequency = {**AMMONIA, "kind": "frequency", "unit": "次"}
    assert list(limits_of([frequency, AMMONIA, SULPHIDE])) == [1, 2]


@pytest.mark.parametrize(
    ("typed", "value", "conforms"),
    [
        ("0.30", "0.30", True),
        ("0.38", "0.38", False),
        ("０．３８", "0.38", False),
        ("0.38 mg/m³", "0.38", False),
        ("380 μg/m³", "0.38", False),
        ("0", "0", True),
    ],
)
def test_what_is_typed_is_judged(typed: str, value: str, conforms: bool) -> None:
    judged = judge_typed(0, limits_of([AMMONIA])[0], typed)
    assert (judged.value, judged.conforms) == (Decimal(value), conforms)


@pytest.mark.parametrize("typed", ["", "约0.3", "0.2~0.3", "abc", "0.3 kg", "9999999999"])
def test_what_is_no_value_is_refused_with_its_reason(typed: str) -> None:
    with pytest.raises(NotAValue) as refusal:
        judge_typed(0, limits_of([AMMONIA])[0], typed)
    assert str(refusal.value)


@given(st.text(max_size=80))
def test_no_typing_falls_over(typed: str) -> None:
    try:
        judged = judge_typed(0, limits_of([AMMONIA])[0], typed)
    except NotAValue:
        return
    assert abs(judged.value) < 10**9


def test_one_reading_that_fails_decides_and_all_must_be_there_to_conform() -> None:
    limits = limits_of([AMMONIA, SULPHIDE])
    good, bad = judge_typed(0, limits[0], "0.2"), judge_typed(1, limits[1], "0.02")
    assert verdict_of([good], wanted=2) is None
    assert verdict_of([good, bad], wanted=2) is False
    assert verdict_of([], wanted=0) is None
    assert decisive([good, bad]) == bad
    assert decisive([]) is None


@pytest.mark.parametrize(
    ("severity", "method", "evidence", "singly"),
    [
        ("A", "查看", [], True),
        ("C", "测量", [], True),
        ("C", "查看", ["照片"], False),
        ("C", "查看", ["记录"], False),
        ("", "", [], False),
    ],
)
def test_what_must_be_looked_at_singly(severity: str, method: str, evidence: list[str], singly: bool) -> None:
    assert must_itemise(severity=severity, method=method, evidence=evidence) is singly


@pytest.mark.parametrize(("items", "minutes", "fast"), [(10, 4, True), (10, 5, False), (4, 0, False)])
def test_too_fast_to_be_true(items: int, minutes: int, fast: bool) -> None:
    pace = pace_of(
        items=items, planned_minutes=Decimal(20), started_at=START, submitted_at=START + timedelta(minutes=minutes)
    )
    assert pace.is_too_fast is fast


def test_never_a_fault_is_said_only_after_many_visits_and_items() -> None:
    assert finds_nothing(visits=5, items=50, failures=0)
    assert not finds_nothing(visits=5, items=50, failures=1)
    assert not finds_nothing(visits=4, items=500, failures=0)
    assert not finds_nothing(visits=5, items=49, failures=0)
