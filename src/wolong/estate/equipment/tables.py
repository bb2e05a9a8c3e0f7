"""The sheet of equipment: its columns, its rows, and what stands as such a sheet."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from wolong.estate.equipment import actions
from wolong.estate.equipment.models import Equipment, System
from wolong.estate.equipment.rules import EquipmentRow
from wolong.estate.equipment.states import Importance
from wolong.estate.places.actions import Source
from wolong.estate.places.models import OfficeArea
from wolong.ground.papers.sheets import Column, Row

KIND = "equipment"


def columns(_area: OfficeArea) -> Sequence[Column]:
    """The systems to choose from are those of this installation."""
    systems = {name: name for name in System.objects.values_list("name", flat=True)}
    return (
        Column(
            key="code", title=_("编码"), required=True, longest=40, width=24,
            note=_("全系统唯一，以后不改。再次导入时按编码对应。"), example="WLS-01-B01-KT-LSJ-0001",
        ),
        Column(key="name", title=_("名称"), required=True, longest=80, example="1号冷水机组", width=20),
        Column(key="system", title=_("系统"), kind="choice", required=True, choices=systems, example="空调", width=10),
        Column(key="kind", title=_("类型"), required=True, longest=20, example="冷水机组", note=_("标准条款里的叫法，如客梯、水箱、摄像机。")),
        Column(key="place_code", title=_("位置编码"), required=True, longest=40, example="WLS-01-B01-005", width=18, note=_("场所的编码。")),
        Column(key="model", title=_("规格型号"), longest=80, example="LSBLG-650"),
        Column(key="maker", title=_("生产单位"), longest=80, example="示例空调公司"),
        Column(key="installed_on", title=_("投用日期"), kind="date", example="2018-05-01", width=12),
        Column(key="inspection_due_on", title=_("下次检验"), kind="date", example="2027-05-01", width=12),
        Column(
            key="importance", title=_("重要度"), kind="choice", choices={one.value: one.value for one in Importance},
            example="A", width=8, note=_("A 关键、B 重要、C 一般；不填是 B。"),
        ),
    )  # fmt: skip


def rows_of(_area: OfficeArea, rows: Sequence[Row]) -> list[EquipmentRow]:
    return [
        EquipmentRow(
            line=row.number,
            code=row.values["code"],
            name=row.values["name"],
            system=row.values["system"],
            kind=row.values["kind"],
            place_code=row.values["place_code"],
            model=row.values["model"] or "",
            maker=row.values["maker"] or "",
            installed_on=row.values["installed_on"],
            inspection_due_on=row.values["inspection_due_on"],
            importance=row.values["importance"] or Importance.B.value,
        )
        for row in rows
    ]


def standing(area: OfficeArea) -> Iterable[dict[str, Any]]:
    """What stands now, in walking order, as rows that can be changed and imported again."""
    pieces = Equipment.objects.filter(area=area).in_use().order_by("place__walk_order", "code")
    for piece in pieces.select_related("system", "place").iterator(chunk_size=2000):
        yield {
            "code": piece.code,
            "name": piece.name,
            "system": piece.system.name,
            "kind": piece.kind,
            "place_code": piece.place.code,
            "model": piece.model,
            "maker": piece.maker,
            "installed_on": piece.installed_on,
            "inspection_due_on": piece.inspection_due_on,
            "importance": piece.importance,
        }


SOURCE = Source(
    kind=KIND,
    title=_("设备"),
    columns=columns,
    rows_of=rows_of,
    compare=actions.compare_with_equipment,
    write=actions.write_equipment,
    standing=standing,
)
