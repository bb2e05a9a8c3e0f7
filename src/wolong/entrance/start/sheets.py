"""The sheets of the first afternoon: units, people, contracts with their service lines; columns, and one verb a row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.estate.contracts.actions import add_contract, add_line
from wolong.estate.contracts.models import Contract, ServiceLine
from wolong.estate.contracts.states import SERVICES, SupplyMode
from wolong.estate.places.access import may_keep
from wolong.estate.places.models import OfficeArea
from wolong.ground.lifecycle import Refused
from wolong.ground.papers.sheets import Column, Row, Sheet, read_sheet
from wolong.ground.people.access import scope_of
from wolong.ground.people.actions import add_organization, add_person, grant_role, set_one_time_password
from wolong.ground.people.models import Organization, Person
from wolong.ground.people.states import OrganizationKind, Role

MOST_PEOPLE = 300  # each password is hashed with care, a few dozen milliseconds


def _labelled(choices: Any) -> dict[str, Any]:
    return {str(choice.label): choice for choice in choices}


UNITS = (
    Column(key="name", title=gettext_lazy("单位全称"), required=True, longest=120, width=32, example="某某办公区服务中心"),
    Column(key="short_name", title=gettext_lazy("简称"), longest=40, example="某某中心"),
    Column(
        key="kind", title=gettext_lazy("性质"), kind="choice", required=True, choices=_labelled(OrganizationKind),
        note=gettext_lazy("物业、电梯等公司选“供应商”。"), example="事业单位",
    ),
    Column(
        key="parent", title=gettext_lazy("上级单位"), longest=120, width=32,
        note=gettext_lazy("上级单位的全称，可以在同一张表里；空着是最上级。"), example="某某机关事务管理局",
    ),
)  # fmt: skip
PEOPLE = (
    Column(key="account", title=gettext_lazy("账号"), required=True, longest=60, note=gettext_lazy("字母和数字，登录用。"), example="zhangsan"),
    Column(key="name", title=gettext_lazy("姓名"), required=True, longest=40, example="示例"),
    Column(key="unit", title=gettext_lazy("单位"), required=True, longest=120, width=32, note=gettext_lazy("单位全称。"), example="某某办公区服务中心"),
    Column(key="post", title=gettext_lazy("岗位"), longest=40, example="巡查员"),
    Column(key="phone", title=gettext_lazy("电话"), longest=40),
    Column(
        key="role", title=gettext_lazy("角色"), kind="choice", choices=_labelled(Role), width=18,
        note=gettext_lazy("决定能看什么、能做什么；一人多个角色就写多行。"), example="巡查员",
    ),
    Column(key="at", title=gettext_lazy("在哪个单位"), longest=120, width=32, note=gettext_lazy("角色所在的单位；空着是本单位。")),
)  # fmt: skip
LINES = (
    Column(key="area", title=gettext_lazy("办公区代号"), required=True, longest=20, example="ABC"),
    Column(key="name", title=gettext_lazy("服务"), kind="choice", required=True, choices={name: name for name in SERVICES}, example="保洁"),
    Column(key="performer", title=gettext_lazy("承担单位"), required=True, longest=120, width=32, example="示例物业服务有限公司"),
    Column(key="supervisor", title=gettext_lazy("主管科室"), required=True, longest=120, width=24, note=gettext_lazy("单位全称。"), example="物业管理科"),
    Column(key="mode", title=gettext_lazy("供给方式"), kind="choice", required=True, choices=_labelled(SupplyMode), example="购买服务"),
    Column(key="number", title=gettext_lazy("合同编号"), longest=60, note=gettext_lazy("购买服务必填；一份合同多项服务就写多行。"), example="HT-2026-01"),
    Column(key="contract", title=gettext_lazy("合同名称"), longest=120, width=32, example="物业服务合同"),
    Column(key="since", title=gettext_lazy("开始"), kind="date", required=True, example="2026-01-01"),
    Column(key="until", title=gettext_lazy("结束"), kind="date", example="2026-12-31"),
    Column(key="fee", title=gettext_lazy("月费(元)"), kind="decimal", lowest=0),
)  # fmt: skip


@dataclass(slots=True)
class Written:
    """What a sheet did: how many were new, how many were there, and the one-time passwords that are shown once."""

    new: int = 0
    known: int = 0
    passwords: list[tuple[Person, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of sheet. `write` does one row and answers whether it was new."""

    key: str
    title: Any
    columns: Sequence[Column]
    write: Callable[[Row, Written, Person, datetime], bool]


class RowFault(Exception):
    """Nothing was written; `sheet` lists every row that hindered."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.sheet = sheet


@transaction.atomic
def write(kind: Kind, *, data: bytes, by: Person, at: datetime) -> Written:
    """All rows or none. Rows that say what is there already change nothing, so that a sheet may be brought again.

    Refuses what is no such sheet; raises RowFault with every faulty row.
    """
    sheet = read_sheet(data, kind.columns)
    if kind.key == "people" and len({row.values["account"] for row in sheet.rows}) > MOST_PEOPLE:
        raise Refused(_("一次最多 %(most)d 人，请分成几个文件。") % {"most": MOST_PEOPLE})
    if not sheet.rows and sheet.is_clean:
        raise Refused(_("表格里没有内容(示例行不算)。"))
    written = Written()
    waiting = list(sheet.rows)
    while waiting:
        hindered: list[tuple[Row, Refused]] = []
        for row in waiting:
            try:
                with transaction.atomic():
                    is_new = kind.write(row, written, by, at)
            except Refused as refusal:
                hindered.append((row, refusal))
            else:
                written.new += is_new
                written.known += not is_new
        # A unit may stand above its parent in the sheet: what one pass made, the next may build on.
        if len(hindered) == len(waiting):
            for row, refusal in hindered:
                sheet.fault(row.number, kind.columns[0].key, refusal.sentence)
            break
        waiting = [row for row, _refusal in hindered]
    if not sheet.is_clean:
        raise RowFault(sheet)
    return written


def _unit(name: str) -> Organization:
    found = list(Organization.objects.filter(name=name)[:2])
    if not found:
        raise Refused(_("没有单位“%(name)s”，请先导入单位。") % {"name": name})
    if len(found) > 1:
        raise Refused(_("有两个单位叫“%(name)s”，请到页面上逐个添加。") % {"name": name})
    return found[0]


def _write_unit(row: Row, _written: Written, by: Person, at: datetime) -> bool:
    values = row.values
    parent = _unit(values["parent"]) if values["parent"] else None
    if Organization.objects.filter(name=values["name"], parent=parent).exists():
        return False
    add_organization(
        name=values["name"], short_name=values["short_name"] or "", kind=values["kind"], parent=parent, by=by, at=at
    )
    return True


def _write_person(row: Row, written: Written, by: Person, at: datetime) -> bool:
    values = row.values
    unit = _unit(values["unit"])
    person = Person.objects.filter(account__iexact=values["account"]).first()
    is_new = person is None
    if person is None:
        person = add_person(
            account=values["account"], name=values["name"], organization=unit, post=values["post"] or "",
            phone=values["phone"] or "", by=by, at=at,
        )  # fmt: skip
    elif (person.name, person.organization_id) != (values["name"], unit.pk):
        raise Refused(_("账号“%(account)s”是%(name)s的，与表里不同。") % {"account": person.account, "name": person})
    if values["role"]:
        place = _unit(values["at"]) if values["at"] else unit
        if not person.grants.filter(
            role=values["role"], organization=place, valid__contains=timezone.localdate(at)
        ).exists():
            grant_role(person=person, role=values["role"], organization=place, by=by, at=at)
            is_new = True
    if not person.has_usable_password():
        written.passwords.append((person, set_one_time_password(person=person, by=by, at=at)))
    return is_new


def _write_line(row: Row, _written: Written, by: Person, at: datetime) -> bool:
    values = row.values
    area = OfficeArea.objects.filter(code=values["area"]).first()
    if area is None or not may_keep(scope_of(by), area):
        raise Refused(_("没有代号是“%(code)s”的办公区。") % {"code": values["area"]})
    performer, supervisor = _unit(values["performer"]), _unit(values["supervisor"])
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


KINDS = {
    kind.key: kind
    for kind in (
        Kind("units", gettext_lazy("单位"), UNITS, _write_unit),
        Kind("people", gettext_lazy("人员和角色"), PEOPLE, _write_person),
        Kind("lines", gettext_lazy("合同与服务线"), LINES, _write_line),
    )
}
