"""Execution lines and selectors: typed values, and a fault for each value that its key does not take."""

from decimal import Decimal

import pytest

from wolong.language.execution import Cycle, Deduction, Method, Sample, Term, parse_execution
from wolong.language.reading import read_text
from wolong.language.selectors import BadSelector, expand, matches, parse_selectors


def test_a_whole_line_is_read() -> None:
    line, faults = parse_execution(
        {
            "对象": "场所/卫生间、设备/电梯[使用年限>15]",
            "责任": "保洁",
            "检查": "测量",
            "频次": "每季度抽查 20%",
            "时段": "08:00–17:30",
            "等级": "B",
            "扣分": "0.5/处,上限3",
            "整改": "3个工作日",
            "证据": "读数、照片",
            "来源": "GB/T 17217",
            "待核": True,
        }
    )
    assert faults == []
    assert [str(one) for one in line.objects] == ["场所/卫生间", "设备/电梯[使用年限>15]"]
    assert line.method is Method.MEASURE
    assert line.cycle == Cycle("period", "每季度", months_amount=3)
    assert line.sample == Sample("percent", Decimal(20))
    assert line.deduction == Deduction(Decimal("0.5"), "处", Decimal(3))
    assert line.term == Term("workdays", 3)
    assert (line.evidence, line.source, line.to_verify) == (("读数", "照片"), "GB/T 17217", True)
    assert line.checker is None


@pytest.mark.parametrize(
    ("text", "days", "months"),
    [
        ("每日", 1, 0),
        ("每周", 7, 0),
        ("每半月", 15, 0),
        ("每15日", 15, 0),
        ("每月", None, 1),
        ("每季度", None, 3),
        ("每季", None, 3),
        ("每旬", 10, 0),
        ("每两个工作日", 2, 0),
        ("每12小时", "0.5", 0),
        ("每半年", None, 6),
        ("每年", None, 12),
        ("每两年", None, 24),
    ],
)
def test_a_cycle_counts_days_or_months(text: str, days: int | str | None, months: int) -> None:
    cycle = parse_execution({"频次": text})[0].cycle
    assert cycle is not None
    assert (cycle.days, cycle.months, cycle.label) == (days and Decimal(days), months, text)


def test_an_event_is_a_cycle_of_its_own() -> None:
    cycle = parse_execution({"频次": "事件:接到报修"})[0].cycle
    assert cycle is not None
    assert (cycle.kind, cycle.event, cycle.months) == ("event", "接到报修", 0)


@pytest.mark.parametrize(
    ("value", "sample"),
    [
        ("事件:接到报修 抽查 20%", Sample("percent", Decimal(20))),
        ("事件:接到报修，抽样 AQL2.5", Sample("aql", Decimal("2.5"))),
        ("抽查 20% 事件:接到报修", Sample("percent", Decimal(20))),
        ("抽查 20%，事件：接到报修", Sample("percent", Decimal(20))),
    ],
)
def test_an_event_and_its_sample_are_told_apart_in_any_order(value: str, sample: Sample) -> None:
    line, faults = parse_execution({"频次": value})
    assert faults == []
    assert line.cycle == Cycle("event", "事件:接到报修", event="接到报修")
    assert line.sample == sample


def test_an_acceptance_sample_is_read() -> None:
    assert parse_execution({"频次": "每年抽样 AQL2.5"})[0].sample == Sample("aql", Decimal("2.5"))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("对象", "房间/大厅"),
        ("对象", "场所//大厅"),
        ("对象", "场所/大厅[楼层"),
        ("检查", "看看"),
        ("频次", "经常"),
        ("频次", "每月抽查 120%"),
        ("频次", "每月抽查 0%"),
        ("频次", "每月抽查 10%、抽样 AQL2.5"),
        ("频次", "事件: 抽查 10%"),
        ("时段", "随时"),
        ("时段", "25:00–26:00"),
        ("时段", "08:60–09:00"),
        ("时段", "12:00–12:00"),
        ("时段", "8:00–08:00"),
        ("等级", "D"),
        ("扣分", "2"),
        ("扣分", "两分"),
        ("整改", "尽快"),
        ("证据", "口述"),
        ("责任", ""),
        ("对象", "场所/大厅[楼层>>2]"),
        ("对象", "场所/大厅[楼层>abc]"),
        ("对象", "场所/大厅[(a+)+$=x]"),
        ("对象", "场所/大厅;设备/电梯"),
        ("对象", "场所/大厅，走廊"),
        ("赔偿", "-5元"),
        ("赔偿", "负5元"),
        ("频次", "抽样 AQL7777"),
        ("频次", "抽样 AQL0"),
        ("扣分", "5/处,上限3"),
        ("待核", "否"),
        ("待核", "false"),
    ],
)
def test_a_bad_value_is_a_fault_with_help_and_left_out(key: str, value: str) -> None:
    line, faults = parse_execution({key: value, "来源": "甲"})
    assert [fault.code for fault in faults] == ["WL502"]
    assert faults[0].help
    assert line.source == "甲"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("时段", "00:00–24:00"),
        ("时段", "22:00～6:00"),
        ("对象", "设备/电梯[使用年限≥15、品牌=甲(一期)]"),
        ("对象", "场所/办公室[面积(m²)>100]"),
        ("赔偿", "合同附件-3"),
        ("赔偿", "500元/次"),
        ("频次", "每年抽样 AQL0.65"),
        ("频次", "每年抽样 AQL4"),
        ("扣分", "5/处,上限5"),
        ("待核", "是"),
        ("待核", "true"),
    ],
)
def test_a_value_at_the_edge_is_taken(key: str, value: str) -> None:
    assert parse_execution({key: value})[1] == []


@pytest.mark.parametrize(
    ("mark", "marked"), [("待核", True), ("待核：是", True), ("待核:true", True), ("待核:否", False)]
)
def test_only_the_bare_mark_or_a_yes_is_the_mark(mark: str, marked: bool) -> None:
    document = read_text(f"## 4 要求\n\n4.1 地面应干净。\n> 对象:场所/大厅 | {mark}\n")
    execution = document.requirements[0].execution
    assert execution is not None
    assert (execution.values["待核"] is True) is marked
    assert [one.code for one in document.diagnostics] == ([] if marked else ["WL502"])


def test_an_unknown_key_is_a_fault() -> None:
    assert [fault.code for fault in parse_execution({"频率": "每月"})[1]] == ["WL501"]


@pytest.mark.parametrize(
    ("selector", "kind", "path", "attributes", "selected"),
    [
        ("场所/卫生间", "场所", ("卫生间",), {}, True),
        ("场所/卫生间", "场所", ("大厅",), {}, False),
        ("场所/公共区域", "场所", ("电梯厅",), {}, True),
        ("场所/公共区域", "场所", ("办公室",), {}, False),
        ("设备/电梯", "设备", ("电梯", "客梯"), {}, True),
        ("设备/电梯/客梯", "设备", ("电梯",), {}, False),
        ("设备/电梯[使用年限>15]", "设备", ("电梯", "客梯"), {"使用年限": 16}, True),
        ("设备/电梯[使用年限>15]", "设备", ("电梯", "客梯"), {"使用年限": 15}, False),
        ("设备/电梯[使用年限>15]", "设备", ("电梯", "客梯"), {}, False),
        ("场所/大厅[楼层>=2,朝向=东]", "场所", ("大厅",), {"楼层": 2, "朝向": "东"}, True),
        ("场所/大厅[楼层>=2,朝向=东]", "场所", ("大厅",), {"楼层": 2, "朝向": "西"}, False),
        ("场所/大厅[重点!=是]", "场所", ("大厅",), {"重点": "否"}, True),
    ],
)
def test_a_selector_selects(
    selector: str, kind: str, path: tuple[str, ...], attributes: dict[str, object], selected: bool
) -> None:
    assert matches(parse_selectors(selector)[0], kind, path, attributes) is selected


def test_an_alias_stands_for_its_places() -> None:
    names = [one.path[0] for one in expand(parse_selectors("场所/公共区域")[0])]
    assert names == ["大厅", "走廊", "楼梯间", "电梯厅", "卫生间"]


def test_an_empty_selector_is_refused() -> None:
    with pytest.raises(BadSelector):
        parse_selectors(" ")
