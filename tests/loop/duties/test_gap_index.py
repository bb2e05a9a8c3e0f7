"""The supervision gap index cannot be gamed (docs/rules.md, rule 18): by table and by property."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wolong.loop.duties.rules.gap_index import (
    Coverage,
    first_day_that_counts,
    gap_index,
    is_in_time,
    is_only,
    objects_needed,
    share,
)
from wolong.loop.duties.states import Standing

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("months", "today", "first"),
    [
        (1, TODAY, "2026-10-01"),
        (1, dt.date(2026, 1, 15), "2025-12-01"),
        (2, TODAY, "2026-09-01"),
        (3, TODAY, "2026-07-01"),
        (3, dt.date(2026, 3, 31), "2025-10-01"),
        (3, dt.date(2026, 4, 1), "2026-01-01"),
        (6, TODAY, "2026-01-01"),
        (6, dt.date(2026, 2, 1), "2025-07-01"),
        (12, TODAY, "2025-01-01"),
        (24, TODAY, "2024-01-01"),
    ],
)
def test_the_last_full_period_is_the_last_complete_calendar_period(months: int, today: dt.date, first: str) -> None:
    assert first_day_that_counts(months, today=today).isoformat() == first


@pytest.mark.parametrize(
    ("checked", "counts"),
    [("2026-09-30", False), ("2026-10-01", True), ("2026-11-23", True), ("2026-11-24", False), (None, False)],
)
def test_a_check_counts_from_the_first_day_of_that_period_until_today(checked: str | None, counts: bool) -> None:
    day = dt.date.fromisoformat(checked) if checked else None
    assert is_in_time(day, cycle_months=1, today=TODAY) is counts


@given(st.integers(1, 60), st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)))
def test_a_counting_check_is_at_least_one_and_less_than_two_periods_back(months: int, today: dt.date) -> None:
    first = first_day_that_counts(months, today=today)
    elapsed = (today.year * 12 + today.month) - (first.year * 12 + first.month)
    assert first.day == 1
    assert months <= elapsed < 2 * months


@pytest.mark.parametrize(
    ("objects", "percent", "needed"),
    [(62, None, 62), (62, 20, 13), (5, 20, 1), (6, 20, 2), (1, 1, 1), (0, 20, 0), (10, 100, 10), (3, "33.34", 2)],
)
def test_a_sample_is_rounded_up(objects: int, percent: object, needed: int) -> None:
    assert objects_needed(objects, None if percent is None else Decimal(str(percent))) == needed


@pytest.mark.parametrize(
    ("coverage", "standing"),
    [
        (Coverage(objects=3, itemised=3), Standing.CLOSED),
        (Coverage(objects=3, itemised=2), Standing.OPEN),
        (Coverage(objects=3, itemised=2, overall=1), Standing.OPEN),
        (Coverage(objects=3, itemised=0, by_self=3), Standing.OPEN),
        (Coverage(objects=0, itemised=0), Standing.OPEN),
        (Coverage(objects=3, itemised=3, cycle_months=None), Standing.OPEN),
        (Coverage(objects=62, itemised=13, sample_percent=Decimal(20)), Standing.CLOSED),
        (Coverage(objects=62, itemised=12, overall=50, sample_percent=Decimal(20)), Standing.OPEN),
        (Coverage(objects=3, itemised=0, cycle_months=None, is_event_driven=True), Standing.EVENT),
    ],
)
def test_only_itemised_checks_of_every_object_close_a_requirement(coverage: Coverage, standing: Standing) -> None:
    assert coverage.standing == standing


def test_what_only_the_doer_or_only_a_glance_saw_is_shown_apart() -> None:
    glance = Coverage(objects=3, itemised=1, overall=2)
    own = Coverage(objects=3, itemised=1, overall=1, by_self=1)
    assert (is_only(glance, mode="overall"), is_only(glance, mode="self")) == (True, False)
    assert (is_only(own, mode="overall"), is_only(own, mode="self")) == (False, True)
    assert not is_only(Coverage(objects=3, itemised=3), mode="overall")


def test_the_index_is_open_of_required_and_events_stand_apart() -> None:
    index = gap_index(
        [
            Coverage(objects=4, itemised=4),
            Coverage(objects=4, itemised=1, overall=3),
            Coverage(objects=0, itemised=0),
            Coverage(objects=9, itemised=0, cycle_months=None, is_event_driven=True),
        ]
    )
    assert (index.required, index.closed, index.open, index.events) == (3, 1, 2, 1)
    assert index.percent == Decimal("66.7")
    assert (index.objects, index.objects_checked, index.share_objects) == (8, 5, Decimal("62.5"))
    assert (index.only_overall, index.objects_overall) == (1, 3)


def test_nothing_required_is_no_number_and_never_nought() -> None:
    assert gap_index([]).percent is None
    assert share(0, 0) is None
    assert share(0, 5) == Decimal("0.0")
    assert share(1, 800) == Decimal("0.1")


@st.composite
def coverages(draw: st.DrawFn) -> Coverage:
    objects = draw(st.integers(0, 40))
    itemised = draw(st.integers(0, objects))
    overall = draw(st.integers(0, objects - itemised))
    return Coverage(
        objects=objects,
        itemised=itemised,
        overall=overall,
        by_self=draw(st.integers(0, objects - itemised - overall)),
        cycle_months=draw(st.sampled_from([None, 1, 3, 12])),
        sample_percent=draw(st.sampled_from([None, Decimal(5), Decimal(20), Decimal(100)])),
        is_event_driven=draw(st.booleans()),
    )


@given(st.lists(coverages(), max_size=30))
def test_the_parts_of_the_index_add_up(rows: list[Coverage]) -> None:
    index = gap_index(rows)
    assert index.closed + index.open == index.required
    assert index.required + index.events == len(rows)
    assert index.only_overall + index.only_self <= index.open
    assert 0 <= index.objects_checked <= index.objects
    assert index.percent is None or 0 <= index.percent <= 100


@given(coverages(), st.integers(0, 40), st.integers(0, 40))
def test_no_amount_of_glances_or_self_checks_closes_a_requirement(row: Coverage, overall: int, by_self: int) -> None:
    gamed = Coverage(
        objects=row.objects,
        itemised=row.itemised,
        overall=overall,
        by_self=by_self,
        cycle_months=row.cycle_months,
        sample_percent=row.sample_percent,
        is_event_driven=row.is_event_driven,
    )
    assert gamed.standing == row.standing


@given(coverages())
def test_one_more_itemised_check_never_opens_a_closed_requirement(row: Coverage) -> None:
    if row.itemised < row.objects:
        more = Coverage(
            objects=row.objects,
            itemised=row.itemised + 1,
            cycle_months=row.cycle_months,
            sample_percent=row.sample_percent,
            is_event_driven=row.is_event_driven,
        )
        assert not (row.standing == Standing.CLOSED and more.standing == Standing.OPEN)
