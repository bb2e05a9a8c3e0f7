"""One place, and one area with its floors."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wolong.estate.places import access, queries
from wolong.estate.places.models import OfficeArea, Place
from wolong.estate.places.states import ICON_OF_KIND, Kind, Level
from wolong.estate.places.views.inside import Inside, scope_of
from wolong.estate.places.views.lists import flags_html, plain
from wolong.ground.ledger.queries import history_lines
from wolong.ground.pages.badges import badge_html
from wolong.ground.pages.dates import long_day
from wolong.ground.pages.generic import Button, Crumb, DetailPage, Fact, HistoryLine

SHOWN_CHILDREN = 60
MOST_LINES = 20


def crumbs_of(place: Place, ancestors: Sequence[Place]) -> list[Crumb]:
    crumbs = [Crumb(_("场所"), reverse("places:list")), Crumb(place.area.name, place.area.get_absolute_url())]
    return [*crumbs, *(Crumb(above.name, above.get_absolute_url()) for above in ancestors), Crumb(place.name)]


class PlacePage(Inside, DetailPage):
    place = "place"
    template_name = "places/place_detail.html"
    left_template_name = "places/_place_left.html"

    def get_rows(self, request: HttpRequest) -> QuerySet[Place]:
        found = Place.objects.visible_to(scope_of(request))
        return found.select_related("area__centre", "user_unit", "parent")

    def get_title(self, request: HttpRequest, thing: Place) -> str:
        return thing.full_name

    def get_subtitle(self, request: HttpRequest, thing: Place) -> str:
        return thing.code

    def get_badges(self, request: HttpRequest, thing: Place) -> Sequence[SafeString]:
        badges = [badge_html(_("公共区域"), "", "users")] if thing.is_public_area else []
        flags = flags_html(thing)
        return [*badges, flags] if flags else badges

    def get_crumbs(self, request: HttpRequest, thing: Place) -> list[Crumb]:
        return crumbs_of(thing, queries.ancestors_of(thing))

    def get_buttons(self, request: HttpRequest, thing: Place) -> list[Button]:
        labels = Button(label=_("二维码标签"), url=reverse("places:labels", args=[thing.pk]), icon="qrcode")
        if not access.may_keep(scope_of(request), thing.area) or thing.retired_on:
            return [labels]
        buttons = [labels]
        if thing.level != Level.AREA:
            buttons.append(
                Button(label=_("停用"), url=reverse("places:retire", args=[thing.pk]), icon="circle-off", inline=True)
            )
            buttons.append(
                Button(label=_("修改"), url=reverse("places:change", args=[thing.pk]), icon="edit", inline=True)
            )
        if thing.level != Level.ROOM:
            buttons.append(Button(label=_("在这里新增"), url=reverse("places:add", args=[thing.pk]), icon="plus"))
        return buttons

    def get_facts(self, request: HttpRequest, thing: Place) -> list[Fact]:
        facts = [
            Fact(_("办公区"), thing.area.name, thing.area.get_absolute_url()),
            Fact(_("类型"), thing.kind),
        ]
        if thing.floor_number is not None:
            facts.append(Fact(_("楼层"), thing.floor_number))
        if thing.area_m2:
            facts.append(Fact(_("面积"), f"{plain(thing.area_m2)} m²"))
        if thing.user_unit:
            facts.append(Fact(_("使用单位"), thing.user_unit.name))
        facts.append(Fact(_("管理单位"), thing.area.centre.name))
        if thing.is_no_photo:
            facts.append(Fact(_("禁拍"), _("检查时用读数和签字代替照片")))
        if thing.is_not_public:
            facts.append(Fact(_("不公开"), _("不进入任何公开页面和公开二维码")))
        if thing.retired_on:
            facts.append(Fact(_("停用"), long_day(thing.retired_on)))
        return facts

    def get_history(self, request: HttpRequest, thing: Place) -> list[HistoryLine]:
        return history_lines(thing, most=MOST_LINES, units=True)

    def get_context(self, request: HttpRequest, thing: Place) -> dict[str, Any]:
        if thing.level == Level.ROOM:
            return {"children": [], "more_children": 0}
        children = list(
            Place.objects.filter(parent=thing)
            .in_use()
            .order_by("walk_order")
            .select_related("area")[: SHOWN_CHILDREN + 1]
        )
        return {
            "children": [(child, _icon(child), flags_html(child)) for child in children[:SHOWN_CHILDREN]],
            "more_children": len(children) > SHOWN_CHILDREN,
        }


class AreaPage(Inside, DetailPage):
    """An area as a row of buildings, each a stack of floors: every floor opens its list."""

    place = "area"
    template_name = "places/area_detail.html"
    left_template_name = "places/_area_left.html"

    def get_rows(self, request: HttpRequest) -> QuerySet[OfficeArea]:
        return OfficeArea.objects.visible_to(scope_of(request)).select_related("centre")

    def get_subtitle(self, request: HttpRequest, thing: OfficeArea) -> str:
        return thing.code

    def get_crumbs(self, request: HttpRequest, thing: OfficeArea) -> list[Crumb]:
        return [Crumb(_("场所"), reverse("places:list")), Crumb(thing.name)]

    def get_buttons(self, request: HttpRequest, thing: OfficeArea) -> list[Button]:
        if not access.may_keep(scope_of(request), thing):
            return []
        root = queries.root_of(thing)
        buttons = [
            Button(label=_("修改"), url=reverse("places:change_area", args=[thing.pk]), icon="edit", inline=True),
            Button(label=_("新增场所"), url=reverse("places:add", args=[root.pk]), icon="plus"),
            Button(label=_("导入"), url=f"{reverse('places:upload')}?area={thing.pk}", icon="file-import", go=True),
        ]
        if access.may_add_area(scope_of(request)):
            buttons.insert(0, Button(label=_("设立办公区"), url=reverse("places:add_area"), icon="plus"))
        return buttons

    def get_facts(self, request: HttpRequest, thing: OfficeArea) -> list[Fact]:
        facts = [Fact(_("服务中心"), thing.centre.name), Fact(_("代号"), thing.code)]
        if thing.area_m2:
            facts.append(Fact(_("面积"), f"{plain(thing.area_m2)} m²"))
        return facts

    def get_history(self, request: HttpRequest, thing: OfficeArea) -> list[HistoryLine]:
        return history_lines(thing, most=MOST_LINES, units=True)

    def get_context(self, request: HttpRequest, thing: OfficeArea) -> dict[str, Any]:
        outside = [(place, _icon(place)) for place in queries.rooms_outside(thing)]
        return {"buildings": drawn(thing), "outside": outside}


def _icon(place: Place) -> str:
    if place.level == Level.ROOM:
        return ICON_OF_KIND[Kind(place.kind)] if place.kind in Kind.values else "door"
    return "building" if place.level == Level.BUILDING else "stack-2"


FLOOR_PX, GAP_PX, HEAD_PX, GROUND_PX = 36, 2, 4, 10


def drawn(area: OfficeArea) -> list[dict[str, Any]]:
    """Each building as a drawing: floors from the top down, basements below the line of the ground.

    Every drawing has room for the deepest basement, so that all buildings of a row stand on one ground.
    """
    stacks = queries.floors_of(area)
    deepest = max((sum(_is_below(cell) for cell in cells) for _building, cells in stacks), default=0)
    buildings = []
    for building, cells in stacks:
        above = [cell for cell in cells if not _is_below(cell)]
        below = [cell for cell in cells if _is_below(cell)]
        ground = HEAD_PX + len(above) * (FLOOR_PX + GAP_PX)
        floors = [_box(cell, HEAD_PX + turn * (FLOOR_PX + GAP_PX)) for turn, cell in enumerate(above)]
        floors += [_box(cell, ground + GROUND_PX + turn * (FLOOR_PX + GAP_PX)) for turn, cell in enumerate(below)]
        buildings.append(
            {
                "place": building,
                "floors": floors,
                "height": ground + GROUND_PX + deepest * (FLOOR_PX + GAP_PX),
                "ground": ground + GROUND_PX / 2 - GAP_PX / 2,
                "rooms": sum(cell.rooms for cell in cells),
                "floor_px": FLOOR_PX,
            }
        )
    return buildings


def _is_below(cell: queries.FloorCell) -> bool:
    return (cell.place.floor_number or 0) < 0


def _box(cell: queries.FloorCell, y: float) -> dict[str, Any]:
    words = "、".join(f"{kind} {number}" for kind, number in cell.kinds)
    return {"cell": cell, "y": y, "text_y": y + FLOOR_PX / 2, "words": words}
