"""The verbs of equipment: add, change, move, retire, and a whole sheet at once."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wolong.estate.equipment.models import Equipment, System
from wolong.estate.equipment.rules import (
    EQUIPMENT_FACTS,
    EquipmentRow,
    KnownEquipment,
    compare_equipment,
    fault_of_dates,
)
from wolong.estate.equipment.signals import equipment_changed
from wolong.estate.equipment.states import SYSTEMS, Importance
from wolong.estate.places.actions import Comparison, field_of, tell_planner, update_many
from wolong.estate.places.models import OfficeArea, Place
from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person
from wolong.ground.questions.pinyin import pinyin_key

COLUMNS = {
    "name": "varchar",
    "pinyin_key": "varchar",
    "system": "bigint",
    "kind": "varchar",
    "place": "bigint",
    "model": "varchar",
    "maker": "varchar",
    "installed_on": "date",
    "inspection_due_on": "date",
    "importance": "varchar",
}
CHANGEABLE = frozenset(COLUMNS) - {"pinyin_key"}


@transaction.atomic
def set_up_systems() -> None:
    """The systems of the field stand in every installation; what is there already stays as it is."""
    System.objects.bulk_create(
        [System(name=name, code=code, position=turn) for turn, (code, name, _kinds) in enumerate(SYSTEMS, 1)],
        ignore_conflicts=True,
    )


@transaction.atomic
def add_equipment(
    *,
    place: Place,
    system: System,
    kind: str,
    code: str,
    name: str,
    model: str = "",
    maker: str = "",
    installed_on: date | None = None,
    inspection_due_on: date | None = None,
    importance: str = Importance.B,
    by: Person,
    at: datetime,
) -> Equipment:
    """A piece of equipment stands at a place in use, in a system, with a code that is used once.

    Announces `equipment_changed`. Refuses a retired place, a code that is taken and dates that cannot both be right.
    """
    piece = Equipment(
        area=place.area,
        place=place,
        system=system,
        kind=kind.strip(),
        code=code.strip(),
        name=name.strip(),
        pinyin_key=pinyin_key(name),
        model=model,
        maker=maker,
        installed_on=installed_on,
        inspection_due_on=inspection_due_on,
        importance=importance,
    )
    _check(piece)
    if Equipment.objects.filter(code=piece.code).exists():
        raise Refused(_("编码 %(code)s 已被使用。") % {"code": piece.code})
    piece.save()
    sentence = _("登记设备%(name)s，位置%(place)s") % {"name": piece.name, "place": place.full_name}
    write_entry(verb="add_equipment", sentence=sentence, subject=piece, by=by, at=at)
    equipment_changed.send(sender=Equipment, area=place.area, by=by, at=at)
    return piece


@transaction.atomic
def change_equipment(*, equipment: Equipment, changes: Mapping[str, Any], by: Person, at: datetime) -> Equipment:
    """What a card says may be put right, and a piece may move within its area; its code never changes.

    Announces `equipment_changed`, unless nothing changed. Refuses a retired piece.
    """
    piece: Equipment = (
        Equipment.objects.select_for_update(of=("self",)).select_related("area", "place", "system").get(pk=equipment.pk)
    )
    if piece.retired_on:
        raise Refused(_("这台设备已停用，不能再修改。"))
    if unknown := set(changes) - CHANGEABLE:
        raise Refused(_("不能修改：%(names)s。") % {"names": "、".join(sorted(unknown))})
    different = {name: value for name, value in changes.items() if getattr(piece, name) != value}
    if not different:
        return piece
    before = {name: _said(getattr(piece, name)) for name in different}
    for name, value in different.items():
        setattr(piece, name, value)
    piece.pinyin_key = pinyin_key(piece.name)
    _check(piece)
    piece.save()
    words = "、".join(str(field_of(Equipment, name).verbose_name) for name in different)
    payload = {"before": before, "after": {name: _said(value) for name, value in different.items()}}
    sentence = _("修改设备的%(words)s") % {"words": words}
    write_entry(verb="change_equipment", sentence=sentence, subject=piece, by=by, at=at, payload=payload)
    equipment_changed.send(sender=Equipment, area=piece.area, by=by, at=at)
    return piece


@transaction.atomic
def retire_equipment(*, equipment: Equipment, on: date, reason: str, by: Person, at: datetime) -> Equipment:
    """A piece goes out of use and stays on record. Announces `equipment_changed`. Refuses one already retired."""
    piece: Equipment = Equipment.objects.select_for_update(of=("self",)).select_related("area").get(pk=equipment.pk)
    if piece.retired_on:
        raise Refused(_("这台设备已经停用。"))
    piece.retired_on = on
    piece.save(update_fields=["retired_on"])
    write_entry(
        verb="retire_equipment", sentence=_("停用设备：%(reason)s") % {"reason": reason}, subject=piece, by=by, at=at
    )
    equipment_changed.send(sender=Equipment, area=piece.area, by=by, at=at)
    return piece


def compare_with_equipment(area: OfficeArea, rows: Sequence[EquipmentRow]) -> Comparison[EquipmentRow]:
    """What the rows would do to the area as it stands now; three queries, whatever their number."""
    places = Place.objects.filter(area=area).values_list("code", "retired_on")
    return compare_equipment(
        rows,
        _known(area, {row.code for row in rows}),
        systems=dict(System.objects.values_list("name", "pk")),
        places={code: retired is None for code, retired in places},
    )


@transaction.atomic
def import_equipment(
    *, area: OfficeArea, rows: Sequence[EquipmentRow], sha256: str = "", by: Person, at: datetime
) -> Comparison[EquipmentRow]:
    """All rows of a sheet become equipment of the area, or none does; a second time changes nothing.

    One entry in the ledger with the counts and the file's hash; announces `equipment_changed` once, unless nothing changed.
    Refuses when any row has a fault.
    """
    OfficeArea.objects.select_for_update().get(pk=area.pk)
    comparison = compare_with_equipment(area, rows)
    write_equipment(area=area, comparison=comparison, sha256=sha256, by=by, at=at)
    return comparison


@transaction.atomic
def write_equipment(
    *, area: OfficeArea, comparison: Comparison[EquipmentRow], sha256: str, by: Person, at: datetime
) -> None:
    """Write what a comparison found; see `import_equipment`."""
    if comparison.faults:
        raise Refused(_("表中有 %(count)d 处错误，没有导入。") % {"count": len(comparison.faults)})
    if not comparison.new and not comparison.changed:
        return
    systems = dict(System.objects.values_list("name", "pk"))
    places = dict(Place.objects.filter(area=area).values_list("code", "pk"))
    fresh = [_piece(area, row, systems, places) for row in comparison.new]
    try:
        with transaction.atomic():
            Equipment.objects.bulk_create(fresh, batch_size=2000)
    except IntegrityError as error:
        raise Refused(_("编码与已有的设备重复。")) from error
    pieces = [_piece(area, change.row, systems, places, pk=change.pk) for change in comparison.changed]
    attributes = [field_of(Equipment, name).attname for name in COLUMNS]
    update_many(Equipment, COLUMNS, [[piece.pk, *(getattr(piece, name) for name in attributes)] for piece in pieces])
    tell_planner(Equipment, len(fresh) + len(pieces))
    counts = comparison.counts
    sentence = _("导入设备：新增 %(new)d，修改 %(changed)d，不变 %(unchanged)d") % counts
    write_entry(
        verb="import_equipment", sentence=sentence, subject=area, by=by, at=at, payload={**counts, "sha256": sha256}
    )
    equipment_changed.send(sender=Equipment, area=area, by=by, at=at)


def _known(area: OfficeArea, codes: Collection[str]) -> dict[str, KnownEquipment]:
    rows = (
        Equipment.objects.filter(code__in=codes)
        .order_by()
        .values_list(
            "code", "pk", "area_id", "retired_on", "name", "system__name", "kind", "place__code", "model", "maker",
            "installed_on", "inspection_due_on", "importance",
        )
    )  # fmt: skip
    return {
        code: KnownEquipment(
            pk, area_id == area.pk, retired is not None, dict(zip(EQUIPMENT_FACTS.values(), facts, strict=True))
        )
        for code, pk, area_id, retired, *facts in rows
    }


def _piece(
    area: OfficeArea, row: EquipmentRow, systems: Mapping[str, int], places: Mapping[str, int], pk: int | None = None
) -> Equipment:
    return Equipment(
        pk=pk,
        area=area,
        system_id=systems[row.system],
        place_id=places[row.place_code],
        kind=row.kind,
        code=row.code,
        name=row.name,
        pinyin_key=pinyin_key(row.name),
        model=row.model,
        maker=row.maker,
        installed_on=row.installed_on,
        inspection_due_on=row.inspection_due_on,
        importance=row.importance,
    )


def _check(piece: Equipment) -> None:
    if not piece.code or not piece.name or not piece.kind:
        raise Refused(_("编码、名称和类型都要填写。"))
    if piece.place.area_id != piece.area_id:
        raise Refused(_("位置不在这个办公区。"))
    if piece.place.retired_on:
        raise Refused(_("这个场所已停用，不能放设备。"))
    if wrong := fault_of_dates(piece.installed_on, piece.inspection_due_on):
        raise Refused(wrong)


def _said(value: Any) -> Any:
    return value if isinstance(value, bool | int | type(None)) else str(value)
