"""The tree of units."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wolong.ground.ledger.queries import history_lines
from wolong.ground.pages.generic import Button, Column, Crumb, DetailPage, Empty, Fact, HistoryLine, ListPage, Tab
from wolong.ground.pages.registries.buttons import buttons_for
from wolong.ground.people import actions
from wolong.ground.people.forms import OrganizationForm, RenameForm
from wolong.ground.people.models import Organization
from wolong.ground.people.states import OrganizationKind
from wolong.ground.people.views.administration import AdministratorAct, ByAdministrator


def _indented(unit: Organization) -> str:
    return "\u3000" * max((unit.path or "").count("/") - 2, 0) + unit.name


class OrganizationList(ByAdministrator, ListPage):
    title = _("单位")
    unit = _("个")
    columns = (
        Column(key="name", label=_("名称"), value=_indented, kind="link", export_value=lambda u: u.name),
        Column(key="short_name", label=_("简称"), width=180, sort="short_name", quiet=True),
        Column(key="kind", label=_("性质"), value=lambda u: u.get_kind_display(), width=120, sort="kind"),
        Column(key="people_count", label=_("在用账号"), kind="number", width=110, sort="people_count"),
    )
    search_fields = ("name", "short_name", "pinyin_key")
    default_sort = ("path",)
    tabs = (
        Tab(key="inside", label=_("本局"), where=~Q(kind=OrganizationKind.SUPPLIER)),
        Tab(key="suppliers", label=_("供应商"), where=Q(kind=OrganizationKind.SUPPLIER)),
    )
    empty = Empty(_("还没有单位"), _("先添加最上级的单位。"))

    def get_rows(self, request: HttpRequest) -> QuerySet[Organization]:
        del request
        return Organization.objects.annotate(people_count=Count("people", filter=Q(people__is_active=True)))

    def get_crumbs(self, request: HttpRequest) -> list[Crumb]:
        del request
        return [Crumb(_("人员"), reverse("people:list"))]

    def get_buttons(self, request: HttpRequest) -> list[Button]:
        add = Button(label=_("添加单位"), url=reverse("people:add_organization"), icon="plus", go=True)
        return [add, *buttons_for("organizations", request)]


class OrganizationPage(ByAdministrator, DetailPage):
    place = "organization"

    def get_rows(self, request: HttpRequest) -> QuerySet[Organization]:
        del request
        return Organization.objects.select_related("parent")

    def get_title(self, request: HttpRequest, thing: Organization) -> str:
        del request
        return thing.name

    def get_crumbs(self, request: HttpRequest, thing: Organization) -> list[Crumb]:
        del request
        return [Crumb(_("单位"), reverse("people:organizations")), Crumb(thing.short_name)]

    def get_buttons(self, request: HttpRequest, thing: Organization) -> list[Button]:
        del request
        people = f"{reverse('people:list')}?organization={thing.pk}"
        return [
            Button(label=_("改名"), url=reverse("people:change_organization", args=[thing.pk]), icon="edit", go=True),
            Button(label=_("这里的人员"), url=people, icon="users"),
        ]

    def get_facts(self, request: HttpRequest, thing: Organization) -> list[Fact]:
        del request
        parent = thing.parent
        return [
            Fact(_("简称"), thing.short_name),
            Fact(_("性质"), thing.get_kind_display()),
            Fact(_("上级"), parent.name if parent else _now("无"), parent.get_absolute_url() if parent else ""),
        ]

    def get_history(self, request: HttpRequest, thing: Organization) -> list[HistoryLine]:
        del request
        return history_lines(thing, most=20)


class AddOrganizationPage(AdministratorAct):
    title = _("添加单位")
    form_class = OrganizationForm

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Organization:
        return actions.add_organization(**form.cleaned_data, by=request.user, at=timezone.now())


class ChangeOrganizationPage(AdministratorAct):
    title = _("单位改名")
    explain = _("以前的记录仍用旧名。")
    form_class = RenameForm

    def get_object(self, request: HttpRequest) -> Organization:
        del request
        return get_object_or_404(Organization.objects.select_related("parent"), pk=self.kwargs["pk"])

    def get_initial(self, request: HttpRequest, thing: Organization) -> dict[str, Any]:
        return {"name": thing.name, "short_name": thing.short_name}

    def perform(self, request: HttpRequest, thing: Organization, form: Any) -> Organization:
        return actions.change_organization(organization=thing, **form.cleaned_data, by=request.user, at=timezone.now())
