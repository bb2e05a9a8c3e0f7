"""What people give: filters of the list, the card of a piece."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wolong.estate.equipment.models import Equipment, System
from wolong.estate.equipment.states import SYSTEMS, Importance
from wolong.estate.places.models import OfficeArea, Place
from wolong.estate.places.states import Level

KINDS = [(kind, kind) for _code, _name, kinds in SYSTEMS for kind in kinds]


def areas_seen(request: HttpRequest | None) -> QuerySet[OfficeArea]:
    if request is None:
        return OfficeArea.objects.none()
    return OfficeArea.objects.visible_to(request.scope)  # type: ignore[attr-defined]


def buildings_seen(request: HttpRequest | None) -> QuerySet[Place]:
    if request is None:
        return Place.objects.none()
    found = Place.objects.visible_to(request.scope).filter(level=Level.BUILDING)  # type: ignore[attr-defined]
    return found.in_use().order_by("area__code", "walk_order")


class EquipmentFilter(django_filters.FilterSet):
    area = django_filters.ModelChoiceFilter(label=_("办公区"), queryset=areas_seen)
    system = django_filters.ModelChoiceFilter(label=_("系统"), queryset=System.objects.all())
    kind = django_filters.ChoiceFilter(label=_("类型"), choices=KINDS)
    building = django_filters.ModelChoiceFilter(label=_("楼栋"), queryset=buildings_seen, method="in_building")
    importance = django_filters.ChoiceFilter(label=_("重要度"), choices=Importance.choices)

    class Meta:
        model = Equipment
        fields = ("area", "system", "kind", "building", "importance")

    def in_building(self, rows: QuerySet[Equipment], _name: str, building: Place) -> QuerySet[Equipment]:
        return rows.filter(place__path__startswith=building.path)


class EquipmentForm(forms.Form):
    """The card of a piece; its place by code, as it stands on the label."""

    code = forms.CharField(label=_("编码"), max_length=40, help_text=_("如 WLS-01-B01-KT-LSJ-0001，以后不能改。"))
    name = forms.CharField(label=_("名称"), max_length=80)
    system = forms.ModelChoiceField(label=_("系统"), queryset=System.objects.all())
    kind = forms.CharField(label=_("类型"), max_length=20, help_text=_("标准条款里的叫法，如客梯、水箱、摄像机。"))
    place = forms.CharField(label=_("位置编码"), max_length=40, help_text=_("场所的编码，标签和场所页面上都有。"))
    model = forms.CharField(label=_("规格型号"), max_length=80, required=False)
    maker = forms.CharField(label=_("生产单位"), max_length=80, required=False)
    installed_on = forms.DateField(
        label=_("投用日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    inspection_due_on = forms.DateField(
        label=_("下次检验"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    importance = forms.ChoiceField(label=_("重要度"), choices=Importance.choices, initial=Importance.B)

    def __init__(self, *args: Any, places: QuerySet[Place], piece: Equipment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = places
        if piece is not None:
            del self.fields["code"]

    def clean_place(self) -> Place:
        code = self.cleaned_data["place"].strip()
        place = self._places.filter(code=code).select_related("area").first()
        if place is None:
            raise forms.ValidationError(_("没有编码为 %(code)s 的场所。"), params={"code": code})
        return place


class RetireForm(forms.Form):
    on = forms.DateField(label=_("停用日期"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("原因"), max_length=200)
