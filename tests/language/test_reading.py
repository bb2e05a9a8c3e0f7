"""A standard's text becomes a tree with exact lines; a broken one becomes diagnostics, never an exception."""

import json
from pathlib import Path

import pytest

from wolong.language.reading import read_bytes, read_text
from wolong.language.tree import Document, Measure

HEAD = "# 题\n\n## 1 范围\n\n本文件规定了应做的事。\n\n## 4 要求\n\n"
GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.md"))


def one_clause(text: str) -> Document:
    return read_text(HEAD + text, file="a.md")


def codes(document: Document) -> list[str]:
    return [diagnostic.code for diagnostic in document.diagnostics]


@pytest.mark.parametrize("path", GOLDEN, ids=[path.stem for path in GOLDEN])
def test_a_golden_standard_is_read_as_before(path: Path) -> None:
    document = read_bytes(path.read_bytes(), file=path.name)
    assert document.as_json() == json.loads(path.with_suffix(".json").read_text("utf-8"))


def test_every_measure_survives_its_json() -> None:
    for path in GOLDEN:
        for requirement in read_bytes(path.read_bytes(), file=path.name).requirements:
            for measure in requirement.measures:
                assert Measure.from_json(json.loads(json.dumps(measure.as_json()))) == measure


def test_one_line_rules_all_requirements_of_its_clause() -> None:
    document = one_clause("4.1 地面应干净,墙面不应有污渍。\n> 对象:场所/大厅 | 检查:查看\n")
    assert [one.execution.as_json() for one in document.requirements if one.execution] == [
        {"对象": "场所/大厅", "检查": "查看"}
    ] * 2


def test_as_many_lines_as_requirements_go_by_order() -> None:
    document = one_clause("4.1 地面应干净,墙面不应有污渍。\n> 对象:场所/大厅\n\n> 对象:场所/走廊\n")
    assert [one.execution.values["对象"] for one in document.requirements if one.execution] == [
        "场所/大厅",
        "场所/走廊",
    ]


def test_any_other_number_of_lines_is_a_fault_and_none_applies() -> None:
    document = one_clause("4.1 地面应干净。\n> 对象:场所/大厅\n\n> 对象:场所/走廊\n")
    assert codes(document) == ["WL503"]
    assert document.requirements[0].execution is None


def test_a_fault_in_an_execution_line_has_its_line_and_column() -> None:
    document = one_clause("4.1 地面应干净。\n> 对象:场所/大厅 | 频率:每月 | 等级:D\n")
    found = [(one.code, one.line, one.column, one.clause) for one in document.diagnostics]
    assert found == [("WL501", 10, 14, "4.1"), ("WL502", 10, 22, "4.1")]


def test_an_unread_number_is_named_at_its_column() -> None:
    document = one_clause("4.1 药液应按 1:2 配制。")
    assert [(one.code, one.line, one.column) for one in document.diagnostics] == [("WL201", 9, 10)]
    assert document.requirements[0].measures == ()


def test_full_width_signs_divide_sentences_keys_and_front_matter_alike() -> None:
    text = "---\n标准号\uff1aQ/A 1—2026\n引用: [GB/T 1\uff0cGB/T 2]\n---\n" + HEAD
    document = read_text(
        text + "4.1 地面应干净\uff1b墙面应干净\uff01\n\uff1e 对象\uff1a场所/大厅 \uff5c 检查\uff1a查看\n"
    )
    assert document.number == "Q/A 1—2026"
    assert [one.sentence[:2] for one in document.requirements] == ["地面", "墙面"]
    assert all(one.execution and one.execution.values["检查"] == "查看" for one in document.requirements)


def test_a_sentence_without_a_modal_needs_an_execution_line() -> None:
    assert one_clause("4.1 大厅每日清扫 2 次。").requirements == ()
    assert [one.modality for one in one_clause("4.1 大厅每日清扫 2 次。\n> 检查:查看\n").requirements] == ["shall"]


@pytest.mark.parametrize("chapter", ["1 范围", "3 术语和定义", "前言", "附录 A(资料性) 卡片"])
def test_some_chapters_require_nothing(chapter: str) -> None:
    assert read_text(f"# 题\n\n## {chapter}\n\n地面应干净。\n").requirements == ()


def test_a_note_and_an_example_require_nothing() -> None:
    assert one_clause("4.1 地面应干净。\n注:墙面应干净。\n示例:门应干净。\n").requirements[0].sentence == "地面应干净。"
    assert len(one_clause("4.1 地面应干净。\n注:墙面应干净。\n").requirements) == 1


def test_an_indicator_replaces_what_the_sentence_says() -> None:
    document = one_clause("4.1 药液应按 1:2 配制。\n> 指标:药液浓度 ≤ 3 mg/L\n")
    assert document.requirements[0].measures[0].high == 3
    assert document.requirements[0].unread == ()


def test_a_stem_lends_its_modality_and_its_line_to_the_items() -> None:
    document = one_clause("4.1 不应有下列情形:\na) 积水;\nb) 破损。\n\n> 对象:场所/大厅\n")
    assert [(one.modality, one.predicates) for one in document.requirements] == [
        ("shall_not", ("积水",)),
        ("shall_not", ("破损",)),
    ]
    assert all(one.execution is not None for one in document.requirements)
    assert [clause.number for clause in document.clauses][-2:] == ["4.1 a)", "4.1 b)"]


def test_a_file_in_gbk_is_refused_with_the_reason() -> None:
    document = read_bytes("大厅地面应干净。".encode("gbk"), file="a.md")
    assert codes(document) == ["WL101"]
    assert "GBK" in document.diagnostics[0].message


def test_a_byte_order_mark_is_passed_over_with_a_word() -> None:
    document = read_bytes(b"\xef\xbb\xbf" + (HEAD + "4.1 地面应干净。").encode(), file="a.md")
    assert codes(document) == ["WL102"]
    assert len(document.requirements) == 1


def test_broken_front_matter_is_a_fault_and_the_body_is_read() -> None:
    document = read_text("---\n标准号: [Q\n名称: 甲: 乙\n---\n" + HEAD + "4.1 地面应干净。\n", file="a.md")
    assert "WL104" in codes(document)
    assert len(document.requirements) == 1


def test_front_matter_that_never_ends_is_a_fault() -> None:
    assert "WL104" in codes(read_text("---\n标准号: Q/A 1—2026\n"))


def test_unknown_keys_and_bad_values_have_their_line() -> None:
    document = read_text("---\n标准号: Q/A 1—2026\n作者: 某人\n发布: 昨天\n层级: 村\n---\n", file="a.md")
    assert [(one.code, one.line) for one in document.diagnostics] == [("WL105", 3), ("WL106", 4), ("WL106", 5)]


def test_yaml_that_would_unfold_without_end_is_refused() -> None:
    bomb = "---\n引用: &a [x, x]\n代替: [*a, *a]\n---\n"
    assert codes(read_text(bomb)) == ["WL104"]


def test_two_hundred_heading_levels_are_a_fault_not_a_crash() -> None:
    assert codes(read_text("#" * 200 + " 4 要求\n"))[0] == "WL107"
    deep = ".".join(["1"] * 200)
    assert read_text(f"## 1 甲\n\n{deep} 地面应干净。\n").requirements[0].predicates == ("干净",)


def test_a_very_long_line_is_a_fault_and_the_rest_is_read() -> None:
    document = one_clause("4.1 " + "应" * 1_000_000 + "\n\n4.2 地面应干净。\n")
    assert codes(document) == ["WL108"]
    assert len(document.requirements) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "times"),
    [
        ("1", 19_000),
        ("每", 19_000),
        ("应", 19_000),
        ("(", 19_000),
        ("一二", 9_000),
        ("的时", 9_000),
        ("GB", 9_000),
        ("夏季", 9_000),
    ],
)
def test_hostile_lines_are_read_in_time(part: str, times: int) -> None:
    assert one_clause(f"4.1 应{part * times}。") is not None


def test_a_comment_may_go_on_over_lines_and_asks_for_nothing() -> None:
    document = one_clause(
        "4.1 地面应干净。<!-- 以下\n4.2 温度不应大于 30 ℃。\n待定 --> 墙面应干净。\n\n4.3 门应干净。\n"
    )
    assert [one.sentence for one in document.requirements] == ["地面应干净。", "墙面应干净。", "门应干净。"]
    assert codes(document) == []


def test_what_stands_in_code_opens_no_comment_and_silences_nothing() -> None:
    document = one_clause("4.1 注释应以 `<!--` 开头，`<!-- wolong: ignore WL203 原话 -->` 应照写。\n\n4.2 门应干净。\n")
    assert [one.sentence for one in document.requirements][-1] == "门应干净。"
    assert (codes(document), document.ignores) == ([], ())


@pytest.mark.parametrize("sign", ["```", "~~~", "<!-- 待定"])
def test_what_is_never_closed_says_that_the_rest_is_not_read(sign: str) -> None:
    document = one_clause(f"4.1 地面应干净。\n\n{sign}\n\n4.2 门应干净。\n")
    assert codes(document) == ["WL103"]
    assert document.source_lines[document.diagnostics[0].line - 1] == sign


def test_a_fence_ends_with_the_sign_that_it_began_with() -> None:
    document = one_clause("4.1 地面应干净。\n\n```\n~~~\n4.2 窗应干净。\n```\n\n4.3 门应干净。\n")
    assert [one.sentence for one in document.requirements] == ["地面应干净。", "门应干净。"]


def test_what_is_unread_has_its_place_in_a_sentence_over_several_lines() -> None:
    document = one_clause("4.1 草坪应平整，\n  生长良好，留茬高度应为\n草高的 1/3。\n")
    (fault,) = document.diagnostics
    assert document.source_lines[fault.line - 1][fault.column - 1 :] == "1/3。"
