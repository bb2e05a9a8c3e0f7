"""A 考核表 is read as a person reads it: in every layout, with what is uncertain marked and nothing dropped."""

import contextlib
import datetime as dt
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.language.scoring.layouts import LAYOUTS, MENU, Layout, decimal, span_of
from wolong.language.linting import lint
from wolong.language.reading import read_text
from wolong.language.scoring import (
    CannotCompose,
    Confirmed,
    Front,
    Grid,
    NoScoringSheet,
    Proposal,
    Vocabulary,
    compose,
    propose,
    read_grid,
)
from wolong.language.scoring.checking import read_check
from wolong.language.scoring.deductions import read_rule
from wolong.language.scoring.headings import role_of
from wolong.language.scoring.splitting import points_in_brackets, split_numbered

WORDS = {
    "大厅": "场所/大厅", "走廊": "场所/走廊", "卫生间": "场所/卫生间", "绿地": "场所/绿地", "大门": "场所/大门", "食堂": "场所/食堂",
    "厨房": "场所/厨房", "会议室": "场所/会议室", "电梯": "设备/电梯", "电梯厅": "场所/电梯厅",
}  # fmt: skip
DAY = dt.date(2026, 11, 1)
FRONT = Front("Q/AAA KH001—2026", "考核要求", "合同附件", DAY, DAY, "某中心", "本文件规定了考核的要求。")
every_layout = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=list(LAYOUTS))


def proposals(layout: Layout) -> list[Proposal]:
    return [propose(item, Vocabulary(WORDS, (), layout.service)) for item in read_grid(layout.grid).items]


@every_layout
def test_every_row_becomes_what_a_person_reads_in_it(layout: Layout) -> None:
    reading = read_grid(layout.grid)
    found = [
        (item.group, item.content, item.points, *(made.execution.get(key, "") for key in ("扣分", "检查", "频次")))
        for item, made in zip(reading.items, proposals(layout), strict=True)
    ]
    assert found == [(group, text, decimal(points), *rest) for group, text, points, *rest in layout.expected]
    assert reading.total == Decimal(layout.total)
    assert (len(reading.left_out), len(reading.notes)) == (layout.left_out, layout.notes)


@every_layout
def test_what_is_uncertain_is_marked_and_says_why(layout: Layout) -> None:
    made = proposals(layout)
    assert tuple(at for at, one in enumerate(made) if not one.is_clear) == tuple(layout.unclear)
    for one in made:
        assert all(one.says.get(key) for key, origin in one.origin.items() if origin == "unsure" and key != "赔偿")


@every_layout
def test_no_row_under_the_heading_is_dropped(layout: Layout) -> None:
    reading = read_grid(layout.grid)
    taken = {row for item in reading.items for row in range(item.rows[0], item.rows[1] + 1)}
    taken |= {one.row for one in (*reading.left_out, *reading.notes)}
    filled = {at for at, row in enumerate(layout.cells, start=1) if any(cell is not None for cell in row)}
    under = {row for row in filled if row > reading.heading_row}
    second_heading = {3} if layout.key == "安保" else set()
    assert under - taken == second_heading


@every_layout
def test_the_clauses_read_back_as_they_were_confirmed(layout: Layout) -> None:
    reading = read_grid(layout.grid)
    items = []
    for item, made in zip(reading.items, proposals(layout), strict=True):
        execution = {"对象": "场所/大厅", "责任": "保洁", **made.execution}
        execution.setdefault("扣分", "0")
        items.append(Confirmed(item.group, made.text, execution))
    text = compose(FRONT, items, [note.text for note in reading.notes])
    document = read_text(text)
    assert not [one for one in document.diagnostics if one.severity == "error"]
    assert [one.code for one in lint([document], today=DAY) if one.severity == "error"] == []
    assert sum(bool(clause.requirements) for clause in document.clauses) == len(items)
    assert all(f"注：{note.text.partition('：')[2]}" in text for note in reading.notes)


def test_a_canteen_menu_is_no_sheet_of_points_and_is_told_what_is_missing() -> None:
    with pytest.raises(NoScoringSheet, match=r"没有找到写着“考核内容”“分值”“评分细则”的表头行.*本周食堂菜单"):
        read_grid(MENU)
    priced = Grid("菜价", [["项目", "内容", "价格"], ["红烧鱼", "鲈鱼、葱", "18"], ["青菜", "时令", "6"]])
    with pytest.raises(NoScoringSheet, match=r"没有“分值”.*“评分细则”"):
        read_grid(priced)
    empty = Grid("空", [["项目", "内容", "分值"], ["大厅", "干净", ""], ["走廊", "干净", ""]])
    with pytest.raises(NoScoringSheet, match="没有一行写着分值"):
        read_grid(empty)


@pytest.mark.parametrize("cells", [[], [[""]], [["", ""], ["", ""]]])
def test_an_empty_grid_is_refused_in_words(cells: list[list[str]]) -> None:
    with pytest.raises(NoScoringSheet, match="空的"):
        read_grid(Grid("空", cells))


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("考核项目", "project"), ("检查内容", "content"), ("标准分", "points"), ("扣分标准", "rule"), ("考核办法", "method"),
        ("评分 细则", "rule"), ("分值(100分)", "points"), ("检查\n方式", "method"), ("考核频次", "cycle"), ("实得分", "filled"),
        ("扣分", "filled"), ("备注", "filled"), ("序号", "number"), ("责任单位", "doer"), ("考核内容及评分标准", "content"), ("星期一", None),
    ],
)  # fmt: skip
def test_headings_are_known_under_their_many_names(name: str, role: str | None) -> None:
    assert role_of(name) == role


@pytest.mark.parametrize(
    ("rule", "value", "marked"),
    [
        ("每发现一处扣0.5分,扣完为止", "0.5/处,上限10", False),
        ("一次不合格扣2分,最多扣6分", "2/次,上限6", False),
        ("未做到不得分", "10/项,上限10", False),
        ("每 发 现 一 处 扣 ０．５ 分", "0.5/处,上限10", False),
        ("扣1分/次", "1/次,上限10", False),
        ("每人次扣1分", "1/次,上限10", True),
        ("扣1至3分", "1/次,上限10", True),
        ("投诉属实，扣5分", "5/次,上限10", True),
        ("一处扣1分；一次扣2分", "1/处,上限10", True),
        ("优得10分，良得8分，差不得分", "10/项,上限10", True),
        ("一次罚款200元并扣2分", "2/次,上限10", True),
        ("酌情扣分", "", False),
        ("", "", False),
    ],
)
def test_rules_of_scoring(rule: str, value: str, marked: bool) -> None:
    scored = read_rule(rule, Decimal(10))
    assert (scored.as_value(), bool(scored.doubts)) == (value, marked)


def test_a_rule_without_a_number_is_listed_as_unread() -> None:
    assert read_rule("每处扣1分；情节严重的酌情处理", Decimal(5)).unread == ["情节严重的酌情处理"]


@pytest.mark.parametrize(
    ("method", "cycle", "expected"),
    [
        ("现场查看", "", ("查看", "")), ("查阅台账", "每季度", ("查阅", "每季度")), ("用仪器测量", "每月", ("测量", "每月")),
        ("随机抽查20%", "每月", ("查看", "每月抽查 20%")), ("问卷调查", "每半年一次", ("询问", "每半年")), ("", "每月两次", (None, "每半月")),
    ],
)  # fmt: skip
def test_ways_of_checking(method: str, cycle: str, expected: tuple[str | None, str]) -> None:
    checked = read_check(method, cycle)
    assert (checked.method, checked.cycle, checked.doubts) == (*expected, {})


@pytest.mark.parametrize(("method", "cycle", "key"), [("现场查看、查阅资料", "每月", "检查"), ("按规定", "", "检查"),
                                                      ("不定期抽查", "", "频次"), ("每周3次查看", "", "频次"), ("抽查5处", "每月", "频次")])  # fmt: skip
def test_ways_of_checking_that_are_not_plain_are_marked(method: str, cycle: str, key: str) -> None:
    assert key in read_check(method, cycle).doubts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1.甲；2.乙；3.丙", ["甲", "乙", "丙"]), ("（1）甲。（2）乙。", ["甲", "乙"]), ("①甲②乙", ["甲", "乙"]), ("①甲；②乙", ["甲", "乙"]),
        ("标准：\n1、甲\n2、乙", ["标准：甲", "标准：乙"]), ("1.5米以上", ["1.5米以上"]), ("一、甲\n二、乙", ["甲", "乙"]),
        ("甲。\n乙。", ["甲", "乙"]), ("甲\n乙", ["甲\n乙"]),
    ],
)  # fmt: skip
def test_numbered_cells_are_taken_apart(text: str, parts: list[str]) -> None:
    assert split_numbered(text)[0] == parts


def test_a_numbering_with_a_hole_is_left_whole_and_said() -> None:
    parts, why = split_numbered("1.甲；3.乙")
    assert len(parts) == 1
    assert "不是 1、2、3 连着的" in why


def test_points_in_brackets_are_taken_other_brackets_stay() -> None:
    assert points_in_brackets("地面洁净（5分）") == ("地面洁净", Decimal(5))
    assert points_in_brackets("温度（℃）") == ("温度（℃）", None)
    assert points_in_brackets("（5分）") == ("（5分）", None)


def test_points_that_several_rows_share_count_once() -> None:
    cells = [["项目", "内容", "分值", "评分细则"], ["甲", "一", "10", "每处扣1分"], ["", "二", "", "每处扣1分"]]
    reading = read_grid(Grid("表", cells, [span_of("C2:C3"), span_of("A2:A3")]))
    assert reading.total == Decimal(10)
    assert [item.points for item in reading.items] == [Decimal(10), Decimal(10)]
    assert all("2 行共用" in item.doubts[0] for item in reading.items)


def test_what_would_break_the_line_or_the_text_is_refused_by_position() -> None:
    good = Confirmed("甲", "地面干净。", {"对象": "场所/大厅", "检查": "查看"})
    for bad in ({"对象": "大厅"}, {"对象": "场所/大厅|责任:甲"}, {"扣分": "很多"}, {"频次": "有空"}):
        with pytest.raises(CannotCompose) as fault:
            compose(FRONT, [good, Confirmed("甲", "墙面干净。", bad)], [])
        assert fault.value.position == 1


HOSTILE = st.text(st.sampled_from("1２.、（）()①一；。\n扣分处0.5#>|:-`<!—*[]不得每应 ${}"), max_size=40)


@given(st.lists(st.lists(HOSTILE, min_size=4, max_size=4), max_size=8))
def test_whatever_the_cells_hold_is_read_or_refused_never_worse(rows: list[list[str]]) -> None:
    try:
        reading = read_grid(Grid("表", [["项目", "内容", "分值", "评分细则"], *rows]))
    except NoScoringSheet:
        return
    for item in reading.items:
        made = propose(item, Vocabulary(WORDS, (), "保洁"))
        with contextlib.suppress(CannotCompose):
            compose(FRONT, [Confirmed(item.group, made.text, made.execution)], [])


def test_two_thousand_rows_are_read_in_seconds() -> None:
    rows = [
        [f"项目{n // 10}", f"{n}号大厅地面干净，无杂物", "0.05", "每发现一处扣0.5分，扣完为止"] for n in range(2000)
    ]
    began = time.process_time()
    reading = read_grid(Grid("表", [["项目", "内容", "分值", "评分细则"], *rows]))
    made = [propose(item, Vocabulary(WORDS, (), "保洁")) for item in reading.items]
    assert len(made) == 2000
    assert reading.total == Decimal(100)
    assert time.process_time() - began < 20
