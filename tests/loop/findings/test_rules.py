"""Severity, points, repetition and titles follow the clause."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wolong.language.tree import Measure
from wolong.loop.findings import rules
from wolong.loop.findings.states import Stage
from wolong.norms.standards.states import Severity

AMMONIA = Measure(kind="limit", property="氨的浓度", high=Decimal("0.3"), unit="mg/m3")
LIGHT = Measure(kind="limit", property="照度", low=Decimal(200), unit="lx")


@pytest.mark.parametrize(
    ("severity", "points", "cap", "expected"),
    [
        ("B", Decimal(2), None, Decimal(2)),
        ("C", Decimal(5), Decimal(3), Decimal(3)),
        ("A", None, None, Decimal(0)),
        ("O", Decimal(2), None, Decimal(0)),
    ],
)
def test_points_are_those_of_the_clause_and_none_for_an_observation(severity, points, cap, expected) -> None:
    assert rules.points_of(severity=severity, points=points, cap=cap) == expected


def test_only_an_observation_starts_as_noted() -> None:
    assert {letter: rules.first_stage(letter) for letter in "ABCO"} == {
        "A": Stage.OPEN, "B": Stage.OPEN, "C": Stage.OPEN, "O": Stage.NOTED,
    }  # fmt: skip


def test_a_clause_without_severity_is_ordinary() -> None:
    assert rules.severity_of("") == Severity.C


@pytest.mark.parametrize(("days", "expected"), [(0, True), (1, True), (89, True), (90, True), (91, False), (94, False)])
def test_a_repeat_lies_within_ninety_days(days: int, expected: bool) -> None:
    found = date(2026, 11, 16)
    assert rules.is_repeat(earlier_on=found - timedelta(days=days), found_on=found) is expected


@given(st.lists(st.tuples(st.integers(0, 200), st.booleans()), max_size=20))
def test_the_latest_valid_earlier_finding_is_the_one_repeated(past: list[tuple[int, bool]]) -> None:
    found = date(2026, 11, 16)
    earlier = [rules.Earlier(pk, found - timedelta(days=days), gone) for pk, (days, gone) in enumerate(past)]
    chosen = rules.repeat_of(earlier, found_on=found)
    valid = [one for one in earlier if not one.is_set_aside and (found - one.found_on).days <= 90]
    if not valid:
        assert chosen is None
    else:
        assert chosen in {one.pk for one in valid}
        assert all(one.found_on <= earlier[chosen].found_on for one in valid)


@pytest.mark.parametrize(
    ("given_", "title"),
    [
        (
            {"object_label": "3号楼2层东侧卫生间", "measure": AMMONIA, "value": Decimal("0.4200"), "unit": "mg/m3"},
            "3号楼2层东侧卫生间氨浓度 0.42 mg/m³ 超标",
        ),
        (
            {"object_label": "2号楼大厅", "measure": LIGHT, "value": Decimal(182), "unit": "lx"},
            "2号楼大厅照度 182 lx 不足",
        ),
        (
            {"object_label": "2号楼大厅", "measure": LIGHT, "value": Decimal(300), "unit": "lx"},
            "2号楼大厅照度 300 lx 不符合",
        ),
        ({"object_label": "1号楼大厅", "remark": "地面有积水\n东门内", "phrases": ["洁净"]}, "1号楼大厅：地面有积水"),
        ({"object_label": "1号楼大厅", "phrases": ["洁净", "无积水"]}, "1号楼大厅不符合“洁净、无积水”"),
        ({"object_label": "1号楼大厅", "sentence": "地面应干燥。"}, "1号楼大厅不符合“地面应干燥”"),
    ],
)
def test_a_title_says_where_what_and_how_far_off(given_, title) -> None:
    assert rules.title_of(**given_) == title


@given(st.text(max_size=900), st.text(min_size=1, max_size=300))
def test_no_title_is_longer_than_its_column(remark: str, label: str) -> None:
    assert 0 < len(rules.title_of(object_label=label, remark=remark, sentence="地面应干燥。")) <= rules.LONGEST_TITLE
