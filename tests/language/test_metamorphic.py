"""Saying the same in other signs, numerals, units or order gives the same measures."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.language.batches import by_fifties
from tests.language.test_sentences import TABLE
from wolong.language.modals import SHALL
from wolong.language.sentences import read_sentence
from wolong.language.tree import Measure
from wolong.language.units import sized

SENTENCES = [sentence for sentence, expected in TABLE if expected.startswith(("shall", "should", "may"))]
HAN_SIGNS = "\u4e00-\u9fff"
HAN = dict(zip("123456789", "一二三四五六七八九", strict=True))


def measures(sentence: str) -> list[Measure]:
    return [measure for draft in read_sentence(sentence) for measure in draft.measures]


def plain(measure: Measure) -> Measure:
    """Without the signs that names are written in."""
    narrow = {ord(sign) + 0xFEE0: sign for sign in "0123456789"}
    return replace(measure, property=(measure.property or "").translate(narrow) or None)


@by_fifties("sentences", SENTENCES)
def test_full_width_digits_measure_the_same(sentences: list[str]) -> None:
    signs = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789"}
    wide = {one: [plain(found) for found in measures(one.translate(signs))] for one in sentences}
    assert wide == {one: [plain(found) for found in measures(one)] for one in sentences}


@by_fifties("sentences", SENTENCES)
def test_blanks_around_numbers_change_nothing(sentences: list[str]) -> None:
    """GB/T 1.1 sets a blank before a unit, others set one around every number, most set none."""

    def bare(sentence: str) -> list[Measure]:
        return [
            replace(one, condition="".join(one.condition.split()) if one.condition else None)
            for one in measures(sentence)
        ]

    apart = {one: re.sub(rf"(?<=[{HAN_SIGNS}])(?=\d)|(?<=\d)(?=[{HAN_SIGNS}])", " ", one) for one in sentences}
    close = {one: re.sub(rf"(?<=[{HAN_SIGNS}]) (?=\d)|(?<=\d) (?=[{HAN_SIGNS}])", "", one) for one in sentences}
    assert {one: bare(apart[one]) for one in sentences} == {one: bare(close[one]) for one in sentences}


COUNTED = [one for one in SENTENCES if re.search(r"(?<![\d.])[1-9] ?次(?!日|性)", one)]


@by_fifties("sentences", COUNTED)
def test_chinese_numerals_count_the_same(sentences: list[str]) -> None:
    spoken = {one: re.sub(r"(?<![\d.])([1-9]) ?(?=次(?!日|性))", lambda match: HAN[match[1]], one) for one in sentences}
    assert all(one != said for one, said in spoken.items())
    assert {one: measures(said) for one, said in spoken.items()} == {one: measures(one) for one in sentences}


SPOKEN_UNITS = {
    "min": "分钟",
    "℃": "摄氏度",
    "lx": "勒克斯",
    "dB(A)": "分贝",
    "%": "％",
    "mg/m³": "毫克/立方米",
    "m³": "立方米",
}
IN_SIGNS = [
    (one, sign) for one in SENTENCES for sign in SPOKEN_UNITS if re.search(rf"\d ?{re.escape(sign)}(?![A-Za-z/(])", one)
]


@by_fifties("rows", IN_SIGNS)
def test_unit_words_measure_what_unit_signs_do(rows: list[tuple[str, str]]) -> None:
    def apart(sentence: str, sign: str) -> list[Measure]:
        """What names and conditions hold is given as written."""
        return [
            replace(one, condition=None, property=(one.property or "").replace(sign, SPOKEN_UNITS[sign]))
            for one in measures(sentence)
        ]

    def spoken(sentence: str, sign: str) -> str:
        return re.sub(rf"(?<=\d) ?{re.escape(sign)}(?![A-Za-z/(])", SPOKEN_UNITS[sign], sentence)

    said = {row: apart(spoken(*row), row[1]) for row in rows}
    assert said == {row: apart(*row) for row in rows}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("应在 90 min 内完成。", "应在一个半小时内完成。"),
        ("应在 0.5 h 内到达。", "应在 30 分钟内到达。"),
        ("长度不应大于 1.5 m。", "长度不应大于 150 cm。"),
        ("合格率不应低于 90%。", "合格率不应低于九成。"),
        ("氨不应大于 0.3 mg/m³。", "氨不应大于 300 μg/m³。"),
    ],
)
def test_other_units_are_the_same_size(one: str, other: str) -> None:
    first, second = measures(one)[0], measures(other)[0]

    def size(value: Decimal | None, unit: str | None) -> Decimal | None:
        return None if value is None else sized(value, unit)

    assert size(first.low, first.unit) == size(second.low, second.unit)
    assert size(first.high, first.unit) == size(second.high, second.unit)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("夏季会议室温度不应低于 26 ℃。", "会议室夏季温度不应低于 26 ℃。"),
        ("夏季，会议室温度不应低于 26 ℃。", "会议室温度夏季不应低于 26 ℃。"),
        ("供暖期间室内温度不应低于 18 ℃。", "供暖期间，室内温度不应低于 18 ℃。"),
        ("应在接到报修后 15 min 内到达现场。", "接到报修后应在 15 min 内到达现场。"),
        ("接到报修后 15 min 内应到达现场。", "接到报修后，应在 15 min 内到达现场。"),
        ("大厅每日应清扫 2 次。", "大厅应每日清扫 2 次。"),
        ("大厅每日清扫应不少于 2 次。", "大厅应每日清扫不少于 2 次。"),
    ],
)
def test_a_moved_condition_leaves_the_measure(one: str, other: str) -> None:
    first, second = measures(one), measures(other)
    assert [replace(measure, condition=None) for measure in first] == [
        replace(measure, condition=None) for measure in second
    ]
    assert len(first) == 1
    said = [draft for sentence in (one, other) for draft in read_sentence(sentence)]
    assert all(draft.modality in (SHALL, "shall_not") for draft in said)
