"""What people give: filters of the lists, a place, an area, a sheet."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wolong.estate.places.actions import kinds_of_import, source_of
from wolong.estate.places.models import ImportJob, OfficeArea, Place
from wolong.estate.places.rules.tree import PARENTS
from wolong.estate.places.states import KIND_OF_LEVEL, ImportState, Kind, Level
from wolong.ground.people.models import Organization
from wolong.ground.people.states import OrganizationKind

SHEET_TYPES = ".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def areas_seen(request: HttpRequest | None) -> QuerySet[OfficeArea]:
    if request is None:
        return OfficeArea.objects.none()
    return OfficeArea.objects.visible_to(request.scope)  # type: ignore[attr-defined]


def buildings_seen(request: HttpRequest | None) -> QuerySet[Place]:
    if request is None:
        return Place.objects.none()
    found = Place.objects.visible_to(request.scope).filter(level=Level.BUILDING)  # type: ignore[attr-defined]
    return found.in_use().order_by("area__code", "walk_order")


class PlaceFilter(django_filters.FilterSet):
    area = django_filters.ModelChoiceFilter(label=_("办公区"), queryset=areas_seen)
    building = django_filters.ModelChoiceFilter(label=_("楼栋"), queryset=buildings_seen, method="in_building")
    floor = django_filters.NumberFilter(label=_("楼层"), field_name="floor_number")
    kind = django_filters.ChoiceFilter(
        label=_("类型"), choices=[*Kind.choices, *((word, word) for word in KIND_OF_LEVEL.values())]
    )
    photo = django_filters.BooleanFilter(label=_("禁拍"), field_name="is_no_photo")
    hidden = django_filters.BooleanFilter(label=_("不公开"), field_name="is_not_public")

    class Meta:
        model = Place
        fields = ("area", "building", "floor", "kind", "photo", "hidden")

    def in_building(self, rows: QuerySet[Place], _name: str, building: Place) -> QuerySet[Place]:
        return rows.filter(path__startswith=building.path)


class AreaForm(forms.Form):
    """A new area; its code stands in every number from then on."""

    name = forms.CharField(label=_("名称"), max_length=80)
    code = forms.RegexField(
        label=_("代号"), regex=r"^[A-Z]{2,6}$", help_text=_("2 至 6 个大写字母,写进所有编号,以后不能改。"),
        error_messages={"invalid": _("代号应是 2 至 6 个大写字母。")},
    )  # fmt: skip
    centre = forms.ModelChoiceField(
        label=_("服务中心"),
        queryset=Organization.objects.exclude(kind__in=(OrganizationKind.SUPPLIER, OrganizationKind.TENANT)),
    )
    area_m2 = forms.DecimalField(
        label=_("面积"), min_value=1, max_digits=12, decimal_places=2, required=False, help_text=_("平方米")
    )


class AreaChangeForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=80)
    area_m2 = forms.DecimalField(
        label=_("面积"), min_value=1, max_digits=12, decimal_places=2, required=False, help_text=_("平方米")
    )


class PlaceForm(forms.Form):
    """The facts of a place; which levels there are follows from where it is to stand."""

    code = forms.CharField(label=_("编码"), max_length=40, help_text=_("全系统唯一，如 WLS-01-F02-001，以后不能改。"))
    level = forms.ChoiceField(label=_("层级"), choices=())
    name = forms.CharField(label=_("名称"), max_length=80, help_text=_("只写这一级的名称，如“东侧卫生间”。"))
    kind = forms.ChoiceField(
        label=_("类型"), choices=[("", "—"), *Kind.choices], required=False, help_text=_("房间必选。")
    )
    parent = forms.ModelChoiceField(label=_("上级"), queryset=Place.objects.none())
    floor_number = forms.IntegerField(
        label=_("层号"),
        min_value=-20,
        max_value=200,
        required=False,
        help_text=_("楼层必填：地上 1、2…,地下 -1、-2…。"),
    )
    area_m2 = forms.DecimalField(
        label=_("面积"), min_value=0.01, max_digits=10, decimal_places=2, required=False, help_text=_("平方米")
    )
    user_unit = forms.ModelChoiceField(label=_("使用单位"), queryset=Organization.objects.all(), required=False)
    is_no_photo = forms.BooleanField(label=_("禁拍"), required=False, help_text=_("检查时用读数和签字代替照片。"))
    is_not_public = forms.BooleanField(
        label=_("不公开"), required=False, help_text=_("不进入任何公开页面和公开二维码。")
    )

    def __init__(self, *args: Any, parent: Place | None = None, place: Place | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if place is None and parent is not None:
            allowed = [level for level, parents in PARENTS.items() if parent.level in parents]
            self.fields["level"].choices = [(level, Level(level).label) for level in allowed]  # type: ignore[attr-defined]
            del self.fields["parent"]
            return
        del self.fields["code"], self.fields["level"]
        if place is None:
            return
        if place.level != Level.FLOOR:
            del self.fields["floor_number"]
        if place.level != Level.ROOM:
            del self.fields["kind"]
        above = Place.objects.filter(area=place.area, level__in=PARENTS.get(place.level, ())).in_use()
        self.fields["parent"].queryset = above  # type: ignore[attr-defined]


class RetireForm(forms.Form):
    on = forms.DateField(label=_("停用日期"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("原因"), max_length=200)


class UploadForm(forms.Form):
    kind = forms.ChoiceField(label=_("内容"), choices=())
    area = forms.ModelChoiceField(
        label=_("办公区"),
        queryset=OfficeArea.objects.none(),
        required=False,
        help_text=_("人员和单位不分办公区，可不选。"),
    )
    file = forms.FileField(
        label=_("文件"),
        help_text=_(
            "按模板填写的 .xlsx，或 UTF-8、GBK 编码的 .csv，最多 50,000 行。上传后先看会改什么，确认了才写入。请勿上传涉密内容。"
        ),
        widget=forms.ClearableFileInput(attrs={"accept": SHEET_TYPES}),
    )

    def __init__(self, *args: Any, areas: QuerySet[OfficeArea], kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, source_of(kind).title) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind = given.get("kind")
        if kind and source_of(kind).is_of_area and given.get("area") is None and "area" not in self.errors:
            self.add_error("area", _("请选办公区。"))
        return given


class ImportFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(
        label=_("内容"), choices=lambda: [(kind, source_of(kind).title) for kind in kinds_of_import()]
    )
    area = django_filters.ModelChoiceFilter(label=_("办公区"), queryset=areas_seen)
    state = django_filters.ChoiceFilter(label=_("状态"), choices=ImportState.choices)

    class Meta:
        model = ImportJob
        fields = ("kind", "area", "state")
