"""Adding, changing and retiring places: whatever changes, the whole area's tree is grown again."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wolong.estate.places.actions.writing import field_of, take_ids, update_many
from wolong.estate.places.models import OfficeArea, Place
from wolong.estate.places.rules.tree import Derived, Node, fault_of_position, grow
from wolong.estate.places.signals import place_retired, places_changed
from wolong.estate.places.states import KIND_OF_LEVEL, Level
from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Organization, Person
from wolong.ground.questions.pinyin import pinyin_key

COLUMNS = {
    "parent": "bigint",
    "kind": "varchar",
    "name": "varchar",
    "area_m2": "numeric",
    "user_unit": "bigint",
    "is_no_photo": "boolean",
    "is_not_public": "boolean",
    "floor_number": "smallint",
    "path": "varchar",
    "full_name": "varchar",
    "walk_order": "integer",
    "pinyin_key": "varchar",
}
CHANGEABLE = frozenset(
    {"name", "kind", "parent", "floor_number", "area_m2", "user_unit", "is_no_photo", "is_not_public"}
)


@transaction.atomic
def add_area(
    *, name: str, code: str, centre: Organization, area_m2: Decimal | None = None, by: Person, at: datetime
) -> OfficeArea:
    """An office area comes with its root place. Refuses a name or code that is taken, or a code that is not 2–6 capitals."""
    if not (2 <= len(code) <= 6 and code.isascii() and code.isalpha() and code.isupper()):
        raise Refused(_("办公区代号应是 2 至 6 个大写字母。"))
    if OfficeArea.objects.filter(name=name).exists() or OfficeArea.objects.filter(code=code).exists():
        raise Refused(_("已有同名或同代号的办公区。"))
    area = OfficeArea.objects.create(name=name, code=code, centre=centre, area_m2=area_m2)
    root = Place(area=area, level=Level.AREA, kind=KIND_OF_LEVEL[Level.AREA], code=code, name=name)
    plant(area, new=[root])
    write_entry(verb="add_area", sentence=_("设立办公区%(name)s") % {"name": name}, subject=area, by=by, at=at)
    places_changed.send(sender=OfficeArea, area=area, by=by, at=at)
    return area


@transaction.atomic
def change_area(*, area: OfficeArea, name: str, area_m2: Decimal | None, by: Person, at: datetime) -> OfficeArea:
    """The name or size of an area is put right; its code stands in numbers and never changes."""
    if OfficeArea.objects.filter(name=name).exclude(pk=area.pk).exists():
        raise Refused(_("已有同名的办公区。"))
    area.name, area.area_m2 = name, area_m2
    area.save(update_fields=["name", "area_m2"])
    root = Place.objects.get(area=area, level=Level.AREA)
    plant(area, changed={root.pk: {"name": name}})
    write_entry(verb="change_area", sentence=_("修改办公区资料"), subject=area, by=by, at=at)
    return area


@transaction.atomic
def add_place(
    *,
    area: OfficeArea,
    parent: Place | None = None,
    level: str,
    kind: str = "",
    code: str,
    name: str,
    floor_number: int | None = None,
    area_m2: Decimal | None = None,
    user_unit: Organization | None = None,
    is_no_photo: bool = False,
    is_not_public: bool = False,
    by: Person,
    at: datetime,
) -> Place:
    """A place stands under its parent (without one: in the area itself), with a code that is used once.

    Announces `places_changed`. Refuses a position that the tree does not have, a code or a neighbour's name that is taken.
    """
    lock_area(area)
    parent = parent or Place.objects.get(area=area, level=Level.AREA)
    place = Place(
        area=area,
        parent=parent,
        level=level,
        kind=kind or KIND_OF_LEVEL.get(Level(level), ""),
        code=code.strip(),
        name=name.strip(),
        floor_number=floor_number,
        area_m2=area_m2,
        user_unit=user_unit,
        is_no_photo=is_no_photo,
        is_not_public=is_not_public,
    )
    _check(place)
    if Place.objects.filter(code=place.code).exists():
        raise Refused(_("编码 %(code)s 已被使用。") % {"code": place.code})
    plant(area, new=[place])
    write_entry(
        verb="add_place", sentence=_("新增场所%(name)s") % {"name": place.full_name}, subject=place, by=by, at=at
    )
    places_changed.send(sender=Place, area=area, by=by, at=at)
    return place


@transaction.atomic
def change_place(*, place: Place, changes: Mapping[str, Any], by: Person, at: datetime) -> Place:
    """What a place is may be put right; its code and its level stand in papers and never change.

    Announces `places_changed`, unless nothing changed. Refuses a retired place and a position that the tree does not have.
    """
    lock_area(place.area)
    place = Place.objects.select_related("area", "parent").get(pk=place.pk)
    if place.retired_on:
        raise Refused(_("这个场所已停用，不能再修改。"))
    if unknown := set(changes) - CHANGEABLE:
        raise Refused(_("不能修改：%(names)s。") % {"names": "、".join(sorted(unknown))})
    different = {name: value for name, value in changes.items() if getattr(place, name) != value}
    if not different:
        return place
    before = {name: _said(getattr(place, name)) for name in different}
    for name, value in different.items():
        setattr(place, name, value)
    if place.level == Level.AREA:
        raise Refused(_("办公区本身请在办公区资料里修改。"))
    _check(place)
    if place.parent and place.path and place.parent.path.startswith(place.path):
        raise Refused(_("场所不能放到自己下面。"))
    plant(place.area, changed={place.pk: different})
    place.refresh_from_db()
    words = "、".join(str(field_of(Place, name).verbose_name) for name in different)
    payload = {"before": before, "after": {name: _said(value) for name, value in different.items()}}
    sentence = _("修改场所的%(words)s") % {"words": words}
    write_entry(verb="change_place", sentence=sentence, subject=place, by=by, at=at, payload=payload)
    places_changed.send(sender=Place, area=place.area, by=by, at=at)
    return place


@transaction.atomic
def retire_place(*, place: Place, on: date, reason: str, by: Person, at: datetime) -> Place:
    """A place goes out of use with everything below it; it stays on record.

    Announces `place_retired`, whose receivers may refuse (equipment still stands there), then `places_changed`. Refuses the
    area's root and a place already retired.
    """
    lock_area(place.area)
    place = Place.objects.select_related("area").get(pk=place.pk)
    if place.level == Level.AREA:
        raise Refused(_("办公区本身不能停用。"))
    if place.retired_on:
        raise Refused(_("这个场所已经停用。"))
    below = Place.objects.filter(area=place.area).within(place.path).in_use()
    place_retired.send(sender=Place, place=place, by=by, at=at)
    number = below.update(retired_on=on)
    place.retired_on = on
    sentence = _("停用场所（含下级共 %(number)d 处）：%(reason)s") % {"number": number, "reason": reason}
    write_entry(verb="retire_place", sentence=sentence, subject=place, by=by, at=at, payload={"places": number})
    places_changed.send(sender=Place, area=place.area, by=by, at=at)
    return place


def plant(
    area: OfficeArea, *, new: Iterable[Place] = (), changed: Mapping[int, Mapping[str, Any]] | None = None
) -> None:
    """Write new and changed places, and whatever follows from them anywhere in the area's tree."""
    fresh = list(new)
    changed = changed or {}
    for place, pk in zip(fresh, take_ids(Place, len(fresh)), strict=True):
        place.pk = pk
    for place in fresh:
        place.parent_id = place.parent.pk if place.parent else None
    standing = {
        place.pk: place
        for place in Place.objects.filter(area=area).only("area", "level", "code", "retired_on", *COLUMNS)
    }
    for pk, values in changed.items():
        for name, value in values.items():
            setattr(standing[pk], name, value)
    everything = [*standing.values(), *fresh]
    grown = grow(
        Node(one.pk, one.parent_id, one.level, one.code, one.name, one.floor_number, one.kind) for one in everything
    )
    if len(grown) != len(everything):
        raise Refused(_("上级之间绕成了圈。"))
    rows = []
    for place in everything:
        differs = _take(place, grown[place.pk])
        if place.pk in changed or (differs and place.pk in standing):
            rows.append(_row(place))
    try:
        with transaction.atomic():
            Place.objects.bulk_create(fresh, batch_size=2000)
    except IntegrityError as error:
        raise Refused(_("编码与已有的场所重复。")) from error
    update_many(Place, COLUMNS, rows)


def _take(place: Place, derived: Derived) -> bool:
    """Put the derived columns on a place; whether any of them differed."""
    before = (place.path, place.full_name, place.floor_number, place.walk_order)
    after = (derived.path, derived.full_name, derived.floor_number, derived.walk_order)
    if before == after:
        return False
    if place.full_name != derived.full_name or not place.pinyin_key:
        place.pinyin_key = pinyin_key(derived.full_name)
    place.path, place.full_name, place.floor_number, place.walk_order = after
    return True


def _row(place: Place) -> list[Any]:
    return [place.pk, *(getattr(place, field_of(Place, name).attname) for name in COLUMNS)]


def _check(place: Place) -> None:
    parent = place.parent
    if parent is None or parent.area_id != place.area_id:
        raise Refused(_("上级不在这个办公区。"))
    if parent.retired_on:
        raise Refused(_("上级已停用。"))
    if not place.code or not place.name:
        raise Refused(_("编码和名称都要填写。"))
    if wrong := fault_of_position(
        level=place.level, parent_level=parent.level, kind=place.kind, floor_number=place.floor_number
    ):
        raise Refused(wrong.sentence)
    if Place.objects.filter(parent=parent, name=place.name).in_use().exclude(pk=place.pk).exists():
        raise Refused(_("同一上级下已有同名的场所。"))


def lock_area(area: OfficeArea) -> None:
    """One writer to an area's tree at a time: paths and turns are computed over all of it."""
    OfficeArea.objects.select_for_update().get(pk=area.pk)


def _said(value: Any) -> Any:
    return value if isinstance(value, bool | int | type(None)) else str(value)
