"""Numbers, years and columns: by table and by property."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wolong.language.tree import Measure
from wolong.norms.standards.rules.columns import columns_of
from wolong.norms.standards.rules.comparing import Read, changed_places, differences, tightened
from wolong.norms.standards.rules.editions import last_day_before, split_number, year_of


@pytest.mark.parametrize(
    ("number", "code", "year"),
    [
        ("Q/WLS BZ06-003—2026", "Q/WLS BZ06-003", 2026),
        ("GB/T 24421.2-2023", "GB/T 24421.2", 2023),
        ("TSG T5002–2017", "TSG T5002", 2017),
        ("DB36/T 123—2020", "DB36/T 123", 2020),
        ("GB/T 17217", "GB/T 17217", None),
        ("Q/WLS BZ06-0032", "Q/WLS BZ06-0032", None),
    ],
)
def test_a_number_is_a_code_and_a_year(number: str, code: str, year: int | None) -> None:
    found = split_number(number)
    assert (found.code, found.year) == (code, year)


@given(st.integers(1900, 2099), st.sampled_from(["Q/WLS BZ06-003", "GB/T 43542", "TSG T5002"]))
def test_a_number_put_together_comes_apart_again(year: int, code: str) -> None:
    assert split_number(f"{code}—{year}") == split_number(str(split_number(f"{code}-{year}")))


def test_the_year_comes_from_the_number_then_the_issue_then_the_first_day() -> None:
    assert year_of("A 1—2021", issued=dt.date(2022, 1, 1), effective=None) == 2021
    assert year_of("A 1", issued=dt.date(2022, 1, 1), effective=dt.date(2023, 1, 1)) == 2022
    assert year_of("A 1", issued=None, effective=None) is None


@given(st.lists(st.dates(), max_size=6), st.dates())
def test_an_edition_ends_where_the_next_one_begins(days: list[dt.date], first: dt.date) -> None:
    end = last_day_before(first, later_first_days=days)
    assert end is None or (end > first and not any(first < day < end for day in days))
    assert (end is None) == all(day <= first for day in days)


@pytest.mark.parametrize(
    ("written", "months", "sample", "event"),
    [
        ("每月", 1, None, False),
        ("每日", 1, None, False),
        ("每周", 1, None, False),
        ("每2小时", 1, None, False),
        ("每季度", 3, None, False),
        ("每季度抽查 20%", 3, Decimal(20), False),
        ("抽查 20%", 3, Decimal(20), False),
        ("每半年", 6, None, False),
        ("每年", 12, None, False),
        ("每两年", 24, None, False),
        ("事件:接到报修", None, None, True),
    ],
)
def test_a_frequency_becomes_months_a_sample_or_an_event(
    written: str, months: int | None, sample: Decimal | None, event: bool
) -> None:
    found = columns_of({"频次": written})
    assert (found["cycle_months"], found["sample_percent"], found["is_event_driven"]) == (months, sample, event)


def test_an_execution_line_becomes_columns() -> None:
    found = columns_of(
        {
            "对象": "场所/卫生间、设备/电梯[使用年限>15]",
            "责任": "保洁",
            "监督": "物业管理科",
            "检查": "测量",
            "等级": "B",
            "扣分": "2/项,上限6",
            "整改": "3个工作日",
            "证据": "读数、照片",
            "来源": "GB/T 17217",
            "待核": True,
        }
    )
    assert found["selectors"] == "场所/卫生间、设备/电梯[使用年限>15]"
    assert (found["doer"], found["checker"], found["method"], found["severity"]) == ("保洁", "物业管理科", "测量", "B")
    assert (found["points"], found["points_per"], found["points_cap"]) == (Decimal(2), "项", Decimal(6))
    assert (found["term_workdays"], found["term_hours"], found["term_label"]) == (3, None, "3个工作日")
    assert found["evidence"] == ["读数", "照片"]
    assert found["is_to_verify"] is True


def test_at_once_is_the_same_day() -> None:
    assert columns_of({"整改": "立即"})["term_workdays"] == 0
    assert columns_of({"整改": "4小时"})["term_hours"] == 4


def test_no_execution_line_leaves_every_column_empty() -> None:
    found = columns_of(None)
    assert found["selectors"] == ""
    assert found["cycle_months"] is None
    assert found["is_to_verify"] is False


def read(modality: str = "shall", high: float | None = 0.5, **execution: str) -> Read:
    measure = {"kind": "limit", "property": "氨", "low": None, "high": high, "unit": "mg/m3"}
    return Read(modality, [measure], execution)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (read(), read(), []),
        (read("should_not"), read("shall_not", 0.3), ["“不宜”改“不应”后成为要求", "限值收紧"]),
        (read(high=0.3), read(high=0.5), ["限值放宽"]),
        (read(频次="每月"), read(频次="每季度"), ["频次由“每月”改为“每季度”"]),
        (read("shall"), read("should"), ["“应”改“宜”后不再是要求"]),
        (read(等级="B"), read(), ["等级由“B”改为“未写”"]),
    ],
)
def test_what_changed_is_said_in_words(old: Read, new: Read, says: list[str]) -> None:
    assert differences([old], [new]) == says


def test_more_and_fewer_requirements_are_said() -> None:
    assert differences([read()], [read(), read()]) == ["多了 1 条要求"]
    assert differences([read(), read()], [read()]) == ["少了 1 条要求"]


def test_a_replaced_word_is_one_changed_place() -> None:
    assert changed_places("氨不宜大于 0.5 mg", "氨不应大于 0.3 mg") == 2
    assert changed_places("相同", "相同") == 0


@given(st.floats(0, 9), st.floats(0, 9))
def test_of_two_limits_one_is_tighter_or_they_are_equal(old: float, new: float) -> None:
    one, other = (Measure("limit", "x", high=Decimal(str(value))) for value in (old, new))
    found = tightened(one, other)
    assert found == (None if old == new else new < old)
