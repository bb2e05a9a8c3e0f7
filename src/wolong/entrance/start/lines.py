"""The sheet of contracts with their service lines: its columns, and what one row does."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.entrance.roster.directory import Directory, NotFound
from wolong.estate.contracts.actions import add_contract, add_line
from wolong.estate.contracts.models import Contract, ServiceLine
from wolong.estate.contracts.states import SERVICES, SupplyMode
from wolong.estate.places.access import may_keep
from wolong.estate.places.models import OfficeArea
from wolong.ground.lifecycle import Refused
from wolong.ground.papers.sheets import Column, Row, Sheet, read_sheet
from wolong.ground.people.access import scope_of
from wolong.ground.people.models import Person

LINES = (
    Column(key="area", title=gettext_lazy("办公区代号"), required=True, longest=20, example="ABC"),
    Column(key="name", title=gettext_lazy("服务"), kind="choice", required=True, choices={name: name for name in SERVICES}, example="保洁"),
    Column(key="performer", title=gettext_lazy("承担单位"), required=True, longest=120, width=32, example="示例物业服务有限公司"),
    Column(
        key="supervisor", title=gettext_lazy("主管科室"), required=True, longest=120, width=24, example="物业管理科",
        note=gettext_lazy("承担单位和主管科室写简称或全称；同名的写成“上级/简称”。"),
    ),
    Column(
        key="mode", title=gettext_lazy("供给方式"), kind="choice", required=True, example="购买服务",
        choices={str(mode.label): mode for mode in SupplyMode},
    ),
    Column(key="number", title=gettext_lazy("合同编号"), longest=60, note=gettext_lazy("购买服务必填；一份合同多项服务就写多行。"), example="HT-2026-01"),
    Column(key="contract", title=gettext_lazy("合同名称"), longest=120, width=32, example="物业服务合同"),
    Column(key="since", title=gettext_lazy("开始"), kind="date", required=True, example="2026-01-01"),
    Column(key="until", title=gettext_lazy("结束"), kind="date", example="2026-12-31"),
    Column(key="fee", title=gettext_lazy("月费(元)"), kind="decimal", lowest=0),
)  # fmt: skip


@transaction.atomic
def write_lines(*, data: bytes, by: Person, at: datetime) -> tuple[Sheet, int]:
    """All rows or none: the sheet with every fault, and how many lines are new. What stands already changes nothing."""
    sheet = read_sheet(data, LINES)
    if not sheet.rows and sheet.is_clean:
        raise Refused(_("表里没有一行内容。"))
    directory, new = Directory.of_all(), 0
    for row in sheet.rows:
        try:
            with transaction.atomic():
                new += _write(row, directory, by, at)
        except (Refused, NotFound) as wrong:
            sheet.fault(row.number, LINES[0].key, str(wrong))
    if not sheet.is_clean:
        transaction.set_rollback(True)
    return sheet, new


def _write(row: Row, directory: Directory, by: Person, at: datetime) -> bool:
    """Whether the row's line is new."""
    values: dict[str, Any] = row.values
    area = OfficeArea.objects.filter(code=values["area"]).first()
    if area is None or not may_keep(scope_of(by), area):
        raise Refused(_("没有代号是“%(code)s”的办公区。") % {"code": values["area"]})
    performer, supervisor = directory.find(values["performer"]), directory.find(values["supervisor"])
    same = ServiceLine.objects.filter(area=area, name=values["name"], performer=performer)
    if same.filter(valid__contains=values["since"]).exists():
        return False
    contract = None
    if values["number"]:
        contract = Contract.objects.filter(number=values["number"]).first() or add_contract(
            area=area, supplier=performer, number=values["number"], name=values["contract"] or values["number"],
            since=values["since"], until=values["until"], by=by, at=at,
        )  # fmt: skip
    add_line(
        area=area, name=values["name"], performer=performer, supervisor=supervisor, mode=values["mode"], contract=contract,
        monthly_fee_yuan=values["fee"], since=values["since"], until=values["until"], by=by, at=at,
    )  # fmt: skip
    return True
