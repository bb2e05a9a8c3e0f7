"""The list of months, and one month: rounds by inspector, hours, what does not fit, draws."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import QuerySet, Sum, Window
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.estate.places.models import OfficeArea
from wolong.ground.ledger.queries import history_lines
from wolong.ground.pages.badges import badge_html
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
)
from wolong.ground.pages.registries import thread
from wolong.ground.people.models import Person
from wolong.ground.people.queries import holders
from wolong.ground.people.states import Role
from wolong.ground.workdays.queries import now, today
from wolong.loop.plans import access, actions
from wolong.loop.plans.forms import CompileForm, HoursForm, MinutesForm
from wolong.loop.plans.models import Plan, Round
from wolong.loop.plans.queries import area_rounds, inspector_minutes, turns_of
from wolong.loop.plans.rules.due import last_day, month_of

SHOWN_OMISSIONS = 200


def hours(minutes: Any) -> str:
    return f"{float(minutes) / 60:.1f}"


class PlanList(ListPage):
    title = gettext_lazy("月计划")
    unit = gettext_lazy("个月")
    default_sort = ("-month", "area")
    columns = (
        Column(key="month", label=gettext_lazy("月份"), value=lambda plan: f"{plan.month:%Y-%m}", kind="link", sort="month"),
        Column(key="area", label=gettext_lazy("办公区"), value="area.name", sort="area__name", width=200),
        Column(key="planned", label=gettext_lazy("已排小时"), value=lambda p: hours(p.planned_minutes), kind="number",
               sort="planned_minutes", width=116),
        Column(key="budget", label=gettext_lazy("可用小时"), value=lambda p: hours(p.budget_minutes), kind="number",
               sort="budget_minutes", width=116),
        Column(key="compiled_at", label=gettext_lazy("编排"), kind="datetime", sort="compiled_at", width=128),
    )  # fmt: skip
    empty = Empty(gettext_lazy("还没有月计划"), gettext_lazy("编排一个月，到期的检查会排成巡查。"))

    def may(self, request: HttpRequest) -> bool:
        return access.may_see_plans(request.scope)  # type: ignore[attr-defined]

    def get_rows(self, request: HttpRequest) -> QuerySet[Any]:
        return Plan.objects.visible_to(request.scope).select_related("area")  # type: ignore[attr-defined]

    def get_buttons(self, request: HttpRequest) -> list[Button]:
        if not request.scope.has(*access.PLANNERS):  # type: ignore[attr-defined]
            return []
        return [Button(label=_("编排一个月"), url=reverse("plans:compile"), icon="calendar-plus", go=True)]


class PlanPage(DetailPage):
    place = "plan"
    stage = thread.Stage.PLAN
    left_template_name = "plans/_plan_left.html"

    def may(self, request: HttpRequest) -> bool:
        return access.may_see_plans(request.scope)  # type: ignore[attr-defined]

    def get_rows(self, request: HttpRequest) -> QuerySet[Any]:
        return Plan.objects.visible_to(request.scope).select_related("area__centre", "compiled_by")  # type: ignore[attr-defined]

    def get_title(self, request: HttpRequest, thing: Plan) -> str:
        del request
        return _("%(area)s %(month)s 月计划") % {"area": thing.area.name, "month": f"{thing.month:%Y-%m}"}

    def get_badges(self, request: HttpRequest, thing: Plan) -> Sequence[SafeString]:
        del request
        if thing.planned_minutes > thing.budget_minutes:
            return [badge_html(_("超出工时"), "bad", "alert-triangle")]
        return []

    def get_crumbs(self, request: HttpRequest, thing: Plan) -> list[Crumb]:
        del request
        return [Crumb(_("计划"), reverse("plans:list")), Crumb(f"{thing.month:%Y-%m}")]

    def get_buttons(self, request: HttpRequest, thing: Plan) -> list[Button]:
        if not access.may_compile(request.scope, thing.area):  # type: ignore[attr-defined]
            return []
        return [
            Button(label=_("调工时"), url=reverse("plans:hours", args=[thing.pk]), icon="clock"),
            Button(label=_("调用时"), url=reverse("plans:minutes", args=[thing.pk]), icon="hourglass"),
            Button(label=_("重新编排"), url=reverse("plans:recompile", args=[thing.pk]), icon="refresh"),
        ]

    def get_next_step(self, request: HttpRequest, thing: Plan) -> NextStep | None:
        """Seeds are the one thing that a plan waits for."""
        waiting = list(thing.draws.pending().defer("population")[:1])
        if not waiting:
            return None
        url = reverse("plans:draws", args=[thing.pk])
        given = list(thing.seeds.filter(turn=waiting[0].turn).values_list("given_by_id", flat=True))
        mine = access.may_give_seed(request.scope, thing) and request.user.pk not in given  # type: ignore[attr-defined]
        sentence = _("抽样还差 %(n)s 段种子") % {"n": 2 - len(given)}
        button = Button(label=_("给出种子"), url=url, go=True) if mine else None
        return NextStep(
            kind="mine" if mine else "wait",
            sentence=sentence,
            reason=_("两个人各给一段，抽查的样本由此算出，谁也不能事先知道。"),
            primary=button,
        )

    def get_facts(self, request: HttpRequest, thing: Plan) -> list[Fact]:
        del request
        return [
            Fact(_("可用"), _("%(h)s 小时") % {"h": hours(thing.budget_minutes)}),
            Fact(_("已排"), _("%(h)s 小时") % {"h": hours(thing.planned_minutes)}),
            Fact(_("留给抽样"), _("%(h)s 小时") % {"h": hours(thing.reserved_minutes)}),
            Fact(_("编排人"), thing.compiled_by.name if thing.compiled_by else _("系统")),
        ]

    def get_history(self, request: HttpRequest, thing: Plan) -> Sequence[HistoryLine]:
        del request
        return history_lines(thing)

    def get_context(self, request: HttpRequest, thing: Plan) -> dict[str, Any]:
        del request
        rounds = list(area_rounds(thing.area, thing.month))
        inspectors = inputs_of_hours(thing)
        rows = []
        for inspector, own in groupby(rounds, key=lambda each: each.inspector):
            mine = list(own)
            used = sum(each.minutes for each in mine if each.state != "cancelled")
            budget = inspectors.get(inspector.pk, 0) if inspector else 0
            row = {"inspector": inspector, "rounds": mine, "used": hours(used), "budget": hours(budget)}
            rows.append({**row, "minutes": min(used, budget), "whole": budget})
            for each in mine:
                each.bar = _bar(each, thing.month)
        left_out = thing.omissions.select_related("requirement__clause", "requirement__edition__standard")
        omissions = list(
            left_out.annotate(all_duties=Window(Sum("duties")), all_minutes=Window(Sum("minutes")))[:SHOWN_OMISSIONS]
        )
        whole = (omissions[0].all_duties, omissions[0].all_minutes) if omissions else (0, 0)
        return {
            "walkers": rows,
            "month_end": last_day(thing.month),
            "omissions": [{"row": each, "hours": hours(each.minutes)} for each in omissions],
            "omitted": {"duties": whole[0], "hours": hours(whole[1])},
            "turns": turns_of(thing),
        }


def _bar(found: Round, month: date) -> tuple[str, str]:
    """Where a round lies in its month, in percent: from where, how wide."""
    days = last_day(month).day
    start = (found.starts_on.day - 1) / days * 100 if found.starts_on >= month else 0.0
    end = found.due_on.day / days * 100 if found.due_on <= last_day(month) else 100.0
    return f"{start:.1f}%", f"{max(end - start, 2):.1f}%"


def inputs_of_hours(plan: Plan) -> dict[int, int]:
    """Minutes each inspector has this month."""
    return {pk: int(minutes) for pk, minutes in inspector_minutes(plan.area, plan.month).items()}


def inspectors_of(area: OfficeArea) -> QuerySet[Person]:
    return holders(Role.INSPECTOR, at=area.centre, on=today())


class CompilePage(ActionPage):
    title = gettext_lazy("编排月计划")
    verb = gettext_lazy("编排")
    explain = gettext_lazy("到期的检查在巡查员的工时内排成巡查；排不下的会列出来。重复编排不改变已排好的。")
    form_class = CompileForm

    def may_act(self, request: HttpRequest, thing: Any) -> bool:
        del thing
        return request.scope.is_inside and request.scope.has(*access.PLANNERS)  # type: ignore[attr-defined, no-any-return]

    def get_form_kwargs(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        del thing
        return {"areas": OfficeArea.objects.filter(request.scope.areas("centre"))}  # type: ignore[attr-defined]

    def get_initial(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        del thing
        area = OfficeArea.objects.filter(request.scope.areas("centre")).first()  # type: ignore[attr-defined]
        return {"month": month_of(today()), "area": area}

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        del request, thing
        return reverse("plans:list")

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Plan:
        del thing
        data = form.cleaned_data
        return actions.compile_month(area=data["area"], month=data["month"], by=request.user, at=now())  # type: ignore[arg-type]


class OfPlan(ActionPage):
    """A verb on a plan that a head of the area may do."""

    def get_object(self, request: HttpRequest) -> Plan:
        return PlanPage.visible(request, self.kwargs["pk"])  # type: ignore[no-any-return]

    def may_act(self, request: HttpRequest, thing: Plan) -> bool:
        return access.may_compile(request.scope, thing.area)  # type: ignore[attr-defined]


class RecompilePage(OfPlan):
    title = gettext_lazy("重新编排")
    explain = gettext_lazy("已查的不动；职责变了的待查项作废，新的排进来；什么都没变就什么都不改。")

    def perform(self, request: HttpRequest, thing: Plan, form: Any) -> Plan:
        del form
        return actions.compile_month(area=thing.area, month=thing.month, by=request.user, at=now())  # type: ignore[arg-type]


class HoursPage(OfPlan):
    title = gettext_lazy("调本月工时")
    explain = gettext_lazy("改后立即重新编排；工时少了，先放下最不紧要的。")
    form_class = HoursForm

    def get_form_kwargs(self, request: HttpRequest, thing: Plan) -> dict[str, Any]:
        del request
        return {"people": inspectors_of(thing.area)}

    def perform(self, request: HttpRequest, thing: Plan, form: Any) -> Plan:
        who: Any = request.user
        actions.set_inspector_hours(area=thing.area, month=thing.month, by=who, at=now(), **form.cleaned_data)
        return actions.compile_month(area=thing.area, month=thing.month, by=who, at=now())


class MinutesPage(OfPlan):
    title = gettext_lazy("调检查用时")
    explain = gettext_lazy("一种方法查一次要几分钟。改后立即重新编排。")
    form_class = MinutesForm

    def perform(self, request: HttpRequest, thing: Plan, form: Any) -> Plan:
        who: Any = request.user
        actions.set_method_minutes(area=thing.area, by=who, at=now(), **form.cleaned_data)
        return actions.compile_month(area=thing.area, month=thing.month, by=who, at=now())
