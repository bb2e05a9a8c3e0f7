"""Whatever comes in, reading answers; and a fingerprint changes exactly when it should."""

import re

from hypothesis import given
from hypothesis import strategies as st

from wolong.language.execution import parse_execution
from wolong.language.judging import NotAValue, read_value
from wolong.language.reading import read_bytes, read_text
from wolong.language.selectors import BadSelector, parse_selectors
from wolong.language.tree import Document

WORDS = st.sampled_from(
    [
        *re.findall(
            r"\S+",
            """应 不应 宜 不得 可 每日 每15日 每隔 次 2 0.3 24 ~ ± % mg/m³ ℃ h min 内 前 后
以上 不大于 至少 超过 为 的 时 、 , ; 。 : 大厅 地面 清扫 接到报修 夏季 提前 一 两 半小时 九成
百分之 表 1 ( ) 应急 方可 | > 对象 # ## 4.1 a) —— --- """,
        ),
        "\n",
    ]
)
HEAD = "## 4 要求\n\n"


def only(text: str) -> Document:
    return read_text(HEAD + text)


@given(st.text())
def test_no_text_makes_the_reader_fail(text: str) -> None:
    assert read_text(text).as_json()["diagnostics"] is not None


@given(st.binary())
def test_no_bytes_make_the_reader_fail(data: bytes) -> None:
    assert read_bytes(data, file="a.md").file == "a.md"


@given(st.lists(WORDS, max_size=40))
def test_no_order_of_the_words_makes_the_reader_fail(words: list[str]) -> None:
    document = only("4.1 " + "".join(words))
    for requirement in document.requirements:
        assert len(requirement.fingerprint) == 64
        if requirement.unread:
            assert any(diagnostic.code == "WL201" for diagnostic in document.diagnostics)
        for measure in requirement.measures:
            assert measure.low is not None or measure.high is not None
            assert measure.low is None or measure.high is None or measure.low <= measure.high


@given(
    st.dictionaries(
        st.sampled_from(["对象", "检查", "频次", "等级", "扣分", "整改", "证据", "时段", "没有"]), st.text()
    )
)
def test_no_execution_line_makes_the_parser_fail(values: dict[str, str]) -> None:
    parse_execution(values)


@given(st.text())
def test_a_selector_is_read_or_refused_in_words(text: str) -> None:
    said = ""
    try:
        said = "、".join(str(one) for one in parse_selectors(text))
    except BadSelector as refusal:
        said = str(refusal)
    assert said


@given(st.text(), st.sampled_from([None, "mg/m3", "℃", "min", "%"]))
def test_a_value_is_read_or_refused_in_words(text: str, unit: str | None) -> None:
    said = ""
    try:
        said = str(read_value(text, unit=unit).value)
    except NotAValue as refusal:
        said = str(refusal)
    assert said not in ("", "NaN", "Infinity")


@given(st.integers(1, 30), st.sampled_from(["a.md", "b/c.md"]), st.integers(1, 9))
def test_a_fingerprint_does_not_know_number_line_or_file(blanks: int, file: str, clause: int) -> None:
    text = "4.{} 大厅地面每日清扫应不少于 2 次。\n> 对象:场所/大厅\n"
    one = only(text.format(1)).requirements[0]
    other = read_text(HEAD + "\n" * blanks + text.format(clause), file=file).requirements[0]
    assert one.fingerprint == other.fingerprint
    assert one.line != other.line


@given(st.sampled_from(["4.1 大厅地面每日清扫应不少于2次。", "4.1 大厅地面 每日清扫应不少于 2 次。"]))
def test_a_fingerprint_does_not_know_spaces_or_width(text: str) -> None:
    line = "\n> 对象:场所/大厅\n"
    assert only(text + line).requirements[0].fingerprint == (
        only("4.1 大厅地面每日清扫应不少于 2 次。" + line).requirements[0].fingerprint
    )


def test_a_fingerprint_changes_with_sentence_ordinal_and_execution() -> None:
    prints = {
        only("4.1 大厅每日清扫应不少于 2 次。\n> 对象:场所/大厅\n").requirements[0].fingerprint,
        only("4.1 大厅每日清扫应不少于 3 次。\n> 对象:场所/大厅\n").requirements[0].fingerprint,
        only("4.1 大厅每日清扫应不少于 2 次。\n> 对象:场所/走廊\n").requirements[0].fingerprint,
        only("4.1 大厅每日清扫应不少于 2 次。\n").requirements[0].fingerprint,
        *(one.fingerprint for one in only("4.1 地面应干净,墙面应干净。\n").requirements),
    }
    assert len(prints) == 6
