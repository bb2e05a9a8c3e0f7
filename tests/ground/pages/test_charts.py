from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wolong.ground.pages import charts


def test_an_upper_limit_stands_at_62_percent_of_its_scale() -> None:
    scale = charts.judge_scale(None, 0.3, [(0.18, "0.18", True)], "mg/m³")
    assert [(band.at, band.is_ok) for band in scale.bands] == [(0.0, True), (62.5, False)]
    assert scale.points[0].at == 37.5
    assert scale.limits[0].text == "限值 0.3 mg/m³"


def test_a_lower_limit_forbids_what_is_left_of_it() -> None:
    scale = charts.judge_scale(7, None, [(5.8, "5.8 mm", False)], "mm")
    assert [band.is_ok for band in scale.bands] == [False, True]
    assert scale.points[0].at < scale.limits[0].at


def test_a_range_allows_its_middle_and_only_the_upper_limit_has_the_unit() -> None:
    scale = charts.judge_scale(24, 26, [(27.1, "27.1", False)], "℃")
    assert [band.is_ok for band in scale.bands] == [False, True, False]
    assert [mark.text for mark in scale.limits] == ["24", "26 ℃"]


@given(
    low=st.none() | st.floats(-1e6, 1e6),
    high=st.none() | st.floats(-1e6, 1e6),
    values=st.lists(st.floats(-1e6, 1e6), max_size=3),
)
def test_everything_stays_within_the_drawing(low: float | None, high: float | None, values: list[float]) -> None:
    if low is not None and high is not None and low > high:
        low, high = high, low
    scale = charts.judge_scale(low, high, [(value, "", True) for value in values])
    for mark in [*scale.points, *scale.limits]:
        assert -0.01 <= mark.at <= 100.01
    assert sum(band.width for band in scale.bands) == pytest.approx(100, abs=0.1)


def test_the_longest_gap_is_the_measure_even_where_it_is_not_drawn() -> None:
    days = [date(2026, 1, 1), date(2026, 3, 1), *(date(2026, 3, 1) + timedelta(days=14 * n) for n in range(1, 9))]
    line = charts.gap_line(days, 15)
    assert line.longest == 59
    assert not line.is_ok
    assert len(line.events) == charts.MOST_EVENTS
    assert not any(gap.is_over for gap in line.gaps)


def test_a_gap_of_exactly_the_limit_conforms() -> None:
    assert charts.gap_line([date(2026, 11, 1), date(2026, 11, 16)], 15).is_ok


def test_one_event_or_none_draws_without_a_gap() -> None:
    assert charts.gap_line([], 15).gaps == []
    assert charts.gap_line([date(2026, 11, 1)], 15).longest == 0


def test_what_was_not_checked_has_no_bar_and_no_zero() -> None:
    rows = charts.severity_rows([("保洁", "", {"B": 4, "C": 5}), ("绿化", "", {}), ("会务", "", None)])
    assert [row.total for row in rows] == [9, 0, None]
    assert [segment.letter for segment in rows[0].segments] == ["B", "C"]
    assert rows[0].segments[-1].at + rows[0].segments[-1].width == pytest.approx(100, abs=0.1)


def test_a_line_starts_at_zero_and_breaks_where_nothing_was_measured() -> None:
    chart = charts.line_chart([("1 季", 21.8), ("2 季", None), ("3 季", 16.0), ("4 季", 13.6)], "%", 10, "目标")
    assert chart.grid[0][1] == "0 %"
    assert len(chart.lines) == 1
    assert chart.rows[1] == ("2 季", "—")


@pytest.mark.parametrize(
    ("percent", "step"), [(0, 1), (49.9, 1), (50, 2), (69.9, 2), (70, 3), (80, 4), (90, 5), (100, 5)]
)
def test_coverage_steps_include_their_lower_edge(percent: float, step: int) -> None:
    assert charts.coverage_class(percent) == step
