"""The list of places."""

from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.estate.places import access
from wolong.estate.places.forms import PlaceFilter
from wolong.estate.places.models import Place
from wolong.estate.places.states import PUBLIC_KINDS, Level
from wolong.estate.places.views.inside import Inside, chosen_area, scope_of
from wolong.estate.places.views.labels import label_sheet
from wolong.ground.pages.badges import badge_html
from wolong.ground.pages.generic import BulkAction, Button, Column, Empty, ListPage, Tab

IN_USE = Q(retired_on__isnull=True)


def flags_html(place: Place) -> SafeString:
    """禁拍 and 不公开, as icon and word."""
    badges = []
    if place.is_no_photo:
        badges.append(badge_html(_("禁拍"), "warn", "camera-off"))
    if place.is_not_public:
        badges.append(badge_html(_("不公开"), "", "eye-off"))
    if place.retired_on:
        badges.append(badge_html(_("已停用"), "", "circle-off"))
    return format_html_join(" ", "{}", ((badge,) for badge in badges))


def plain(number: Decimal | None) -> str | None:
    """A figure without zeros behind the point."""
    return None if number is None else f"{number.normalize():f}"


def flags_text(place: Place) -> str:
    words = ((place.is_no_photo, _("禁拍")), (place.is_not_public, _("不公开")), (place.retired_on, _("已停用")))
    return "、".join(word for is_so, word in words if is_so)


def print_labels(request: HttpRequest, rows: QuerySet[Any]) -> HttpResponseBase | None:
    return label_sheet(request, rows.order_by("area", "walk_order"))


class PlaceList(Inside, ListPage):
    title = gettext_lazy("场所")
    unit = gettext_lazy("处")
    columns = (
        Column(key="full_name", label=gettext_lazy("场所"), kind="link", sort=("area__code", "walk_order")),
        Column(key="kind", label=gettext_lazy("类型"), sort=("kind", "area__code", "walk_order"), width=104),
        Column(
            key="floor", label=gettext_lazy("楼层"), value="floor_number", kind="number", sort="floor_number", width=72
        ),
        Column(
            key="area_m2",
            label=gettext_lazy("面积 m²"),
            value=lambda place: plain(place.area_m2),
            kind="number",
            sort="area_m2",
            width=104,
            export_value=lambda place: place.area_m2,
        ),
        Column(
            key="flags", label=gettext_lazy("标记"), value=flags_html, export_value=flags_text, kind="code", width=190
        ),
        Column(
            key="unit",
            label=gettext_lazy("使用单位"),
            value="user_unit",
            sort="user_unit__pinyin_key",
            width=136,
            quiet=True,
        ),
        Column(key="code", label=gettext_lazy("编码"), sort="code", width=150, quiet=True),
        Column(key="area", label=gettext_lazy("办公区"), sort="area__code", width=124, quiet=True),
        Column(key="name", label=gettext_lazy("名称"), sheet_only=True),
        Column(key="level", label=gettext_lazy("层级"), value=lambda place: place.get_level_display(), sheet_only=True),
    )
    filterset_class = PlaceFilter
    search_fields = ("full_name", "code")
    default_sort = ("area__code", "walk_order")
    tabs = (
        Tab(key="rooms", label=gettext_lazy("房间"), where=IN_USE & Q(level=Level.ROOM)),
        Tab(key="public", label=gettext_lazy("公共区域"), where=IN_USE & Q(kind__in=PUBLIC_KINDS)),
        Tab(key="no_photo", label=gettext_lazy("禁拍"), where=IN_USE & Q(is_no_photo=True)),
        Tab(key="hidden", label=gettext_lazy("不公开"), where=IN_USE & Q(is_not_public=True)),
        Tab(key="floors", label=gettext_lazy("楼栋和楼层"), where=IN_USE & ~Q(level=Level.ROOM)),
        Tab(key="retired", label=gettext_lazy("已停用"), where=~IN_USE),
    )
    bulk_actions = (BulkAction(key="labels", label=gettext_lazy("打印二维码"), icon="qrcode", run=print_labels),)
    empty = Empty(
        gettext_lazy("还没有场所"),
        gettext_lazy("用模板填好楼栋、楼层和房间，一次导入；也可以在办公区页面逐个新增。"),
        icon="building",
    )

    def get_rows(self, request: HttpRequest) -> QuerySet[Place]:
        return Place.objects.visible_to(scope_of(request)).select_related("area", "user_unit")

    def get_buttons(self, request: HttpRequest) -> list[Button]:
        area = chosen_area(request)
        if area is None:
            if access.may_add_area(scope_of(request)):
                return [Button(label=_("设立办公区"), url=reverse("places:add_area"), icon="plus", go=True)]
            return []
        buttons = [Button(label=_("楼层总览"), url=area.get_absolute_url(), icon="building")]
        if access.may_keep(scope_of(request), area):
            upload = f"{reverse('places:upload')}?kind=places&area={area.pk}"
            buttons.append(Button(label=_("导入"), url=upload, icon="file-import", go=True))
        return buttons
