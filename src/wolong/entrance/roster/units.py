"""The sheet of units against what stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.entrance.roster.columns import UNITS
from wolong.entrance.roster.directory import Directory, NotFound
from wolong.estate.places.actions import Change, Comparison, Fault, Source, twice_in_file
from wolong.ground.papers.sheets import Row
from wolong.ground.people.actions import add_organization, change_organization
from wolong.ground.people.models import Organization, Person
from wolong.ground.people.states import OrganizationKind


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as a sheet gives it; `code` is its short name, with those above where that is not enough."""

    line: int
    code: str
    name: str
    kind: str
    parent: str

    @property
    def short_name(self) -> str:
        return self.code.rpartition("/")[2]


def rows_of(_area: None, rows: Sequence[Row]) -> list[UnitRow]:
    return [
        UnitRow(
            row.number,
            row.values["short_name"].replace("／", "/"),
            row.values["name"] or "",
            row.values["kind"],
            row.values["parent"] or "",
        )
        for row in rows
    ]


def compare(_area: None, rows: Sequence[UnitRow]) -> Comparison[UnitRow]:
    """What the sheet would do: names may change, place and kind never; what is not in it is named and left alone."""
    directory = Directory.of_all()
    outcome: Comparison[UnitRow] = Comparison(faults=twice_in_file(rows, "简称"))
    in_file = {name: row for row in rows for name in (row.code, row.short_name, row.name) if name}
    seen: set[int] = set()
    for row in rows:
        try:
            unit = directory.find(row.code)
        except NotFound as wrong:
            if "/" in row.code or "没有单位" not in str(wrong):
                outcome.faults.append(Fault(row.line, "简称", row.code, str(wrong)))
            elif fault := _fault_of_new(row, directory, in_file):
                outcome.faults.append(fault)
            else:
                outcome.new.append(row)
            continue
        seen.add(unit.pk)
        if fault := _fault_of_known(row, unit, directory):
            outcome.faults.append(fault)
        elif row.name and row.name != unit.name:
            outcome.changed.append(Change(row, unit.pk, {"全称": (unit.name, row.name)}))
        else:
            outcome.unchanged += 1
    outcome.faults += _circles(outcome.new)
    outcome.faults.sort(key=lambda fault: fault.line)
    others = Organization.objects.exclude(pk__in=seen).order_by("path")
    outcome.absent = [(unit.short_name, unit.name) for unit in others]
    return outcome


def _fault_of_new(row: UnitRow, directory: Directory, in_file: dict[str, UnitRow]) -> Fault | None:
    if not row.parent:
        return None
    above = in_file.get(row.parent)
    if above is not None and above is not row:
        parent_kind = above.kind
    else:
        try:
            parent_kind = directory.find(row.parent).kind
        except NotFound as wrong:
            return Fault(row.line, "上级", row.parent, str(wrong))
    if (row.kind == OrganizationKind.SUPPLIER) != (parent_kind == OrganizationKind.SUPPLIER):
        return Fault(row.line, "上级", row.parent, _("供应商和本局单位不能互为上下级。"))
    return None


def _fault_of_known(row: UnitRow, unit: Organization, directory: Directory) -> Fault | None:
    if row.kind != unit.kind:
        return Fault(row.line, "性质", str(OrganizationKind(row.kind).label), _("已有单位的性质不能改。"))
    if not row.parent:
        return None
    try:
        parent = directory.find(row.parent)
    except NotFound as wrong:
        return Fault(row.line, "上级", row.parent, str(wrong))
    if parent.pk != unit.parent_id:
        return Fault(row.line, "上级", row.parent, _("已有单位不能换上级。"))
    return None


def _circles(new: Sequence[UnitRow]) -> list[Fault]:
    """New units that stand above themselves would never be made."""
    by_name = {name: row for row in new for name in (row.code, row.name) if name}
    faults = []
    for row in new:
        above, steps = by_name.get(row.parent), 0
        while above is not None and above is not row and steps <= len(new):
            above, steps = by_name.get(above.parent), steps + 1
        if above is row:
            faults.append(Fault(row.line, "上级", row.parent, _("这个单位成了自己的上级。")))
    return faults


def write(*, area: None, comparison: Comparison[UnitRow], sha256: str, by: Person, at: datetime) -> None:
    """Units above come before those below; each is added or renamed by its own verb."""
    del area, sha256
    directory = Directory.of_all()
    waiting = list(comparison.new)
    names = {name for row in waiting for name in (row.code, row.name) if name}
    while waiting:
        for row in list(waiting):
            if row.parent in names:
                continue
            parent = directory.find(row.parent) if row.parent else None
            unit = add_organization(
                name=row.name or row.code, short_name=row.code, kind=row.kind, parent=parent, by=by, at=at
            )
            directory.add(unit)
            waiting.remove(row)
        names = {name for row in waiting for name in (row.code, row.name) if name}
    for change in comparison.changed:
        unit = Organization.objects.select_related("parent").get(pk=change.pk)
        change_organization(organization=unit, name=change.row.name, short_name=unit.short_name, by=by, at=at)


def standing(_area: None) -> Iterable[dict[str, Any]]:
    directory = Directory.of_all()
    for unit in Organization.objects.select_related("parent").order_by("path"):
        parent = directory.written(unit.parent) if unit.parent else ""
        yield {"short_name": directory.written(unit), "name": unit.name, "kind": unit.kind, "parent": parent}


SOURCE = Source(
    kind="organizations",
    title=gettext_lazy("单位"),
    columns=lambda _area: UNITS,
    rows_of=rows_of,
    compare=compare,
    write=write,
    standing=standing,
    is_of_area=False,
)
