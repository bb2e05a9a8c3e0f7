"""The rows of a sheet of equipment against what stands; and how long a piece has been in use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wolong.estate.places.actions import Change, Comparison, Fault, twice_in_file


@dataclass(frozen=True, slots=True)
class EquipmentRow:
    """A piece of equipment as a sheet gives it; system and place by name and code."""

    line: int
    code: str
    name: str
    system: str
    kind: str
    place_code: str
    model: str = ""
    maker: str = ""
    installed_on: date | None = None
    inspection_due_on: date | None = None
    importance: str = "B"


@dataclass(frozen=True, slots=True)
class KnownEquipment:
    """A piece as it stands, in whatever area."""

    pk: int
    is_of_this_area: bool
    is_retired: bool
    facts: Mapping[str, Any]


# Column of the sheet → attribute of row and piece.
EQUIPMENT_FACTS = {
    "名称": "name",
    "系统": "system",
    "类型": "kind",
    "位置编码": "place_code",
    "规格型号": "model",
    "生产单位": "maker",
    "投用日期": "installed_on",
    "下次检验": "inspection_due_on",
    "重要度": "importance",
}


def years_in_use(installed_on: date | None, on: date) -> int | None:
    """Full years since a piece was put to use; None when that is not known."""
    if installed_on is None:
        return None
    return on.year - installed_on.year - ((on.month, on.day) < (installed_on.month, installed_on.day))


def fault_of_dates(installed_on: date | None, inspection_due_on: date | None) -> str | None:
    """Why two dates of one piece cannot both be right."""
    if installed_on and inspection_due_on and inspection_due_on <= installed_on:
        return _("下次检验应晚于投用日期。")
    return None


def compare_equipment(
    rows: Sequence[EquipmentRow],
    known: Mapping[str, KnownEquipment],
    *,
    systems: Mapping[str, int],
    places: Mapping[str, bool],
) -> Comparison[EquipmentRow]:
    """What a sheet of equipment would do. `places`: code → in use, of the area; `known`: every piece named, by code."""
    outcome: Comparison[EquipmentRow] = Comparison(faults=twice_in_file(rows))
    for row in rows:
        faults = _faults(row, known.get(row.code), systems, places)
        if faults:
            outcome.faults.extend(faults)
            continue
        piece = known.get(row.code)
        if piece is None:
            outcome.new.append(row)
            continue
        differences = {
            column: (piece.facts[name], getattr(row, name))
            for column, name in EQUIPMENT_FACTS.items()
            if piece.facts[name] != getattr(row, name)
        }
        if differences:
            outcome.changed.append(Change(row, piece.pk, differences))
        else:
            outcome.unchanged += 1
    outcome.faults.sort(key=lambda fault: fault.line)
    return outcome


def _faults(
    row: EquipmentRow, piece: KnownEquipment | None, systems: Mapping[str, int], places: Mapping[str, bool]
) -> list[Fault]:
    faults = []
    if piece is not None and not piece.is_of_this_area:
        faults.append(Fault(row.line, "编码", row.code, _("编码已被另一个办公区使用。")))
    elif piece is not None and piece.is_retired:
        faults.append(Fault(row.line, "编码", row.code, _("这台设备已停用，不能再导入。")))
    if row.system not in systems:
        known = "、".join(systems)
        faults.append(Fault(row.line, "系统", row.system, _("没有这个系统，应是%(known)s之一。") % {"known": known}))
    if row.place_code not in places:
        faults.append(Fault(row.line, "位置编码", row.place_code, _("本办公区没有这个场所。")))
    elif not places[row.place_code]:
        faults.append(Fault(row.line, "位置编码", row.place_code, _("这个场所已停用。")))
    if wrong := fault_of_dates(row.installed_on, row.inspection_due_on):
        faults.append(Fault(row.line, "下次检验", str(row.inspection_due_on), wrong))
    return faults
