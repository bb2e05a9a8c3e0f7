"""Texts as they are published: articles, sections, bracketed and circled numbers, headings without their sign."""

import pytest

from wolong.language.marks import chapter_number
from wolong.language.reading import read_text
from wolong.language.tree import Document


def numbers(text: str) -> list[str]:
    return [clause.number for clause in read_text(text, file="a.md").clauses]


def asked(document: Document) -> list[tuple[str, str, str]]:
    """Clause, modality and sentence of each requirement."""
    return [(clause.number, one.modality, one.sentence) for clause in document.clauses for one in clause.requirements]


def test_articles_are_clauses_and_their_numbered_items_take_the_stems_modal() -> None:
    text = (
        "# 某条例\n\n第一章 总则\n\n第一条 为了规范管理，制定本条例。\n\n"
        "**第二条**　物业服务企业应当符合下列条件：\n\n(一)有独立法人资格；\n\n（二）专业人员不少于5人。\n\n"
        "前款规定的企业应当每年报告1次。\n\n第二十五条之一 业主应当缴费。\n"
    )
    document = read_text(text, file="a.md")
    assert [(one.number, one.title) for one in document.clauses] == [
        ("", "第一章 总则"), ("1", None), ("2", None), ("2 (一)", None), ("2 (二)", None), ("25之一", None),
    ]  # fmt: skip
    assert asked(document) == [
        ("2", "shall", "前款规定的企业应当每年报告1次。"),
        ("2 (一)", "shall", "有独立法人资格；"),
        ("2 (二)", "shall", "专业人员不少于5人。"),
        ("25之一", "shall", "业主应当缴费。"),
    ]


def test_a_sentence_that_begins_with_an_article_it_cites_begins_none() -> None:
    assert numbers("第三条 业主应当缴费。\n第九条规定的情形除外。\n第四条业主应当报告。\n") == ["3", "4"]


def test_an_articles_second_list_is_told_apart_by_its_paragraph_and_takes_its_own_stem() -> None:
    text = (
        "第七条 企业应当：\n\n(一)每年报告1次；\n\n(二)公开账目。\n\n企业不得：\n\n(一)拒绝检查；\n\n(二)隐瞒账目。\n"
    )
    assert [one[:2] for one in asked(read_text(text, file="a.md"))] == [
        ("7 (一)", "shall"), ("7 (二)", "shall"), ("7 第2款 (一)", "shall_not"), ("7 第2款 (二)", "shall_not"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "stem",
    [
        "有下列行为之一的，应当责令改正：",
        "下列情形，应当责令改正：",
        "企业应当具备下列条件之一：",
        "有下列情况的，应当报告：",
    ],
)
def test_cases_and_choices_are_no_requirements(stem: str) -> None:
    text = f"第八条 {stem}\n（一）应当备案而未备案的；\n（二）超过3次投诉的。\n"
    assert all(number == "8" for number, _, _ in asked(read_text(text, file="a.md")))


@pytest.mark.parametrize("stem", ["遇下列情况应采取以下措施：", "出现下列情况时，应按以下要求处理："])
def test_what_is_to_be_done_in_such_cases_is_asked_for(stem: str) -> None:
    document = read_text(f"## 4 要求\n\n4.1 {stem}\n\na) 2 h 内抢修；\nb) 公告用户。\n", file="a.md")
    assert [one[:2] for one in asked(document)][-2:] == [("4.1 a)", "shall"), ("4.1 b)", "shall")]


def test_a_full_width_indent_begins_a_paragraph_behind_a_list() -> None:
    text = "第八条　企业应当：\n　　（一）每年报告1次；\n　　（二）公开账目。\n　　企业不得拒绝检查。\n"
    assert [one[:2] for one in asked(read_text(text, file="a.md"))] == [
        ("8", "shall_not"), ("8 (一)", "shall"), ("8 (二)", "shall"),
    ]  # fmt: skip


def test_a_notice_has_sections_with_items_in_items() -> None:
    text = (
        "一、总体要求\n各单位应每月检查1次。\n二、保洁服务应符合以下要求\n（一）大厅\n1.地面无积水；\n2．墙面应每月擦拭1次。\n"
        "（1）镜面应每日擦拭2次；\n①便器应每日消毒1次。\n（二）卫生间\n1、地面应每小时巡查1次。\n三、附则\n本通知自发布之日起执行。\n"
    )
    assert numbers(text) == [
        "一", "二", "二 (一)", "二 (一) 1.", "二 (一) 2.", "二 (一) 2. (1)", "二 (一) 2. (1) ①", "二 (二)", "二 (二) 1.", "三",
    ]  # fmt: skip


def test_numbered_lines_without_any_clause_above_are_clauses() -> None:
    assert numbers("1. 保洁员应每日清扫2次；\n2、卫生间应每小时巡查1次。\n3．垃圾应日产日清。\n") == ["1", "2", "3"]
    assert numbers("（一）地面应干净。\n（二）墙面应干净。\n") == ["(一)", "(二)"]
    assert numbers("① 地面应干净。\n② 墙面应干净。\n") == ["①", "②"]


def test_a_line_that_says_something_heads_no_chapter() -> None:
    assert chapter_number("4 基本要求") == 4
    assert chapter_number("4 名保安员，2 名保洁员") is None


def test_headings_without_their_sign_and_numbers_with_a_full_stop_head_chapters_and_clauses() -> None:
    text = (
        "4 基本要求\n4.1 应有负责人。\n5 保洁服务\n5.1 应每日清扫2次，垃圾不应超过\n1.5 m 的高度，\n30 min 内清理。\n5.2 应日产日清。\n"
        "5.2.1、电梯应每15天维保1次。\n附录A（资料性）表单\n应填写。\n"
    )
    document = read_text(text, file="a.txt")
    assert [(one.number, one.title) for one in document.clauses] == [
        ("4", "基本要求"), ("4.1", None), ("5", "保洁服务"), ("5.1", None), ("5.2", None), ("5.2.1", None), ("A", "（资料性）表单"),
    ]  # fmt: skip
    assert numbers("## 1. 范围\n本标准规定了应做的事。\n\n## 2、要求\n\n### 2.1.1 地面应每日清扫2次。\n") == [
        "1",
        "2",
        "2.1.1",
    ]
    assert [one[:2] for one in asked(read_text("## 2、要求\n\n#### 2.1.1 地面应每日清扫2次。\n", file="a.md"))] == [
        ("2.1.1", "shall")
    ]


@pytest.mark.parametrize("line", ["10、20日应打蜡。", "2.垃圾应清运。", "一、二级负荷应供电。"])
def test_a_number_that_continues_a_sentence_begins_no_item(line: str) -> None:
    assert numbers(f"# 题\n\n## 4 要求\n\n4.1 保洁员应在每月\n{line}\n") == ["4", "4.1"]


def test_bullets_are_items() -> None:
    assert numbers("4.1 应：\n· 清扫；\n● 擦拭；\n■ 消毒。\n") == ["4.1", "4.1 ——1", "4.1 ——2", "4.1 ——3"]


def test_a_list_below_a_sentence_without_a_colon_takes_its_modal() -> None:
    text = "4.1 大厅保洁应符合下列规定。\na) 每日清扫2次；\nb) 无积水。\n"
    assert [one[:2] for one in asked(read_text(text, file="a.md"))] == [("4.1 a)", "shall"), ("4.1 b)", "shall")]


def test_an_item_that_is_no_stem_hands_on_what_was_lent_to_it() -> None:
    document = read_text("## 4 要求\n\n4.1 地面应：\n\na) 干净；\n\n1) 无积水；\n\n2) 每日清扫 2 次。\n", file="a.md")
    assert [one[:2] for one in asked(document)] == [("4.1 a)", "shall"), ("4.1 a) 1)", "shall"), ("4.1 a) 2)", "shall")]
