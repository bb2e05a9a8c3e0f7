"""The sentence forms of real standards, one line each: read as the table says, or left unread rather than guessed."""

from pathlib import Path

import pytest

from tests.language.batches import by_fifties
from tests.language.written import written
from wolong.language.sentences import has_modal, read_sentence


def table(name: str) -> list[list[str]]:
    lines = (Path(__file__).parent / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line]


TABLE = table("sentences.tsv")
# What docs/language.md promises of sentences, promise by promise.
PROMISED = table("contract.tsv")


@by_fifties("rows", TABLE)
def test_a_sentence_is_read_as_the_table_says(rows: list[list[str]]) -> None:
    assert {sentence: written(sentence) for sentence, _ in rows} == dict(rows)


@by_fifties("rows", PROMISED)
def test_what_is_promised_of_a_sentence_is_kept(rows: list[list[str]]) -> None:
    assert {sentence: written(sentence) for sentence, _ in rows} == dict(rows)


def test_no_sentence_stands_twice_in_a_table() -> None:
    assert len(dict(TABLE)) == len(TABLE)
    assert len(dict(PROMISED)) == len(PROMISED)


def test_the_table_covers_at_least_1000_sentences() -> None:
    assert len(TABLE) >= 1000


@by_fifties("rows", TABLE)
def test_full_width_signs_are_equal_to_half_width(rows: list[list[str]]) -> None:
    wide = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789%(),;"}
    narrow = {after: before for before, after in wide.items()}
    read = {one: written(one.translate(wide)).translate(narrow) for one, _ in rows}
    assert read == {one: expected.translate(narrow) for one, expected in rows}


@pytest.mark.parametrize(
    ("sentence", "thing"),
    [
        ("会议室内的照度不应低于 300 lx。", "会议室"),
        ("卫生间空气中氨的浓度不应大于 0.3 mg/m³。", "卫生间空气"),
        ("共用接地装置的接地电阻不应大于 4 Ω。", "共用接地装置"),
        ("可能散发可燃气体的场所应设置报警器。", "场所"),
        ("地面应无积水。", None),
    ],
)
def test_the_object_stands_before_in_or_of(sentence: str, thing: str | None) -> None:
    assert read_sentence(sentence)[0].object == thing


@pytest.mark.parametrize(
    "sentence",
    [
        "每4万㎡应配1名。",
        "每100户不宜少于2个车位。",
        "停车场每50个车位应配置不少于1个充电桩。",
        "24 h内不能修复的，应采取相应的安全措施并报消防安全责任人批准。",
        "检验机构接到定期检验要求后，应当按照安全技术规范的要求及时进行安全性能检验。",
    ],
)
def test_a_modal_is_not_lost_among_the_words_around_it(sentence: str) -> None:
    """The tables lend a modal to what has none, so that one that vanished would not be seen in them."""
    assert has_modal(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "收到投诉后3日内应答复。",
        "应变更登记。",
        "费用应付清。",
        "应聘请专家。",
        "应激活报警。",
        "应力求节约。",
        "应用心服务。",
        "人员可靠近设备。",
        "车辆可行驶。",
        "应届时到场。",
        "营业执照应悬挂在醒目位置。",
        "会议音响应提前调试。",
        "政策应公开。",
        "造成影响应及时处理。",
        "违反应承担责任。",
        "经确认可继续使用。",
        "所提供应符合国家标准。",
        "退回应说明理由。",
        "合同可变更。",
        "可比照执行。",
        "可听取各方意见。",
        "可观察运行情况。",
        "温度可控制在26℃。",
        "可接受委托开展检测。",
        "可利用自然光。",
        "须知晓应急流程。",
        "停电能自动切换。",
        "应季度检查一次。",
        "问题解答应耐心。",
        "可研究决定。",
        "可拆除隔板。",
        "可读取数据。",
        "可见到的垃圾应清理。",
        "对应当公开的信息应公开。",
        "备用能自动投入。",
        "见到来宾打招呼应微笑。",
    ],
)
def test_two_words_that_meet_in_a_third_keep_their_modal(sentence: str) -> None:
    """执照|应悬挂 holds 照应, 可|变更 holds 可变."""
    assert has_modal(sentence)


def test_each_modal_of_a_sentence_has_its_ordinal() -> None:
    drafts = read_sentence("夏季不应低于26℃,冬季不应高于20℃。")
    assert [draft.ordinal for draft in drafts] == [0, 1]


def test_what_a_negative_stem_lends_turns_the_comparator_round() -> None:
    draft = read_sentence("水温高于 40 ℃;", lent="shall_not")[0]
    assert draft.measures[0].high == 40
    assert draft.measures[0].low is None
