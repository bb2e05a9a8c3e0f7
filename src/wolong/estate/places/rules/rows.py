"""The rows of a sheet of places against what stands: new, changed, unchanged, and every fault by row and cell."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Generic, Protocol, TypeVar

from django.utils.translation import gettext as _

from wolong.estate.places.rules.tree import fault_of_position
from wolong.estate.places.states import Level


class Row(Protocol):
    """One row of a sheet: its line and the code that names its thing."""

    @property
    def line(self) -> int: ...

    @property
    def code(self) -> str: ...


RowT = TypeVar("RowT", bound=Row)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one cell (or in one row), in the user's words; `cell` is what stands there."""

    line: int
    column: str
    cell: str
    sentence: str

    def as_list(self) -> list[Any]:
        return [self.line, self.column, self.cell, self.sentence]


@dataclass(frozen=True, slots=True)
class Change(Generic[RowT]):
    """A row whose thing exists and differs: column → what stands now, what it becomes."""

    row: RowT
    pk: int
    differences: dict[str, tuple[Any, Any]]


@dataclass(slots=True)
class Comparison(Generic[RowT]):
    """What a sheet would do."""

    new: list[RowT] = field(default_factory=list)
    changed: list[Change[RowT]] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)
    absent: list[tuple[str, str]] = field(default_factory=list)
    """What stands and is not in the sheet: code and name. It is shown and stays as it is."""

    @property
    def counts(self) -> dict[str, int]:
        """How many rows would do what; of the changed ones, `replaced` put something in the place of what stands."""
        absent = {"absent": len(self.absent)} if self.absent else {}
        replaced = sum(any(old not in (None, "") for old, _new in one.differences.values()) for one in self.changed)
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "faults": len(self.faults),
            **absent,
            **({"replaced": replaced} if replaced else {}),
        }


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place as a sheet gives it. Without `parent_code` it stands in the area itself; rooms take their floor's number."""

    line: int
    code: str
    name: str
    level: str
    kind: str
    parent_code: str = ""
    floor_number: int | None = None
    area_m2: Decimal | None = None
    user_unit: str = ""
    is_no_photo: bool = False
    is_not_public: bool = False


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place as it stands, anywhere: a code is used once in the whole house."""

    pk: int
    is_of_this_area: bool
    is_retired: bool
    level: str
    parent_code: str
    facts: Mapping[str, Any]


# Column of the sheet → attribute of row and place.
PLACE_FACTS = {
    "名称": "name",
    "类型": "kind",
    "楼层": "floor_number",
    "面积": "area_m2",
    "使用单位": "user_unit",
    "禁拍": "is_no_photo",
    "不公开": "is_not_public",
}
TITLES = {name: column for column, name in PLACE_FACTS.items()} | {"parent_code": "上级编码", "level": "层级"}


def twice_in_file(rows: Iterable[RowT], column: str = "编码") -> list[Fault]:
    """Codes that stand in the sheet more than once; the fault is on the later row and names the earlier."""
    first: dict[str, int] = {}
    faults = []
    for row in rows:
        if row.code in first:
            sentence = _("编码在本表第 %(line)d 行已经出现过。") % {"line": first[row.code]}
            faults.append(Fault(row.line, column, row.code, sentence))
        else:
            first[row.code] = row.line
    return faults


def compare_places(
    rows: Sequence[PlaceRow], known: Mapping[str, KnownPlace], *, area_code: str, units: Collection[str]
) -> Comparison[PlaceRow]:
    """What a sheet of places would do to an area. `known` holds every place that the sheet names, by code."""
    outcome: Comparison[PlaceRow] = Comparison(faults=twice_in_file(rows))
    by_code = {row.code: row for row in rows}
    names: dict[tuple[str, str], str] = {
        (place.parent_code, str(place.facts["name"])): code
        for code, place in known.items()
        if place.is_of_this_area and not place.is_retired and code not in by_code
    }
    for row in rows:
        faults = _faults_of_place(row, known, by_code, area_code=area_code, units=units)
        parent = row.parent_code or area_code
        namesake = names.setdefault((parent, row.name), row.code)
        if namesake != row.code:
            sentence = _("同一上级下已有同名的场所（编码 %(code)s）。") % {"code": namesake}
            faults.append(Fault(row.line, "名称", row.name, sentence))
        if faults:
            outcome.faults.extend(faults)
        elif (place := known.get(row.code)) is None:
            outcome.new.append(row)
        elif differences := _differences(row, place, area_code):
            outcome.changed.append(Change(row, place.pk, differences))
        else:
            outcome.unchanged += 1
    outcome.faults.sort(key=lambda fault: fault.line)
    return outcome


def _faults_of_place(
    row: PlaceRow,
    known: Mapping[str, KnownPlace],
    by_code: Mapping[str, PlaceRow],
    *,
    area_code: str,
    units: Collection[str],
) -> list[Fault]:
    faults = []
    place = known.get(row.code)
    if row.code == area_code:
        faults.append(Fault(row.line, "编码", row.code, _("这是办公区本身的编码，不能导入。")))
    elif place is not None and not place.is_of_this_area:
        faults.append(Fault(row.line, "编码", row.code, _("编码已被另一个办公区使用。")))
    elif place is not None and place.is_retired:
        faults.append(Fault(row.line, "编码", row.code, _("这个场所已停用，不能再导入。")))
    elif place is not None and place.level != row.level:
        old, new = Level(place.level).label, Level(row.level).label
        sentence = _("已有场所的层级是%(old)s，不能改成%(new)s。") % {"old": old, "new": new}
        faults.append(Fault(row.line, "层级", str(new), sentence))
    parent_level, parent_floor = _parent_of(row, known, by_code, area_code)
    if parent_level is None:
        sentence = _("找不到这个上级：本表和本办公区都没有这个编码。")
        faults.append(Fault(row.line, "上级编码", row.parent_code, sentence))
    elif wrong := fault_of_position(
        level=row.level, parent_level=parent_level, kind=row.kind, floor_number=row.floor_number
    ):
        cell = getattr(row, wrong.attribute)
        faults.append(Fault(row.line, TITLES[wrong.attribute], "" if cell is None else str(cell), wrong.sentence))
    elif row.level != Level.FLOOR and row.floor_number is not None and row.floor_number != parent_floor:
        sentence = _("楼层与上级不一致；房间的楼层随上级，可不填。")
        faults.append(Fault(row.line, "楼层", str(row.floor_number), sentence))
    if row.user_unit and row.user_unit not in units:
        faults.append(Fault(row.line, "使用单位", row.user_unit, _("没有这个单位，请先在“单位”里添加。")))
    return faults


def _parent_of(
    row: PlaceRow, known: Mapping[str, KnownPlace], by_code: Mapping[str, PlaceRow], area_code: str
) -> tuple[str | None, int | None]:
    """Level and floor of the parent that a row names; a row of the sheet counts before what stands."""
    code = row.parent_code or area_code
    if code == area_code:
        return Level.AREA, None
    if code in by_code:
        return by_code[code].level, by_code[code].floor_number
    place = known.get(code)
    if place is None or not place.is_of_this_area or place.is_retired:
        return None, None
    return place.level, place.facts["floor_number"]


def _differences(row: PlaceRow, place: KnownPlace, area_code: str) -> dict[str, tuple[Any, Any]]:
    found: dict[str, tuple[Any, Any]] = {}
    if (row.parent_code or area_code) != place.parent_code:
        found["上级编码"] = (place.parent_code, row.parent_code or area_code)
    for column, name in PLACE_FACTS.items():
        if name == "floor_number" and row.level != Level.FLOOR:
            continue
        before, after = place.facts[name], getattr(row, name)
        if before != after:
            found[column] = (before, after)
    return found
