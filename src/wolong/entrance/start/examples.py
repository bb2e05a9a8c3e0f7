"""Filled-in files to download beside each template: made from what stands here, so that each really imports as it is."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import xlsxwriter
from django.conf import settings

from wolong.entrance.roster.columns import PEOPLE, UNITS
from wolong.entrance.start.lines import LINES
from wolong.estate.contracts.states import SupplyMode
from wolong.estate.equipment.tables import columns as equipment_columns
from wolong.estate.places.models import OfficeArea, Place
from wolong.estate.places.states import Level
from wolong.estate.places.tables import COLUMNS as PLACE_COLUMNS
from wolong.ground.papers.sheets import write_sheet
from wolong.ground.people.models import Organization
from wolong.ground.people.states import OrganizationKind, Role

BUREAU = "示例机关事务管理局"
CENTRE, SECTION, EQUIPMENT_SECTION = "示例办公区服务中心", "示例物业管理科", "示例设备管理科"
COMPANY, LIFT_COMPANY = "示例物业服务有限公司", "示例电梯工程有限公司"
CODE = "SLQ"


@dataclass(frozen=True, slots=True)
class Here:
    """What an example builds on: the unit on top, the area and its centre, where there are some already."""

    bureau: str
    centre: str
    code: str
    area: OfficeArea | None
    today: date


def here(today: date, area: OfficeArea | None = None) -> Here:
    top = Organization.objects.filter(parent=None).exclude(kind=OrganizationKind.SUPPLIER).order_by("pk").first()
    area = area or OfficeArea.objects.select_related("centre").order_by("pk").first()
    return Here(
        top.name if top else BUREAU, area.centre.name if area else CENTRE, area.code if area else CODE, area, today
    )


def _units(at: Here) -> bytes:
    inside, supplier = OrganizationKind.INSTITUTION, OrganizationKind.SUPPLIER
    rows = [
        {"name": at.centre, "short_name": "示例中心", "kind": inside, "parent": at.bureau},
        {"name": SECTION, "short_name": "示例物业科", "kind": inside, "parent": at.centre},
        {"name": EQUIPMENT_SECTION, "short_name": "示例设备科", "kind": inside, "parent": at.centre},
        {"name": COMPANY, "short_name": "示例物业", "kind": supplier},
        {"name": LIFT_COMPANY, "short_name": "示例电梯", "kind": supplier},
    ]
    if at.area is not None:  # the centre is there already, with a parent of its own
        rows = rows[1:]
    return write_sheet(UNITS, rows, name="单位")


def _people(at: Here) -> bytes:
    rows = [
        {"account": "sl-biaozhun", "name": "示例标准员", "unit": at.bureau, "post": "标准管理", "role": Role.STANDARDS},
        {"account": "sl-zhuren", "name": "示例主任", "unit": at.centre, "post": "主任", "role": Role.CENTRE_HEAD},
        {"account": "sl-zhuguan", "name": "示例主管", "unit": SECTION, "post": "主管", "role": Role.SECTION_HEAD},
        {"account": "sl-xuncha", "name": "示例巡查员", "unit": SECTION, "post": "巡查员", "role": Role.INSPECTOR},
        {"account": "sl-shebei", "name": "示例设备主管", "unit": EQUIPMENT_SECTION, "post": "主管", "role": Role.SECTION_HEAD},
        {"account": "sl-xuncha2", "name": "示例巡查员乙", "unit": EQUIPMENT_SECTION, "post": "巡查员", "role": Role.INSPECTOR},
        {"account": "sl-jingli", "name": "示例经理", "unit": COMPANY, "post": "项目经理", "role": Role.SUPPLIER_MANAGER},
        {"account": "sl-weibao", "name": "示例维保经理", "unit": LIFT_COMPANY, "post": "项目经理", "role": Role.SUPPLIER_MANAGER},
    ]  # fmt: skip
    return write_sheet(PEOPLE, rows, name="人员")


def _places(at: Here) -> bytes:
    building = f"{at.code}-SL1"
    rows = [{"code": building, "name": "示例1号楼", "level": Level.BUILDING, "kind": "楼栋"}]
    for number in (1, 2):
        floor = f"{building}-F{number}"
        rows.append(
            {"code": floor, "name": f"{number}层", "level": Level.FLOOR, "kind": "楼层", "parent_code": building, "floor_number": number}  # type: ignore[dict-item]
        )  # fmt: skip
        kinds = ("大厅", "卫生间", "走廊", "电梯厅") if number == 1 else ("卫生间", "走廊", "会议室", "电梯厅")
        rows += [
            {"code": f"{floor}-{n:02}", "name": f"{number}层{kind}", "level": Level.ROOM, "kind": kind, "parent_code": floor}
            for n, kind in enumerate(kinds, start=1)
        ]  # fmt: skip
    rows.append({"code": f"{at.code}-SL-MEN", "name": "示例大门", "level": Level.ROOM, "kind": "大门"})
    return write_sheet(PLACE_COLUMNS, rows, name="场所")


def _equipment(at: Here) -> bytes:
    """Two lifts and a cabinet: at the example's places, else at places of the area that stand already."""
    hall = f"{at.code}-SL1-F1-04"
    if at.area is not None and not Place.objects.filter(code=hall).exists():
        known = Place.objects.filter(area=at.area, level=Level.ROOM).in_use().order_by("walk_order").first()
        hall = known.code if known else hall
    rows = [
        {
            "code": f"{at.code}-SL-DT-{n}", "name": f"示例{n}号客梯", "system": "电梯", "kind": "客梯", "place_code": hall,
            "maker": "示例电梯公司", "installed_on": date(2018, 5, 1), "importance": "A",
        }
        for n in (1, 2)
    ]  # fmt: skip
    columns = equipment_columns(at.area) if at.area is not None else equipment_columns(OfficeArea(code=at.code))
    return write_sheet(columns, rows, name="设备")


def _lines(at: Here) -> bytes:
    """With companies and sections that stand here, where the example's own were not brought."""
    known = set(Organization.objects.values_list("name", flat=True))
    suppliers = Organization.objects.filter(kind=OrganizationKind.SUPPLIER).order_by("pk")
    company, lift = COMPANY, LIFT_COMPANY
    if not {COMPANY, LIFT_COMPANY} <= known and (names := list(suppliers.values_list("name", flat=True)[:2])):
        company, lift = names[0], names[-1]
    section = SECTION if SECTION in known or not known else at.centre
    equipment = EQUIPMENT_SECTION if EQUIPMENT_SECTION in known or not known else at.centre
    year = at.today.year
    shared = {"area": at.code, "mode": SupplyMode.PURCHASED, "since": date(year, 1, 1), "until": date(year, 12, 31)}
    property_ = {
        **shared,
        "performer": company,
        "supervisor": section,
        "number": f"SL-{year}-01",
        "contract": "示例物业服务合同",
    }
    rows = [
        {**property_, "name": "保洁", "fee": 30000},
        {**property_, "name": "安保", "fee": 40000},
        {**property_, "name": "会议", "fee": 8000},
        {**shared, "name": "电梯", "performer": lift, "supervisor": equipment, "number": f"SL-{year}-02",
         "contract": "示例电梯维保合同", "fee": 5000},
    ]  # fmt: skip
    return write_sheet(LINES, rows, name="合同")


SHEET_ROWS = (
    ("序号", "考核项目", "考核内容及标准", "分值", "评分细则", "检查方式"),
    (
        1,
        "大厅",
        "1.大厅地面干净，无杂物；\n2.大厅玻璃门明亮，无手印",
        30,
        "每发现一处扣0.5分，扣完为止",
        "现场查看，每月一次",
    ),
    (
        2,
        "卫生间",
        "（1）卫生间地面干燥、无积水（10分）；（2）卫生间无异味（10分）",
        20,
        "每处扣1分，扣完为止",
        "现场查看，每月一次",
    ),
    (3, "走廊", "走廊墙面、顶棚无蛛网", 20, "每处扣1分，最多扣10分", "现场查看，每月一次"),
    (4, "垃圾清运", "垃圾日产日清", 15, "未做到不得分", "查阅清运记录，每月一次"),
    (5, "人员", "保洁员着装整齐、佩戴工牌", 15, "每人次扣1分", "现场查看"),
    ("合计", None, None, 100, None, None),
    ("注：同一问题一个月内重复出现的，加倍扣分。", None, None, None, None, None),
)


def _sheet(at: Here) -> bytes:
    """A 考核表 as offices have them, with a title, merged cells, a total and a note."""
    del at
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("考核表")
        wrap = book.add_format({"text_wrap": True, "valign": "vcenter", "border": 1})
        for column, width in enumerate((8, 16, 44, 8, 30, 24)):
            sheet.set_column(column, column, width)
        sheet.merge_range(0, 0, 0, 5, "示例办公区保洁服务月度考核表", wrap)
        for number, row in enumerate(SHEET_ROWS, start=1):
            for column, value in enumerate(row):
                sheet.write(number, column, value, wrap)
        sheet.merge_range(7, 0, 7, 2, "合计", wrap)
        sheet.merge_range(8, 0, 8, 5, SHEET_ROWS[-1][0], wrap)
    return out.getvalue()


OWN_TEXT = """---
标准号: Q/SL {number}—{year}
名称: {title}
层级: 企业
性质: 推荐
语气: 标准
发布: {day}
实施: {day}
复审: {review}
归口: {keeper}
---

# {title}

## 1 范围

本文件规定了{title}的要求。

## 2 规范性引用文件

本文件没有规范性引用文件。

## 3 术语和定义

本文件没有需要界定的术语和定义。

## 4 要求

{clauses}
"""
OWN = (
    ("001", "示例会议室服务要求", (("会议室桌面应无灰尘、无杂物。", "场所/会议室", "会议"), ("会议室设备应在会前 30 min 调试完毕。", "场所/会议室", "会议"))),
    ("002", "示例大门秩序要求", (("大门应有人值守，交接班不离岗。", "场所/大门", "安保"), ("来访车辆应登记。", "场所/大门", "安保"))),
)  # fmt: skip


def _texts(at: Here) -> bytes:
    """Two short standards as text, in one zip."""
    out = io.BytesIO()
    day, review = at.today, at.today.replace(year=at.today.year + 5, day=min(at.today.day, 28))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, title, clauses in OWN:
            lines = [
                f"4.{n} {sentence}\n> 对象:{where} | 责任:{who} | 检查:查看 | 频次:每月 | 等级:C | 扣分:1/次,上限3 | 证据:照片\n"
                for n, (sentence, where, who) in enumerate(clauses, start=1)
            ]
            text = OWN_TEXT.format(
                number=number, year=day.year, title=title, day=day, review=review, keeper=at.centre, clauses="\n".join(lines)
            )  # fmt: skip
            archive.writestr(f"Q-SL-{number}-{day.year}.md", text)
    return out.getvalue()


def _shipped(at: Here) -> bytes:
    """A text of the shipped library, as the pattern to write one's own by."""
    del at
    return min(settings.LIBRARY.rglob("Q-WLS-BZ06-005*.md")).read_bytes()


EXAMPLES: dict[str, tuple[str, Callable[[Here], bytes]]] = {
    "units": ("示例-单位.xlsx", _units),
    "people": ("示例-人员.xlsx", _people),
    "places": ("示例-场所.xlsx", _places),
    "equipment": ("示例-设备.xlsx", _equipment),
    "lines": ("示例-合同.xlsx", _lines),
    "sheet": ("示例-考核表.xlsx", _sheet),
    "texts": ("示例-标准.zip", _texts),
    "text": ("样本-卫生间保洁.md", _shipped),
}
