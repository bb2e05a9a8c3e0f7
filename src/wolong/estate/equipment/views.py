"""The list of equipment, one piece, and its verbs."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.estate.equipment import actions
from wolong.estate.equipment.forms import EquipmentFilter, EquipmentForm, RetireForm
from wolong.estate.equipment.models import Equipment
from wolong.estate.equipment.rules import years_in_use
from wolong.estate.places import access
from wolong.estate.places.models import Place
from wolong.ground.ledger.queries import history_lines
from wolong.ground.pages.badges import badge_html
from wolong.ground.pages.dates import long_day
from wolong.ground.pages.generic import (
    ActionPage,
    Button,
    Column,
    Crumb,
    DetailPage,
    Empty,
    Fact,
    HistoryLine,
    ListPage,
    SignedIn,
    Tab,
)
from wolong.ground.people.access import Scope
from wolong.ground.workdays.queries import now, today

MOST_LINES = 20
IN_USE = Q(retired_on__isnull=True)


def scope_of(request: HttpRequest) -> Scope:
    return request.scope  # type: ignore[attr-defined,no-any-return]


class Inside(SignedIn):
    """A company or a tenant finds no such page at all."""

    def may(self, request: HttpRequest) -> bool:
        if not access.may_look(scope_of(request)):
            raise Http404
        return True


class EquipmentList(Inside, ListPage):
    title = gettext_lazy("设备")
    unit = gettext_lazy("台")
    columns = (
        Column(key="name", label=gettext_lazy("设备"), kind="link", sort=("pinyin_key", "code")),
        Column(key="system", label=gettext_lazy("系统"), sort=("system__position", "code"), width=88),
        Column(key="kind", label=gettext_lazy("类型"), sort=("kind", "code"), width=104),
        Column(
            key="place", label=gettext_lazy("位置"), value="place.full_name", sort=("area__code", "place__walk_order"),
            width=208, quiet=True,
        ),
        Column(key="importance", label=gettext_lazy("重要度"), value=lambda piece: piece.get_importance_display(), sort="importance", width=96),
        Column(
            key="inspection", label=gettext_lazy("下次检验"), value="inspection_due_on", kind="due",
            sort="inspection_due_on", width=128, today=today, export_value=lambda piece: piece.inspection_due_on,
        ),
        Column(key="code", label=gettext_lazy("编码"), sort="code", width=208, quiet=True),
        Column(key="area", label=gettext_lazy("办公区"), sheet_only=True),
        Column(key="model", label=gettext_lazy("规格型号"), sheet_only=True),
        Column(key="maker", label=gettext_lazy("生产单位"), sheet_only=True),
        Column(key="installed_on", label=gettext_lazy("投用日期"), sheet_only=True),
        Column(key="retired_on", label=gettext_lazy("停用"), sheet_only=True),
    )  # fmt: skip
    filterset_class = EquipmentFilter
    search_fields = ("name", "code", "place__full_name", "model")
    default_sort = ("area__code", "system__position", "code")
    tabs = (
        Tab(key="in_use", label=gettext_lazy("在用"), where=IN_USE),
        Tab(key="key", label=gettext_lazy("关键设备"), where=IN_USE & Q(importance="A")),
        Tab(
            key="due", label=gettext_lazy("检验到期"),
            where=lambda _request: IN_USE & Q(inspection_due_on__lt=today()),
        ),
        Tab(key="retired", label=gettext_lazy("已停用"), where=~IN_USE),
    )  # fmt: skip
    empty = Empty(gettext_lazy("还没有设备"), gettext_lazy("先有场所，再用模板导入设备。"), icon="engine")

    def get_rows(self, request: HttpRequest) -> QuerySet[Equipment]:
        return Equipment.objects.visible_to(scope_of(request)).select_related("system", "place", "area")

    def get_buttons(self, request: HttpRequest) -> list[Button]:
        if not access.may_keep_somewhere(scope_of(request)):
            return []
        return [
            Button(label=_("登记设备"), url=reverse("equipment:add"), icon="plus"),
            Button(label=_("导入"), url=f"{reverse('places:upload')}?kind=equipment", icon="file-import", go=True),
        ]


class EquipmentPage(Inside, DetailPage):
    place = "equipment"

    def get_rows(self, request: HttpRequest) -> QuerySet[Equipment]:
        found = Equipment.objects.visible_to(scope_of(request))
        return found.select_related("area__centre", "place", "system")

    def get_subtitle(self, request: HttpRequest, thing: Equipment) -> str:
        return thing.code

    def get_badges(self, request: HttpRequest, thing: Equipment) -> Sequence[SafeString]:
        if thing.retired_on:
            return [badge_html(_("已停用"), "", "circle-off")]
        if thing.inspection_due_on and thing.inspection_due_on < today():
            return [badge_html(_("检验已到期"), "bad", "alert-triangle")]
        return []

    def get_crumbs(self, request: HttpRequest, thing: Equipment) -> list[Crumb]:
        system = f"{reverse('equipment:list')}?system={thing.system_id}"
        return [Crumb(_("设备"), reverse("equipment:list")), Crumb(thing.system.name, system), Crumb(thing.name)]

    def get_buttons(self, request: HttpRequest, thing: Equipment) -> list[Button]:
        if thing.retired_on or not access.may_keep(scope_of(request), thing.area):
            return []
        return [
            Button(label=_("停用"), url=reverse("equipment:retire", args=[thing.pk]), icon="circle-off", inline=True),
            Button(label=_("修改"), url=reverse("equipment:change", args=[thing.pk]), icon="edit", inline=True),
        ]

    def get_facts(self, request: HttpRequest, thing: Equipment) -> list[Fact]:
        years = years_in_use(thing.installed_on, today())
        facts = [
            Fact(_("系统"), thing.system.name),
            Fact(_("类型"), thing.kind),
            Fact(_("位置"), thing.place.full_name, thing.place.get_absolute_url()),
            Fact(_("办公区"), thing.area.name, thing.area.get_absolute_url()),
            Fact(_("重要度"), thing.get_importance_display()),
            Fact(_("规格型号"), thing.model),
            Fact(_("生产单位"), thing.maker),
        ]
        if thing.installed_on:
            hint = _("使用 %(years)d 年") % {"years": years} if years else ""
            facts.append(Fact(_("投用日期"), long_day(thing.installed_on), hint=hint))
        if thing.inspection_due_on:
            facts.append(Fact(_("下次检验"), long_day(thing.inspection_due_on)))
        if thing.retired_on:
            facts.append(Fact(_("停用"), long_day(thing.retired_on)))
        return [fact for fact in facts if fact.value]

    def get_history(self, request: HttpRequest, thing: Equipment) -> list[HistoryLine]:
        return history_lines(thing, most=MOST_LINES, units=True)


class AddEquipment(Inside, ActionPage):
    title = gettext_lazy("登记设备")
    verb = gettext_lazy("登记")
    form_class = EquipmentForm

    def may_act(self, request: HttpRequest, thing: Any) -> bool:
        return access.may_keep_somewhere(scope_of(request))

    def get_form_kwargs(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        return {"places": Place.objects.visible_to(scope_of(request)).in_use()}

    def get_initial(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        return {"place": request.GET.get("place", ""), "importance": "B"}

    def perform(self, request: HttpRequest, thing: Any, form: EquipmentForm) -> Equipment:
        if not access.may_keep(scope_of(request), form.cleaned_data["place"].area):
            raise Http404
        return actions.add_equipment(**form.cleaned_data, by=request.user, at=now())

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        return reverse("equipment:list")


class _Verb(Inside, ActionPage):
    detail_page = EquipmentPage

    def get_object(self, request: HttpRequest) -> Equipment:
        return EquipmentPage.visible(request, self.kwargs["pk"])  # type: ignore[no-any-return]

    def may_act(self, request: HttpRequest, thing: Equipment) -> bool:
        return access.may_keep(scope_of(request), thing.area)


class ChangeEquipment(_Verb):
    title = gettext_lazy("修改设备")
    verb = gettext_lazy("保存")
    form_class = EquipmentForm

    def get_form_kwargs(self, request: HttpRequest, thing: Equipment) -> dict[str, Any]:
        return {"piece": thing, "places": Place.objects.filter(area=thing.area).in_use()}

    def get_initial(self, request: HttpRequest, thing: Equipment) -> dict[str, Any]:
        return {name: getattr(thing, name) for name in EquipmentForm.base_fields} | {"place": thing.place.code}

    def perform(self, request: HttpRequest, thing: Equipment, form: EquipmentForm) -> Equipment:
        return actions.change_equipment(equipment=thing, changes=form.cleaned_data, by=request.user, at=now())


class RetireEquipment(_Verb):
    title = gettext_lazy("停用设备")
    verb = gettext_lazy("停用")
    explain = gettext_lazy("记录都保留，职责和以后的检查不再包含这台设备。")
    form_class = RetireForm
    danger = True

    def get_initial(self, request: HttpRequest, thing: Equipment) -> dict[str, Any]:
        return {"on": today()}

    def perform(self, request: HttpRequest, thing: Equipment, form: RetireForm) -> Equipment:
        return actions.retire_equipment(equipment=thing, **form.cleaned_data, by=request.user, at=now())
