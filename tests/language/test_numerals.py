"""What number a numeral is, and which signs make none."""

import json
from decimal import Decimal

import pytest

from tests.language.written import written
from wolong.language.numerals import number_value, span_of
from wolong.language.sentences import read_sentence
from wolong.language.tree import Measure


def measures_and_unread(sentence: str) -> tuple[list[Measure], list[str]]:
    draft = read_sentence(sentence)[0]
    return draft.measures, draft.unread


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200", "1200"),
        ("十五", "15"),
        ("三百零二", "302"),
        ("三百二", "320"),
        ("两万五", "25000"),
        ("两万零五", "20005"),
        ("一亿两千万", "120000000"),
        ("三万亿", "3000000000000"),
        ("二〇二六", "2026"),
        ("一九九八", "1998"),
        ("廿四", "24"),
        ("卅", "30"),
        ("二点五", "2.5"),
        ("4 万", "40000"),
        ("1/2", "0.5"),
        ("1/2 万", "5000"),
    ],
)
def test_a_numeral_has_its_value(text: str, value: str) -> None:
    assert number_value(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "百百",
        "二十十",
        "十百",
        "亿亿",
        "亿万",
        "一万两万",
        "1/0",
        "9" * 19,
        "九" * 19,
        "75/50",
        "7/12",
        "0.6/1",
        "2026/3/31",
        "两三",
        "十七八",
    ],
)
def test_what_nobody_counts_is_no_number(text: str) -> None:
    assert number_value(text) is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("两三", 2, 3),
        ("三五", 3, 5),
        ("十七八", 17, 18),
        ("二三十", 20, 30),
        ("三四百", 300, 400),
        ("一两万", 10000, 20000),
        ("十五", 15, 15),
    ],
)
def test_two_digits_side_by_side_are_about_so_many(text: str, low: int, high: int) -> None:
    assert span_of(text) == (low, high)


@pytest.mark.parametrize("text", ["二五", "三二", "一二三", "二三四五六十"])
def test_other_digits_side_by_side_are_no_number(text: str) -> None:
    assert span_of(text) is None


@pytest.mark.parametrize(
    "amount",
    ["亿" * 700 + "人", "百百人", "9" * 900 + "人", "百分之百百", "百分之" + "十" * 900, "9" * 900 + "小时30分钟"],
    ids=range(6),
)
def test_an_amount_that_is_no_number_is_unread(amount: str) -> None:
    measures, unread = measures_and_unread(f"人数应不大于{amount}。")
    assert measures == []
    assert "".join(unread) == amount


def test_the_scale_of_a_fraction_counts() -> None:
    (measure,), unread = measures_and_unread("造价不应大于 1/2 万元。")
    assert (json.dumps(measure.as_json()["high"]), measure.unit, unread) == ("5000", "元", [])


@pytest.mark.parametrize(
    ("sentence", "reading"),
    [
        ("三天半内应答复。", "shall | deadline 答复 [,3.5] d after -"),
        ("答复不应超过三天半。", "shall_not | limit 答复 [,3.5] d"),
        ("维修应在 2 小时半内完成。", "shall | deadline 完成 [,2.5] h after -"),
        ("应在接到投诉后一年半内答复。", "shall | deadline 答复 [,18] month after 接到投诉"),
        ("每三天半应清洗一次。", "shall | frequency 清洗 [1,] 次 per 3.5 d"),
        ("每两年半数人员应轮换。", "shall | 轮换 | ? 每两年"),
    ],
)
def test_the_half_behind_a_length_of_time_counts(sentence: str, reading: str) -> None:
    assert written(sentence) == reading
