# ruff: noqa: E501 - a row of a sheet is one line, as on the sheet
"""Sheets of points in the layouts that real ones have, in words of our own; each with what a person reads in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from wolong.language.scoring import Grid, Span


@dataclass(frozen=True)
class Layout:
    """`cells` row by row (None for what a merge covers), `merged` as Excel writes it, and the expected readings.

    `expected`: (group, content, points, 扣分, 检查, 频次) of each item, in order. `unclear`: positions that must be marked.
    """

    key: str
    service: str
    cells: Sequence[Sequence[Any]]
    merged: Sequence[str]
    expected: Sequence[tuple[str, str, int | str | None, str, str, str]]
    total: str
    left_out: int = 0
    notes: int = 0
    unclear: Sequence[int] = field(default_factory=tuple)

    @property
    def grid(self) -> Grid:
        rows = [["" if cell is None else str(cell) for cell in row] for row in self.cells]
        return Grid(self.key, rows, [span_of(ref) for ref in self.merged])


def span_of(ref: str) -> Span:
    """A2:B3 as rows and columns from 0 (single letters are enough here)."""
    first, last = ref.split(":")
    return Span(int(first[1:]) - 1, ord(first[0]) - 65, int(last[1:]) - 1, ord(last[0]) - 65)


CLEANING = Layout(
    key="保洁",
    service="保洁",
    cells=[
        ["办公区保洁服务月度考核表", None, None, None, None, None],
        ["考核月份：2026年  月", None, None, "被考核单位：", None, None],
        ["序号", "考核项目", "考核内容及标准", "分值", "评分细则", "检查方式"],
        [1, "大厅和走廊", "1.大厅地面干净，无纸屑、烟头；\n2.走廊墙面无蛛网、无污渍；\n3.门窗玻璃明亮。", 30, "每发现一处不合格扣0.5分，扣完为止", "现场查看，每月一次"],
        [2, "卫生间", "（1）洗手台面无水渍（5分）；（2）便器内外清洁、无异味（10分）；（3）卫生纸不断供（5分）", 20, "一次不合格扣2分，最多扣6分", "现场查看"],
        [3, "垃圾清运", "垃圾日产日清，不过夜", 25, "未做到不得分", "查阅清运记录"],
        [4, "服务", "保洁员着工装、佩戴工牌上岗", 15, "每人次扣1分", "现场检查、询问"],
        [5, None, "每月报送保洁工作小结", 10, "迟报一次扣2分；内容不全酌情处理", "查阅资料"],
        ["合计", None, None, 100, None, None],
        ["注：同一问题一个月内重复出现的，加倍扣分。", None, None, None, None, None],
        ["考核人签字：", None, None, "服务单位签字：", None, None],
    ],
    merged=["A1:F1", "A2:C2", "D2:F2", "B7:B8", "A9:C9", "A10:F10", "A11:C11", "D11:F11"],
    expected=[
        ("大厅和走廊", "大厅地面干净，无纸屑、烟头", 30, "0.5/处,上限30", "查看", "每月"),
        ("大厅和走廊", "走廊墙面无蛛网、无污渍", 30, "0.5/处,上限30", "查看", "每月"),
        ("大厅和走廊", "门窗玻璃明亮", 30, "0.5/处,上限30", "查看", "每月"),
        ("卫生间", "洗手台面无水渍", 5, "2/次,上限6", "查看", "每月"),
        ("卫生间", "便器内外清洁、无异味", 10, "2/次,上限6", "查看", "每月"),
        ("卫生间", "卫生纸不断供", 5, "2/次,上限6", "查看", "每月"),
        ("垃圾清运", "垃圾日产日清，不过夜", 25, "25/项,上限25", "查阅", "每月"),
        ("服务", "保洁员着工装、佩戴工牌上岗", 15, "1/次,上限15", "查看", "每月"),
        ("服务", "每月报送保洁工作小结", 10, "2/次,上限10", "查阅", "每月"),
    ],
    total="100",
    left_out=2,
    notes=1,
    unclear=(0, 1, 2, 3, 5, 7, 8),
)  # fmt: skip

SECURITY = Layout(
    key="安保",
    service="安保",
    cells=[
        ["秩序维护服务考核细则", None, None, None, None, None, None],
        ["类别", "检查内容", "标准分", "扣分标准", "考核办法", "考核情况", None],
        [None, None, None, None, None, "扣分", "得分"],
        ["一、岗位执勤（40分）", None, None, None, None, None, None],
        ["门岗", "出入口执勤人员站姿端正，不做与工作无关的事", 20, "发现一次扣1分，扣完为止", "每周巡查", None, None],
        [None, "来访人员登记率应达到100%", 20, "漏登一次扣2分，最多扣10分", "查阅登记簿，每月", None, None],
        ["小计", None, 40, None, None, None, None],
        ["二、消防与应急（60分）", None, None, None, None, None, None],
        ["消防", "消防通道畅通，无杂物堆放", 30, "每处扣3分，扣完为止", "每周现场检查", None, None],
        ["应急", "每半年组织一次应急演练", 30, "未组织不得分", "每半年查阅演练记录", None, None],
        ["小计", None, 60, None, None, None, None],
        ["总分", None, 100, None, None, None, None],
    ],
    merged=["A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3", "F2:G2", "A4:G4", "A5:A6", "A8:G8", "A7:B7"],
    expected=[
        ("岗位执勤：门岗", "出入口执勤人员站姿端正，不做与工作无关的事", 20, "1/次,上限20", "查看", "每周"),
        ("岗位执勤：门岗", "来访人员登记率应达到100%", 20, "2/次,上限10", "查阅", "每月"),
        ("消防与应急：消防", "消防通道畅通，无杂物堆放", 30, "3/处,上限30", "查看", "每周"),
        ("消防与应急：应急", "每半年组织一次应急演练", 30, "30/项,上限30", "查阅", "每半年"),
    ],
    total="100",
    left_out=5,
    unclear=(1, 2),
)  # fmt: skip

CANTEEN = Layout(
    key="食堂",
    service="餐饮",
    cells=[
        ["项目", "服务标准", "满分", "扣分办法", "频次"],
        ["食品安全", "①食品留样不少于125克，保存48小时；②生熟案板、刀具分开存放；③从业人员健康证在有效期内", "40分", "①留样不足一次扣5分；②混用发现一次扣3分；③无证上岗每人扣10分", "每日"],
        ["厨房卫生", "灶台、地面无油污。\n下水道畅通、无异味。", "30分", "每处扣1分", "每周"],
        ["服务质量", "就餐满意度不低于85%", "20分", "每低1个百分点扣1分，扣完为止", "每季度"],
        ["成本", "每月公布食堂伙食账目", "10分", "未公布扣10分", "每月"],
        ["合计", None, "100分", None, None],
    ],
    merged=[],
    expected=[
        ("食品安全", "食品留样不少于125克，保存48小时", 40, "5/次,上限40", "查看", "每日"),
        ("食品安全", "生熟案板、刀具分开存放", 40, "3/次,上限40", "查看", "每日"),
        ("食品安全", "从业人员健康证在有效期内", 40, "10/次,上限40", "查看", "每日"),
        ("厨房卫生", "灶台、地面无油污", 30, "1/处,上限30", "查看", "每周"),
        ("厨房卫生", "下水道畅通、无异味", 30, "1/处,上限30", "查看", "每周"),
        ("服务质量", "就餐满意度不低于85%", 20, "1/次,上限20", "查看", "每季度"),
        ("成本", "每月公布食堂伙食账目", 10, "10/次,上限10", "查看", "每月"),
    ],
    total="100",
    left_out=1,
    unclear=(0, 1, 2, 3, 4, 5, 6),
)  # fmt: skip

GREENING = Layout(
    key="绿化",
    service="绿化",
    cells=[
        ["某办公区绿化养护考核评分表（草案）", None, None, None],
        ["检查日期：", None, None, None],
        ["考核指标", "考核标准", "权重", "计分方法"],
        ["草坪养护", "草坪高度不超过8 cm", 15, "每超出一处扣1分，累计不超过15分"],
        [None, "草坪无明显枯黄、斑秃", 15, "每发现一处扣1分，扣完为止"],
        ["树木修剪", "乔木无枯枝，绿篱整齐", 40, "扣1至3分"],
        ["病虫害", "病虫害发生后3天内防治", 30, "超时一次扣5分，扣完为止"],
        ["总计", None, 100, None],
        ["说明：遇台风、暴雨等情形，考核期顺延。", None, None, None],
    ],
    merged=["A1:D1", "A2:D2", "A4:A5"],
    expected=[
        ("草坪养护", "草坪高度不超过8 cm", 15, "1/处,上限15", "查看", "每月"),
        ("草坪养护", "草坪无明显枯黄、斑秃", 15, "1/处,上限15", "查看", "每月"),
        ("树木修剪", "乔木无枯枝，绿篱整齐", 40, "1/次,上限40", "查看", "每月"),
        ("病虫害", "病虫害发生后3天内防治", 30, "5/次,上限30", "查看", "每月"),
    ],
    total="100",
    left_out=1,
    notes=1,
    unclear=(2, 3),
)  # fmt: skip

LIFTS = Layout(
    key="电梯",
    service="电梯",
    cells=[
        [None, None, None, None, None, None],
        [None, "电梯维保单位考核", None, None, None, None],
        [None, "考核内容及扣分标准", None, "分值", "得分", "备注"],
        [None, "维保", "电梯应每15日保养一次，缺一次扣5分，扣完为止", 40, None, None],
        [None, "应急", "接到困人报警后30分钟内到达，超时一次扣10分，最多扣30分", 30, None, "分项上限"],
        [None, "档案", "维保记录经使用单位签字，缺一次扣2分，扣完为止", 20, None, None],
        [None, "加分", "全年无困人加2分", None, None, None],
        [None, "年检", "年度检验合格，不合格不得分", 10, None, None],
        [None, "合计", None, 100, None, None],
    ],
    merged=["B2:F2", "B3:C3"],
    expected=[
        ("维保", "电梯应每15日保养一次", 40, "5/次,上限40", "查看", "每月"),
        ("应急", "接到困人报警后30分钟内到达", 30, "10/次,上限30", "查看", "每月"),
        ("档案", "维保记录经使用单位签字", 20, "2/次,上限20", "查看", "每月"),
        ("加分", "全年无困人加2分", None, "", "查看", "每月"),
        ("年检", "年度检验合格", 10, "10/项,上限10", "查看", "每月"),
    ],
    total="100",
    left_out=1,
    unclear=(1, 2, 3, 4),
)  # fmt: skip

MEETINGS = Layout(
    key="会议",
    service="会议",
    cells=[
        ["会议服务考核表", None, None, None, None],
        ["序号", "考核项目", "考核内容", "评分细则", "分值"],
        [1, "会前准备", "会前60分钟会议室设备调试完毕", "未调试扣5分/次，扣完为止", 30],
        [None, None, None, "调试不全扣2分/次", None],
        [2, "会中服务", "茶水供应及时，30分钟添水一次", "投诉一次扣3分，扣完为止", 40],
        [3, "会后整理", "桌椅归位、会议室断电", "发现一次扣2分，扣完为止", 30],
        ["序号", "考核项目", "考核内容", "评分细则", "分值"],
        [4, "保密", "会议材料当场清点，不留存", "本月考核不合格，一票否决", "否决项"],
    ],
    merged=["A1:E1", "C3:C4", "E3:E4", "B3:B4", "A3:A4"],
    expected=[
        ("会前准备", "会前60分钟会议室设备调试完毕", 30, "5/次,上限30", "查看", "每月"),
        ("会中服务", "茶水供应及时，30分钟添水一次", 40, "3/次,上限40", "查看", "每月"),
        ("会后整理", "桌椅归位、会议室断电", 30, "2/次,上限30", "查看", "每月"),
        ("保密", "会议材料当场清点，不留存", None, "", "查看", "每月"),
    ],
    total="100",
    left_out=1,
    unclear=(0, 1, 3),
)  # fmt: skip

LAYOUTS = {one.key: one for one in (CLEANING, SECURITY, CANTEEN, GREENING, LIFTS, MEETINGS)}
MENU = Grid(
    "菜单",
    [
        ["本周食堂菜单", "", "", ""],
        ["餐次", "星期一", "星期二", "星期三"],
        ["早餐", "豆浆、油条", "小米粥、花卷", "牛奶、鸡蛋"],
        ["午餐", "红烧鱼、青菜", "土豆烧牛肉", "清蒸鸡"],
    ],
    [span_of("A1:D1")],
)


def decimal(value: int | str | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
