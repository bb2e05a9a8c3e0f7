"""Each rule finds its bad example and leaves its good one alone."""

from datetime import date

import pytest

from wolong.language.cited import Cited
from wolong.language.linting import EXPLAINED, World, lint, skipped_rules
from wolong.language.linting.spoken import spoken
from wolong.language.reading import read_text
from wolong.language.tree import Document

TODAY = date(2026, 11, 23)
LINE = "\n> 对象:场所/大厅 | 检查:查看 | 频次:每月 | 等级:C"


def standard(body: str, *, number: str = "Q/A 1—2026", front: str = "", file: str = "a.md") -> Document:
    head = f"---\n标准号: {number}\n名称: 甲\n层级: 企业\n发布: 2026-01-05\n{front}---\n\n# 甲\n\n"
    chapters = "## 1 范围\n\n甲。\n\n## 2 规范性引用文件\n\n无。\n\n## 3 术语和定义\n\n无。\n\n"
    return read_text(head + chapters + body, file=file)


def codes(*documents: Document, world: World | None = None) -> set[str]:
    return {one.code for one in lint(documents, today=TODAY, world=world)}


def clause(text: str, line: str = LINE) -> str:
    return f"## 4 要求\n\n4.1 {text}{line}\n\n4.2 墙面应干净。{LINE}\n"


@pytest.mark.parametrize(
    ("code", "bad", "good"),
    [
        ("WL111", clause("地面应干净。") + f"\n4.2 门应干净。{LINE}\n", clause("地面应干净。")),
        ("WL112", clause("地面应干净。") + f"\n4.4 门应干净。{LINE}\n", clause("地面应干净。")),
        ("WL113", f"## 4 要求\n\n### 4.1 大厅\n\n4.1.1 地面应干净。{LINE}\n\n4.2 门应干净。{LINE}\n", clause("地面应干净。")),
        ("WL115", "## 4 要求\n\n这是悬置段。\n\n" + clause("地面应干净。").split("\n\n", 1)[1], clause("地面应干净。")),
        ("WL202", clause("地面必须每日清扫 1 次。"), clause("地面应每日清扫 1 次。")),
        ("WL203", clause("垃圾应及时清运。"), clause("垃圾应每日清运不少于 1 次。")),
        ("WL204", clause("地面应干净。") + "\n注:门应干净。\n", clause("地面应干净。") + "\n注:门是木门。\n"),
        ("WL205", clause("室内噪声不应大于 55。"), clause("室内噪声不应大于 55 dB(A)。")),
        ("WL302", clause("地面应符合 GB/T 17217 的规定。"), clause("地面应干净。")),
        ("WL403", clause("墙面应干净。"), clause("地面应干净。")),
        ("WL510", clause("地面应干净。", ""), clause("地面应干净。")),
        ("WL511", clause("通道应畅通。", LINE.replace("等级:C", "等级:A")), clause("通道应畅通。", LINE.replace("等级:C", "等级:A | 整改:立即"))),
        ("WL512", clause("地面应干净。", LINE + " | 扣分:1/处"), clause("地面应干净。", LINE + " | 扣分:1/处,上限3")),
        ("WL513", clause("氨不应大于 1 mg/m³。", LINE.replace("查看", "测量")), clause("氨不应大于 1 mg/m³。", LINE.replace("查看", "测量") + " | 证据:读数")),
        ("WL514", clause("地面应干净。", LINE.replace("查看", "测量")), clause("地面应干净。")),
        ("WL603", clause("地面应干净。", LINE + " | 待核"), clause("地面应干净。")),
    ],
)  # fmt: skip
def test_a_rule_finds_the_bad_and_leaves_the_good(code: str, bad: str, good: str) -> None:
    assert code in codes(standard(bad))
    assert code not in codes(standard(good))


@pytest.mark.parametrize(
    ("code", "front"),
    [("WL303", "引用: [GB/T 9]\n"), ("WL601", "复审: 2026-11-22\n"), ("WL602", "实施: 2026-01-04\n")],
)
def test_a_rule_looks_at_the_front_matter(code: str, front: str) -> None:
    assert code in codes(standard(clause("地面应干净。"), front=front))
    assert code not in codes(standard(clause("地面应干净。")))


def test_a_review_due_soon_is_only_a_hint() -> None:
    document = standard(clause("地面应干净。"), front="复审: 2027-03-01\n")
    assert [one.severity for one in lint([document], today=TODAY) if one.code == "WL601"] == ["info"]


@pytest.mark.parametrize(
    ("today", "review", "is_found"),
    [
        (date(2026, 1, 5), "2036-01-05", True),
        (date(2026, 1, 5), "2031-01-06", True),
        (date(2026, 1, 5), "2031-01-05", False),
        (date(2025, 6, 1), "2031-01-05", False),
        (date(2030, 12, 1), "2035-12-01", False),  # reviewed that day, and goes on
        (date(2030, 12, 1), "2036-01-05", True),
    ],
)
def test_a_review_is_due_within_five_years(today: date, review: str, is_found: bool) -> None:
    document = standard(clause("地面应干净。"), front=f"复审: {review}\n")
    found = [one.line for one in lint([document], today=today, select=("WL601",)) if one.severity == "warning"]
    assert found == ([document.lines["复审"]] if is_found else [])


@pytest.mark.parametrize(
    ("review", "said"), [("2026-01-05", "发布"), ("2026-02-28", "实施"), ("2026-03-01", "实施"), ("2026-03-02", "")]
)
def test_a_review_comes_after_issue_and_entry_into_force(review: str, said: str) -> None:
    document = standard(clause("地面应干净。"), front=f"实施: 2026-03-01\n复审: {review}\n")
    found = [one.message for one in lint([document], today=TODAY, select=("WL602",))]
    assert found == ([f"复审日期不晚于{said}日期"] if said else [])


def test_a_bad_number_is_found() -> None:
    assert "WL114" in codes(standard(clause("地面应干净。"), number="卧龙山标准"))


def test_a_number_that_is_missing_or_has_no_year_is_only_warned_and_the_page_says_so() -> None:
    fronts = ("标准号: 卧龙山标准", "标准号: Q/A 1", "名称: 甲")
    shelf = [read_text(f"---\n{front}\n---\n\n{clause('地面应干净。')}") for front in fronts]
    found = [one.severity for document in shelf for one in lint([document], today=TODAY, select=("WL114",))]
    assert found == ["error", "warning", "warning"]
    assert EXPLAINED["WL114"].summary.endswith("without a number or a year is only warned.")
    assert "警告" in spoken()["WL114"].summary


def test_a_word_in_a_sentence_over_several_lines_has_its_place() -> None:
    document = standard(clause("地面应干净，\n温度应为 26 ℃左右，\n并应放置香薰和/或除臭剂。"))
    begins = document.source_lines.index("4.1 地面应干净，") + 1
    found = {one.code: (one.line, one.column, one.message) for one in lint([document], today=TODAY)}
    assert found["WL207"] == (begins + 1, 6, "“26 ℃左右”不是确定的限值")
    assert found["WL208"][:2] == (begins + 2, 7)


def test_a_standard_without_the_three_chapters_is_found() -> None:
    assert "WL110" in codes(read_text("## 1 要求\n\n1.1 地面应干净。\n"))


def national(text: str) -> Document:
    document = standard(clause(text), number="GB 1—2020", file="gb.md")
    return read_text(document.source.replace("层级: 企业", "层级: 国家\n性质: 强制"), file="gb.md")


def test_looser_than_a_mandatory_standard_is_an_error_with_both_places() -> None:
    mine = standard(clause("氨不应大于 0.5 mg/m³。"))
    found = [one for one in lint([mine, national("氨不应大于 300 μg/m³。")], today=TODAY) if one.code == "WL401"]
    assert [(one.severity, one.file) for one in found] == [("error", "a.md")]
    assert found[0].related[0].file == "gb.md"


def test_stricter_than_above_is_never_a_fault() -> None:
    assert "WL401" not in codes(standard(clause("氨不应大于 0.2 mg/m³。")), national("氨不应大于 300 μg/m³。"))


def test_a_rarer_frequency_than_a_mandatory_one_is_looser() -> None:
    mine, law = standard(clause("大厅应每季度清洗 1 次。")), national("大厅应每月清洗 1 次。")
    assert "WL401" in codes(mine, law)
    assert "WL401" not in codes(standard(clause("大厅应每周清洗 1 次。")), law)


def test_two_standards_of_one_level_contradict() -> None:
    one = standard(clause("照度不应低于 300 lx。"))
    other = standard(clause("照度不应低于 500 lx。"), number="Q/A 2—2026", file="b.md")
    assert "WL402" in codes(one, other)


def test_an_old_edition_does_not_contradict_the_one_that_replaces_it() -> None:
    old = standard(clause("照度不应低于 300 lx。"), number="Q/A 1—2020", file="old.md")
    new = standard(clause("照度不应低于 500 lx。"), front="代替: [Q/A 1—2020]\n")
    assert "WL402" not in codes(old, new)


def test_a_dated_reference_to_a_replaced_edition_is_found() -> None:
    new = standard(clause("地面应干净。"), front="代替: [Q/A 1—2020]\n")
    citing = standard(clause("门应干净。"), number="Q/A 3—2026", front="引用: [Q/A 1—2020]\n", file="c.md")
    assert "WL304" in codes(new, citing)


def test_a_term_with_two_meanings_is_found() -> None:
    body = "## 3 术语和定义\n\n### 3.1 公共区域\n\n{}\n\n" + clause("地面应干净。")
    one, other = standard(body.format("大厅。")), standard(body.format("走廊。"), number="Q/A 2—2026", file="b.md")
    assert "WL405" in codes(one, other)
    assert "WL405" not in codes(one)


def test_rules_about_the_world_need_one() -> None:
    document = standard(clause("地面应干净。"))
    assert skipped_rules(world=None) == ["WL515", "WL604"]
    assert "WL515" not in codes(document)
    assert "WL515" in codes(document, world=World({"场所/大厅": 0}))
    assert "WL515" not in codes(document, world=World({"场所/大厅": 2}))


@pytest.mark.parametrize(
    ("selectors", "is_found"),
    [
        ({"场所/大厅": 3}, True),
        ({"场所/大厅": 3, "设备/电梯": 0}, True),
        ({"设备/电梯": 2}, False),
        ({"设备/电梯/客梯": 2}, False),
        ({"设备/电梯[使用年限>15]": 2}, False),
        ({"设备/电梯厅": 2}, True),
        ({}, False),
    ],
)
def test_a_world_that_counts_knows_all_that_selects_something(selectors: dict[str, int], is_found: bool) -> None:
    world = World(selectors, frozenset({"Q/A 9—2026"}))
    document = standard(clause("轿厢应干净。", LINE.replace("场所/大厅", "设备/电梯")))
    found = [
        one.clause for one in lint([document], today=TODAY, world=world, select=("WL515",)) if "电梯" in one.message
    ]
    assert found == (["4.1"] if is_found else [])
    assert skipped_rules(world=world) == ([] if selectors else ["WL515"])


def test_one_place_of_an_alias_is_enough() -> None:
    document = standard(clause("地面应干净。", LINE.replace("大厅", "公共区域")).replace("场所/大厅", "场所/走廊"))
    assert "WL515" not in codes(document, world=World({"场所/走廊": 1}))
    assert "WL515" in codes(document, world=World({"场所/会议室": 1}))


def test_an_adopted_edition_that_is_replaced_is_found() -> None:
    old = standard(clause("地面应干净。"), number="Q/A 1—2020", file="old.md")
    new = standard(clause("地面应干净。"), front="代替: [Q/A 1—2020]\n实施: 2026-03-01\n")
    assert "WL604" in codes(old, new, world=World(adopted=frozenset({"Q/A 1—2020"})))


def test_a_remark_with_a_reason_silences_the_next_line_only() -> None:
    text = (
        f"## 4 要求\n\n<!-- wolong: ignore WL203 原话 -->\n4.1 垃圾应及时清运。{LINE}\n\n4.2 积水应及时清除。{LINE}\n"
    )
    found = [one for one in lint([standard(text)], today=TODAY) if one.code == "WL203"]
    assert [one.clause for one in found] == ["4.2"]
    bare = standard(text.replace(" 原话", ""))
    assert {"WL116", "WL203"} <= codes(bare)


@pytest.mark.parametrize(
    "words", ["", " 上级原话", " wl203 原话", " all 原话", " 203 原话", "WL203 原话", " WL 原话", " WL2034 原话"]
)
def test_a_remark_that_names_no_rule_is_a_fault_and_silences_nothing(words: str) -> None:
    text = f"## 4 要求\n\n<!-- wolong: ignore{words} -->\n4.1 垃圾应及时清运。{LINE}\n"
    found = lint([standard(text)], today=TODAY, select=("WL116", "WL117", "WL203"))
    assert [(one.code, one.clause) for one in found] == [("WL116", None), ("WL203", "4.1")]


@pytest.mark.parametrize("code", ["WL202", "WL207", "WL208", "WL407", "WL510", "WL603"])
def test_what_two_requirements_of_one_sentence_share_is_said_once(code: str) -> None:
    text = "茶水必须约 20 min 续一次，台面应放置香薰和/或花，地面应无积水。"
    body = f"## 4 要求\n\n4.1 {text}\n> 对象:场所/大厅 | 待核\n"
    shelf = [standard(body, number=f"Q/A {at}—2026", file=f"{at}.md") for at in (1, 2)]
    found = [one for one in lint(shelf, today=TODAY, select=(code,)) if one.file == "2.md"]
    assert [(one.code, one.clause) for one in found] == [(code, "4.1")]


@pytest.mark.parametrize(
    ("limit", "method", "is_found"),
    [
        ("大厅温度应为 18 ℃～26 ℃", "询问", True),
        ("大厅照度不应低于 100 lx", "询问", True),
        ("大厅照度不应低于 100 lx", "查看", True),
        ("大厅氨浓度不应大于 0.2 mg/m³", "查看", True),
        ("照明功率密度不应大于 8 W/m²", "查看", True),
        ("大厅温度应为 18 ℃～26 ℃", "查看", False),  # a thermometer may hang there
        ("消火栓水压不应低于 0.1 MPa", "查看", False),
        ("大厅照度不应低于 100 lx", "查阅", False),
        ("大厅照度不应低于 100 lx", "试验", False),
        ("每班值守人员不应少于 2 人", "询问", False),
        ("满意度不应低于 90%", "询问", False),
        ("通道宽度不应小于 1.2 m", "查看", False),
        ("备用电源持续时间不应少于 1 h", "询问", False),
    ],
)
def test_what_only_an_instrument_tells_is_not_asked_for(limit: str, method: str, is_found: bool) -> None:
    document = standard(clause(f"{limit}。", LINE.replace("查看", method)))
    found = lint([document], today=TODAY, select=("WL514",))
    assert [(one.clause, method in one.message) for one in found] == ([("4.1", True)] if is_found else [])


def test_prefixes_select_and_ignore() -> None:
    document = standard(clause("垃圾必须及时清运。", ""))
    assert {one.code for one in lint([document], today=TODAY, select=("WL2",))} == {"WL202", "WL203"}
    assert "WL203" not in {one.code for one in lint([document], today=TODAY, ignore=("WL203",))}


def test_diagnostics_come_sorted() -> None:
    found = lint([standard(clause("垃圾必须及时清运。", ""))], today=TODAY)
    assert found == sorted(found, key=lambda one: one.sort_key)


def test_a_text_without_any_execution_line_is_told_so_once() -> None:
    text = "## 4 要求\n\n4.1 门应干净。\n\n4.2 墙面应干净。\n\n4.3 地面应干净。\n"
    found = [one for one in lint([standard(text)], today=TODAY) if one.code.startswith("WL5")]
    assert [(one.code, one.clause) for one in found] == [("WL510", "4.1")]
    assert "3 条" in found[0].message


def test_what_chapter_two_lists_needs_no_front_matter() -> None:
    document = standard(clause("地面应符合 GB/T 17217 的规定。"))
    listed = read_text(document.source.replace("无。", "GB/T 17217 公共厕所卫生规范", 1), file="a.md")
    assert "WL302" in codes(document)
    assert "WL302" not in codes(listed)


@pytest.mark.parametrize("note", ["注1：门可能是木门。", "注：可以用湿布。", "注：本条适用于冬季。"])
def test_a_note_may_state_and_allow(note: str) -> None:
    assert "WL204" not in codes(standard(clause("地面应干净。") + f"\n{note}\n"))


def test_a_fault_in_a_note_stands_on_its_own_line() -> None:
    document = standard(clause("地面应干净。") + "\n注1：门是木门。\n\n注2：门应干净。\n")
    found = next(one for one in lint([document], today=TODAY) if one.code == "WL204")
    assert document.source.split("\n")[found.line - 1] == "注2：门应干净。"


def test_a_number_that_a_word_follows_does_not_lack_a_unit() -> None:
    assert "WL205" not in codes(standard(clause("有效投诉不应超过5起。")))


def test_a_standard_on_the_shelf_that_the_index_withdraws_must_not_be_adopted() -> None:
    document = standard(clause("地面应干净。"))
    index = {"Q/A 1": Cited("Q/A 1", 2026, "甲", "废止")}
    world = World(adopted=frozenset({"Q/A 1—2026"}))
    assert "WL604" in {one.code for one in lint([document], today=TODAY, world=world, index=index)}
    assert "WL604" not in {one.code for one in lint([document], today=TODAY, world=world)}


def test_the_states_own_text_lacks_execution_lines_in_passing_only() -> None:
    text = clause("地面应干净。", "").replace(LINE, "")
    law = national("地面应干净。").source.replace(LINE, "")
    assert [one.severity for one in lint([standard(text)], today=TODAY) if one.code == "WL510"] == ["warning"]
    assert [one.severity for one in lint([read_text(law)], today=TODAY) if one.code == "WL510"] == ["info"]


def test_an_engineering_code_has_chapters_of_its_own() -> None:
    body = "## 1 总则\n\n1.0.1 为节约资源制定本规范。\n\n1.0.2 本规范适用于办公楼。\n\n## 2 声环境\n\n2.1.1 噪声不应大于 45 dB(A)。\n"
    found = codes(read_text(f"---\n标准号: GB 1—2020\n语气: 工程\n---\n\n{body}"))
    assert not found & {"WL110", "WL119"}
    assert "WL110" in codes(read_text(body))


@pytest.mark.parametrize(
    "sentence", ["使用单位应在定期检验前完成自查。", "提出合理化建议的应予记录。", "维修及时率应公示。"]
)
def test_a_word_that_names_something_is_not_vague(sentence: str) -> None:
    assert "WL203" not in codes(standard(clause(sentence)))
