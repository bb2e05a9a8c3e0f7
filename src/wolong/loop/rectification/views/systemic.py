"""系统性整改单: the list, one order, what was done, and whether it worked."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.ground.ledger.queries import history_lines
from wolong.ground.pages.badges import state_html
from wolong.ground.pages.dates import day, long_day
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
    NextStep,
    Tab,
)
from wolong.ground.workdays.queries import now, today
from wolong.loop.rectification import access, actions, queries
from wolong.loop.rectification.forms import AccountForm, VerdictForm
from wolong.loop.rectification.models import SystemicOrder
from wolong.loop.rectification.states import SystemicState

WAITING = (SystemicState.ORDERED, SystemicState.REPORTED)


def seen_by(request: HttpRequest) -> QuerySet[SystemicOrder]:
    rows = SystemicOrder.objects.filter(queries.systemic_visible_to(request.scope))  # type: ignore[attr-defined]
    return rows.select_related("area__centre", "owner", "issued_by", "reported_by", "verified_by")


class SystemicList(ListPage):
    title = gettext_lazy("系统性整改单")
    unit = gettext_lazy("张")
    default_sort = ("due_on", "pk")
    columns = (
        Column(key="number", label=gettext_lazy("编号"), kind="link", sort="number", width=176),
        Column(key="title", label=gettext_lazy("题目")),
        Column(key="owner", label=gettext_lazy("责任单位"), sort=("owner__pinyin_key", "pk"), width=140, quiet=True),
        Column(key="state", label=gettext_lazy("状态"), value=lambda one: SystemicState(one.state), kind="state",
               sort=("state", "pk"), width=116, export_value=lambda one: one.get_state_display()),
        Column(key="due_on", label=gettext_lazy("期限"), kind="due", sort=("due_on", "pk"), width=124, today=today,
               value=lambda one: one.due_on if one.state == SystemicState.ORDERED else None,
               export_value=lambda one: one.due_on),
    )  # fmt: skip
    tabs = (
        Tab(key="open", label=gettext_lazy("在办"), where=Q(state__in=WAITING)),
        Tab(key="all", label=gettext_lazy("全部"), where=Q()),
    )
    search_fields = ("number", "title", "owner__name")
    empty = Empty(gettext_lazy("没有系统性整改单"), gettext_lazy("半年分析里问过“为什么”，才会有系统性整改单。"))

    def may(self, request: HttpRequest) -> bool:
        return access.may_list(request.scope)  # type: ignore[attr-defined]

    def get_rows(self, request: HttpRequest) -> QuerySet[SystemicOrder]:
        return seen_by(request)


class SystemicPage(DetailPage):
    place = "systemic"

    def get_rows(self, request: HttpRequest) -> QuerySet[SystemicOrder]:
        return seen_by(request)

    def get_title(self, request: HttpRequest, thing: SystemicOrder) -> str:
        del request
        return thing.title

    def get_subtitle(self, request: HttpRequest, thing: SystemicOrder) -> str:
        del request
        return _("系统性整改单 %(number)s") % {"number": thing.number}

    def get_badges(self, request: HttpRequest, thing: SystemicOrder) -> Sequence[SafeString]:
        del request
        return [state_html(SystemicState(thing.state))]

    def get_crumbs(self, request: HttpRequest, thing: SystemicOrder) -> list[Crumb]:
        del request
        return [Crumb(_("系统性整改单"), reverse("rectification:systemics")), Crumb(thing.number)]

    def get_next_step(self, request: HttpRequest, thing: SystemicOrder) -> NextStep:
        scope = request.scope  # type: ignore[attr-defined]
        if thing.state == SystemicState.ORDERED:
            until = _("期限 %(day)s。") % {"day": day(thing.due_on)}
            is_late = today() > thing.due_on
            if not access.is_of_unit(scope, thing.owner):
                sentence = _("等待%(unit)s落实") % {"unit": thing.owner}
                return NextStep(kind="late" if is_late else "wait", sentence=sentence, reason=until)
            url = reverse("rectification:report_systemic", args=[thing.pk])
            return NextStep(
                kind="late" if is_late else "mine",
                sentence=_("等待您落实并报告"),
                reason=until,
                primary=Button(label=_("报告落实情况"), url=url, go=True, inline=True),
            )
        if thing.state == SystemicState.REPORTED:
            if not access.may_verify_systemic(scope, thing):
                return NextStep(kind="wait", sentence=_("等待下个半年验证"))
            url = reverse("rectification:verify_systemic", args=[thing.pk])
            return NextStep(
                sentence=_("等待验证是否有效"),
                reason=_("看下个半年同一条款的不合格是否少了。"),
                primary=Button(label=_("验证"), url=url, go=True, inline=True),
            )
        return NextStep(kind="done", sentence=thing.get_state_display(), reason=thing.verdict)

    def get_facts(self, request: HttpRequest, thing: SystemicOrder) -> list[Fact]:
        del request
        facts = [
            Fact(_("要求"), thing.demand),
            Fact(_("责任单位"), thing.owner.name),
            Fact(_("期限"), long_day(thing.due_on)),
            Fact(_("签发"), f"{thing.issued_by.name} {long_day(thing.issued_at)}"),
        ]
        if thing.account:
            facts.append(Fact(_("落实情况"), thing.account))
        return facts

    def get_history(self, request: HttpRequest, thing: SystemicOrder) -> list[HistoryLine]:
        del request
        return history_lines(thing)


class Verb(ActionPage):
    detail_page = SystemicPage

    def get_object(self, request: HttpRequest) -> SystemicOrder:
        found: SystemicOrder = SystemicPage.visible(request, self.kwargs["pk"])
        return found


class ReportPage(Verb):
    title = gettext_lazy("报告落实情况")
    verb = gettext_lazy("报告")
    form_class = AccountForm

    def may_act(self, request: HttpRequest, thing: SystemicOrder) -> bool:
        return access.is_of_unit(request.scope, thing.owner)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: SystemicOrder, form: forms.Form) -> Any:
        account = form.cleaned_data["account"]
        return actions.report_systemic(order=thing, account=account, by=request.user, at=now())  # type: ignore[arg-type]


class VerifyPage(Verb):
    title = gettext_lazy("验证是否有效")
    verb = gettext_lazy("验证")
    form_class = VerdictForm

    def may_act(self, request: HttpRequest, thing: SystemicOrder) -> bool:
        return access.may_verify_systemic(request.scope, thing)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: SystemicOrder, form: forms.Form) -> Any:
        given = form.cleaned_data
        return actions.verify_systemic(
            order=thing, has_worked=given["result"] == "worked", verdict=given["verdict"], by=request.user, at=now()  # type: ignore[arg-type]
        )  # fmt: skip
