"""What a selector means in an area, and what a page of places needs to know."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from wolong.estate.places.models import OfficeArea, Place
from wolong.estate.places.states import KIND_OF_LEVEL, Level
from wolong.language.selectors import Selector, expand, matches, parse_selectors

PLACE = "场所"
Selectors = str | Sequence[Selector]


def as_selectors(selectors: Selectors) -> Sequence[Selector]:
    """The text of an 对象, or what was already read from it."""
    return parse_selectors(selectors) if isinstance(selectors, str) else selectors


@dataclass(slots=True)
class Directory:
    """The places of an area in use, read once, so that hundreds of selectors cost no further query."""

    rows: list[tuple[int, str, str, dict[str, Any]]]
    by_kind: dict[str, list[tuple[int, str, str, dict[str, Any]]]] = field(init=False)
    order: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.by_kind = defaultdict(list)
        self.order = {}
        for turn, row in enumerate(self.rows):
            self.by_kind[row[2]].append(row)
            self.order[row[0]] = turn

    def matching(self, selectors: Selectors) -> list[int]:
        """The places that any of the selectors means, in walking order. `场所` alone means every room."""
        found: set[int] = set()
        for selector in as_selectors(selectors):
            if selector.kind != PLACE:
                continue
            for one in expand(selector):
                candidates = self.by_kind.get(one.path[0], ()) if one.path else self.rows
                found.update(
                    pk
                    for pk, level, kind, facts in candidates
                    if (one.path or level == Level.ROOM) and matches(one, PLACE, (kind,), facts)
                )
        return sorted(found, key=self.order.__getitem__)


def directory(area: OfficeArea) -> Directory:
    """The area's places in use with what a filter may ask: 楼层, 面积, 使用单位, 名称, 编码, 禁拍, 不公开."""
    rows = (
        Place.objects.filter(area=area)
        .in_use()
        .order_by("walk_order", "pk")
        .values_list(
            "pk",
            "level",
            "kind",
            "floor_number",
            "area_m2",
            "name",
            "code",
            "user_unit__name",
            "is_no_photo",
            "is_not_public",
        )
    )
    return Directory(
        [
            (
                pk,
                level,
                kind,
                {
                    "楼层": floor,
                    "面积": size,
                    "名称": name,
                    "编码": code,
                    "使用单位": unit,
                    "禁拍": "是" if no_photo else "否",
                    "不公开": "是" if not_public else "否",
                },
            )
            for pk, level, kind, floor, size, name, code, unit, no_photo, not_public in rows
        ]
    )


def rooms_matching(area: OfficeArea, selectors: Selectors) -> list[int]:
    """The places of the area that the selectors mean, in walking order."""
    return directory(area).matching(selectors)


def root_of(area: OfficeArea) -> Place:
    """The place that stands for the whole area: records, posts and contracts hang there."""
    return Place.objects.get(area=area, level=Level.AREA)


def ancestors_of(place: Place) -> list[Place]:
    """From the building down to the parent; the area itself is left out."""
    ids = [int(part) for part in place.path.split("/") if part][1:-1]
    found = Place.objects.in_bulk(ids) if ids else {}
    return [found[pk] for pk in ids if pk in found]


@dataclass(frozen=True, slots=True)
class FloorCell:
    """One floor of one building in the overview: how many rooms, and of which kinds."""

    place: Place
    rooms: int
    kinds: tuple[tuple[str, int], ...]


def floors_of(area: OfficeArea) -> list[tuple[Place, list[FloorCell]]]:
    """Building by building, its floors from the top down, with their rooms by kind; two queries."""
    places = list(
        Place.objects.filter(area=area, level__in=(Level.BUILDING, Level.FLOOR)).in_use().order_by("walk_order")
    )
    counts: dict[int | None, list[tuple[str, int]]] = defaultdict(list)
    for parent, kind, number in (
        Place.objects.filter(area=area)
        .in_use()
        .rooms()
        .order_by()
        .values_list("parent", "kind")
        .annotate(number=Count("pk"))
    ):
        counts[parent].append((kind, number))
    floors: dict[int | None, list[FloorCell]] = defaultdict(list)
    for place in places:
        if place.level == Level.FLOOR:
            kinds = tuple(sorted(counts[place.pk], key=lambda one: (-one[1], one[0])))
            floors[place.parent_id].append(FloorCell(place, sum(number for _kind, number in kinds), kinds))
    return [
        (place, sorted(floors[place.pk], key=lambda cell: -(cell.place.floor_number or 0)))
        for place in places
        if place.level == Level.BUILDING
    ]


def kinds_in_use(places: Iterable[str]) -> list[str]:
    """The kinds that occur, rooms first, levels last: for a filter's choices."""
    words = set(places)
    return sorted(words - set(KIND_OF_LEVEL.values())) + [word for word in KIND_OF_LEVEL.values() if word in words]


def rooms_outside(area: OfficeArea) -> list[Place]:
    """Gates, yards and posts: what stands in the area itself."""
    return list(Place.objects.filter(area=area, parent__level=Level.AREA).in_use().rooms().order_by("walk_order"))
