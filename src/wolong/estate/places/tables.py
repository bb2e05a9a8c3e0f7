"""The sheet of places: its columns, its rows, and what stands as such a sheet."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from wolong.estate.places import actions
from wolong.estate.places.models import OfficeArea, Place
from wolong.estate.places.rules.rows import PlaceRow
from wolong.estate.places.states import KIND_OF_LEVEL, Kind, Level
from wolong.ground.papers.sheets import Column, Row

LEVELS = {str(level.label): level.value for level in Level if level != Level.AREA}
KINDS = {word: word for word in [KIND_OF_LEVEL[Level.BUILDING], KIND_OF_LEVEL[Level.FLOOR], *Kind.values]}
COLUMNS = (
    Column(
        key="code", title=_("编码"), required=True, longest=40, width=18,
        note=_("全系统唯一，以后不改。再次导入时按编码对应。"), example="WLS-01-F02-001",
    ),
    Column(key="name", title=_("名称"), required=True, longest=80, example="东侧卫生间", note=_("只写这一级的名称。")),
    Column(
        key="level", title=_("层级"), kind="choice", required=True, choices=LEVELS, example="房间", width=8,
        note=_("楼栋、楼层或房间。室外的大门、绿地也填房间。"),
    ),
    Column(key="kind", title=_("类型"), kind="choice", choices=KINDS, example="卫生间", note=_("房间必填；楼栋和楼层可不填。")),
    Column(
        key="parent_code", title=_("上级编码"), longest=40, width=18, example="WLS-01-F02",
        note=_("在本表里或已导入过都可以；不填就直接在办公区下面。"),
    ),
    Column(
        key="floor_number", title=_("楼层"), kind="integer", lowest=-20, highest=200, width=8, example="2",
        note=_("楼层必填：地上 1、2…,地下 -1、-2…;房间随楼层，可不填。"),
    ),
    Column(key="area_m2", title=_("面积"), kind="decimal", lowest=0, highest=10_000_000, width=10, example="24.5", note=_("平方米")),
    Column(key="user_unit", title=_("使用单位"), longest=120, example="", note=_("与“单位”里的全称一致。")),
    Column(key="is_no_photo", title=_("禁拍"), kind="flag", width=8, example="否", note=_("禁拍的场所用读数和签字代替照片。")),
    Column(
        key="is_not_public", title=_("不公开"), kind="flag", width=8, example="否",
        note=_("不公开的场所不进入任何公开页面和二维码。"),
    ),
)  # fmt: skip


def rows_of(area: OfficeArea, rows: Sequence[Row]) -> list[PlaceRow]:
    """Typed rows; what the area's own code names stands in the area itself."""
    found = []
    for row in rows:
        values = row.values
        level = values["level"]
        parent = values["parent_code"] or ""
        found.append(
            PlaceRow(
                line=row.number,
                code=values["code"],
                name=values["name"],
                level=level,
                kind=values["kind"] or KIND_OF_LEVEL.get(Level(level), ""),
                parent_code="" if parent == area.code else parent,
                floor_number=values["floor_number"],
                area_m2=values["area_m2"] or None,
                user_unit=values["user_unit"] or "",
                is_no_photo=bool(values["is_no_photo"]),
                is_not_public=bool(values["is_not_public"]),
            )
        )
    return found


def standing(area: OfficeArea) -> Iterable[dict[str, Any]]:
    """What stands now, in walking order, as rows that can be changed and imported again."""
    places = Place.objects.filter(area=area).in_use().exclude(level=Level.AREA).order_by("walk_order")
    for place in places.select_related("parent", "user_unit").iterator(chunk_size=2000):
        yield {
            "code": place.code,
            "name": place.name,
            "level": place.level,
            "kind": place.kind,
            "parent_code": place.parent.code if place.parent and place.parent.level != Level.AREA else "",
            "floor_number": place.floor_number if place.level == Level.FLOOR else None,
            "area_m2": place.area_m2,
            "user_unit": place.user_unit.name if place.user_unit else "",
            "is_no_photo": place.is_no_photo,
            "is_not_public": place.is_not_public,
        }


SOURCE = actions.Source(
    kind=actions.PLACES,
    title=_("场所"),
    columns=lambda _area: COLUMNS,
    rows_of=rows_of,
    compare=actions.compare_with_places,
    write=actions.write_places,
    standing=standing,
)
