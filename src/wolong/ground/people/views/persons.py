"""People: the list, one person, and the verbs on a person."""

from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from wolong.ground.ledger.queries import history_lines, seal_state
from wolong.ground.pages.badges import badge_html
from wolong.ground.pages.generic import (
    Button,
    Column,
    Crumb,
    DetailPage,
    Empty,
    Fact,
    ListPage,
    Tab,
)
from wolong.ground.pages.generic.parts import History
from wolong.ground.pages.registries.buttons import buttons_for
from wolong.ground.people import actions
from wolong.ground.people.forms import NewPersonForm, PersonForm
from wolong.ground.people.models import Organization, Person
from wolong.ground.people.states import Role
from wolong.ground.people.views.administration import AdministratorAct, ByAdministrator

MOST_HISTORY = 40


class PersonFilter(FilterSet):
    organization = ModelChoiceFilter(queryset=Organization.objects.order_by("path"), method="within", label=_("单位"))
    role = ChoiceFilter(choices=Role.choices, method="holding", label=_("角色"))

    class Meta:
        model = Person
        fields: list[str] = []

    def within(self, rows: QuerySet[Person], name: str, value: Organization) -> QuerySet[Person]:
        del name
        return rows.filter(organization__path__startswith=value.path)

    def holding(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        del name
        today = timezone.localdate()
        return rows.filter(
            pk__in=Person.objects.filter(grants__role=value, grants__valid__contains=today).order_by().values("pk")
        )


def _roles(person: Any) -> str:
    return "、".join(str(Role(role).label) for role in (person.roles or "").split() if role in Role.values)


class PersonList(ByAdministrator, ListPage):
    title = _("人员")
    unit = _("人")
    columns = (
        Column(key="name", label=_("姓名"), kind="link", sort=("pinyin_key", "pk"), width=120),
        Column(key="account", label=_("账号"), sort="account", width=160, quiet=True),
        Column(key="organization", label=_("单位"), value="organization.name", sort="organization__path"),
        Column(key="post", label=_("岗位"), sort="post", width=140),
        Column(key="roles", label=_("今天的角色"), value=_roles, width=240),
        Column(key="phone", label=_("电话"), sheet_only=True),
        Column(key="active", label=_("状态"), value=lambda p: _now("启用") if p.is_active else _now("停用"), width=80),
    )
    search_fields = ("name", "account", "pinyin_key", "organization__name", "post")
    filterset_class = PersonFilter
    default_sort = ("pinyin_key", "pk")
    tabs = (
        Tab(key="active", label=_("启用"), where=Q(is_active=True)),
        Tab(key="inactive", label=_("停用"), where=Q(is_active=False)),
    )
    empty = Empty(_("没有这样的人员"), _("换个条件，或添加人员。"))

    def get_rows(self, request: HttpRequest) -> QuerySet[Person]:
        del request
        today = timezone.localdate()
        # Counted by a subquery, so that filters and counts see one row a person.
        held = Person.objects.filter(grants__valid__contains=today).order_by()
        roles = held.annotate(roles=StringAgg("grants__role", " ", distinct=True))
        return Person.objects.annotate(roles=Subquery(roles.filter(pk=OuterRef("pk")).values("roles")[:1]))

    def get_buttons(self, request: HttpRequest) -> list[Button]:
        return [
            Button(label=_("添加人员"), url=reverse("people:add_person"), icon="plus", go=True),
            Button(label=_("单位"), url=reverse("people:organizations"), icon="sitemap"),
            *buttons_for("people", request),
        ]


class PersonPage(ByAdministrator, DetailPage):
    left_template_name = "people/_person_left.html"
    place = "person"

    def get_rows(self, request: HttpRequest) -> QuerySet[Person]:
        del request
        return Person.objects.all()

    def get_crumbs(self, request: HttpRequest, thing: Person) -> list[Crumb]:
        del request
        return [Crumb(_("人员"), reverse("people:list")), Crumb(thing.name)]

    def get_badges(self, request: HttpRequest, thing: Person) -> list[SafeString]:
        del request
        return [] if thing.is_active else [badge_html(_now("停用"), "", "ban")]

    def get_subtitle(self, request: HttpRequest, thing: Person) -> str:
        del request
        return thing.organization.name

    def get_buttons(self, request: HttpRequest, thing: Person) -> list[Button]:
        del request
        pk = [thing.pk]
        buttons = [
            Button(label=_("授予角色"), url=reverse("people:grant", args=pk), icon="key", go=True),
            Button(label=_("修改资料"), url=reverse("people:change_person", args=pk), icon="edit"),
            Button(label=_("登记请假"), url=reverse("people:leave", args=pk), icon="calendar-off"),
        ]
        if thing.is_active:
            buttons += [
                Button(label=_("一次性密码"), url=reverse("people:password", args=pk), icon="lock"),
                Button(label=_("停用"), url=reverse("people:deactivate", args=pk), icon="ban"),
            ]
        else:
            buttons.append(Button(label=_("启用"), url=reverse("people:activate", args=pk), icon="circle-check"))
        return buttons

    def get_facts(self, request: HttpRequest, thing: Person) -> list[Fact]:
        del request
        return [
            Fact(_("账号"), thing.account),
            Fact(_("单位"), thing.organization.name, thing.organization.get_absolute_url()),
            Fact(_("岗位"), thing.post),
            Fact(_("电话"), thing.phone),
            Fact(_("下次登录改密码"), _now("是") if thing.must_change_password else _now("否")),
        ]

    def get_history(self, request: HttpRequest, thing: Person) -> History:
        del request
        return History(history_lines(thing, most=MOST_HISTORY), seal_state(thing).sentence)

    def get_context(self, request: HttpRequest, thing: Person) -> dict[str, Any]:
        del request
        return {
            "grants": thing.grants.select_related("organization", "acting_for").order_by("-valid"),
            "leaves": thing.leaves.order_by("-days")[:10],
            "today": timezone.localdate(),
        }


class PersonAct(AdministratorAct):
    """A verb on one person."""

    def get_object(self, request: HttpRequest) -> Person:
        del request
        return get_object_or_404(Person, pk=self.kwargs["pk"])


class AddPersonPage(AdministratorAct):
    title = _("添加人员")
    explain = _("添加后再授予角色，并发一次性密码。")
    form_class = NewPersonForm

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Person:
        return actions.add_person(**form.cleaned_data, by=request.user, at=timezone.now())


class ChangePersonPage(PersonAct):
    title = _("修改资料")
    form_class = PersonForm

    def get_initial(self, request: HttpRequest, thing: Person) -> dict[str, Any]:
        return {"name": thing.name, "organization": thing.organization_id, "post": thing.post, "phone": thing.phone}

    def perform(self, request: HttpRequest, thing: Person, form: Any) -> Person:
        return actions.change_person(person=thing, **form.cleaned_data, by=request.user, at=timezone.now())


class DeactivatePage(PersonAct):
    title = _("停用账号")
    explain = _("停用后不能登录，也不再收到事情；留痕里的名字不变。")
    danger = True

    def perform(self, request: HttpRequest, thing: Person, form: Any) -> Person:
        return actions.deactivate_person(person=thing, by=request.user, at=timezone.now())


class ActivatePage(PersonAct):
    title = _("启用账号")

    def perform(self, request: HttpRequest, thing: Person, form: Any) -> Person:
        return actions.activate_person(person=thing, by=request.user, at=timezone.now())


class PasswordPage(PersonAct):
    title = _("设置一次性密码")
    verb = _("生成密码")
    explain = _("原来的密码马上作废。新密码只显示一次，本人登录后必须改掉。")

    def perform(self, request: HttpRequest, thing: Person, form: Any) -> Any:
        password = actions.set_one_time_password(person=thing, by=request.user, at=timezone.now())
        context = {
            "title": _("一次性密码"),
            "thing": thing,
            "secret": password,
            "explain": _("请当面或打电话告诉本人。离开这一页就再也看不到了。"),
            "crumbs": self.get_crumbs(request, thing),
            "back_url": thing.get_absolute_url(),
        }
        return render(request, "people/shown_once.html", context)
