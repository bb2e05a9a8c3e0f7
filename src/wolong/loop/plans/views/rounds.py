"""A round on the desk: its route, its items by place, and the verbs of whoever arranges it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.ground.ledger.queries import history_lines
from wolong.ground.pages.badges import state_html
from wolong.ground.pages.dates import day
from wolong.ground.pages.generic import ActionPage, Button, Crumb, DetailPage, Fact, HistoryLine, NextStep
from wolong.ground.pages.registries import thread
from wolong.ground.workdays.queries import now, today
from wolong.loop.plans import access, actions
from wolong.loop.plans.forms import AssignForm, DueForm, ReasonForm
from wolong.loop.plans.models import Round
from wolong.loop.plans.queries import items_by_place
from wolong.loop.plans.states import RoundState
from wolong.loop.plans.views.months import inspectors_of


class RoundPage(DetailPage):
    place = "round"
    stage = thread.Stage.PLAN
    left_template_name = "plans/_round_left.html"

    def may(self, request: HttpRequest) -> bool:
        return access.may_see_plans(request.scope)  # type: ignore[attr-defined]

    def get_rows(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Round.objects.visible_to(request.scope)  # type: ignore[attr-defined]
        return rows.select_related("area__centre", "plan", "inspector").with_progress()

    def get_subtitle(self, request: HttpRequest, thing: Round) -> str:
        del request
        return f"{thing.number} · {thing.get_kind_display()}"

    def get_badges(self, request: HttpRequest, thing: Round) -> Sequence[SafeString]:
        del request
        return [state_html(thing.state, thing)]

    def get_crumbs(self, request: HttpRequest, thing: Round) -> list[Crumb]:
        del request
        return [
            Crumb(_("计划"), reverse("plans:list")),
            Crumb(f"{thing.plan.month:%Y-%m}", thing.plan.get_absolute_url()),
            Crumb(thing.number),
        ]

    def get_buttons(self, request: HttpRequest, thing: Round) -> list[Button]:
        if thing.state != RoundState.PLANNED or not access.may_arrange(request.scope, thing.area):  # type: ignore[attr-defined]
            return []
        return [
            Button(label=_("换巡查员"), url=reverse("plans:assign", args=[thing.pk]), icon="user", inline=True),
            Button(label=_("改期限"), url=reverse("plans:due", args=[thing.pk]), icon="calendar", inline=True),
            Button(label=_("取消"), url=reverse("plans:cancel", args=[thing.pk]), icon="x", inline=True),
        ]

    def get_next_step(self, request: HttpRequest, thing: Round) -> NextStep | None:
        if thing.state not in (RoundState.PLANNED, RoundState.UNDER_WAY) or thing.inspector is None:
            return None
        on = today()
        late = thing.due_on < on
        left = getattr(thing, "items_all", 0) - getattr(thing, "items_done", 0)
        if access.may_do_round(request.user, thing, on):  # type: ignore[arg-type]
            go = Button(label=_("去巡查"), url=reverse("fieldwork:round", args=[thing.pk]), go=True, icon="walk")
            sentence = _("等您巡查，还剩 %(n)s 项，%(day)s 前") % {"n": left, "day": day(thing.due_on)}
            return NextStep(kind="late" if late else "mine", sentence=sentence, primary=go)
        sentence = _("等%(who)s巡查，%(day)s 前") % {"who": thing.inspector.name, "day": day(thing.due_on)}
        return NextStep(kind="late" if late else "wait", sentence=sentence)

    def get_facts(self, request: HttpRequest, thing: Round) -> list[Fact]:
        del request
        facts = [
            Fact(_("巡查员"), thing.inspector.name if thing.inspector else _("未指定")),
            Fact(_("日期"), f"{day(thing.starts_on)} – {day(thing.due_on)}"),
            Fact(_("预计"), _("%(n)s 分钟") % {"n": thing.minutes}),
            Fact(_("进度"), f"{getattr(thing, 'items_done', 0)} / {getattr(thing, 'items_all', 0)}"),
        ]
        if thing.cancelled_reason:
            facts.append(Fact(_("取消原因"), thing.cancelled_reason))
        return facts

    def get_history(self, request: HttpRequest, thing: Round) -> Sequence[HistoryLine]:
        del request
        return history_lines(thing)

    def get_context(self, request: HttpRequest, thing: Round) -> dict[str, Any]:
        del request
        items = thing.items.select_related(
            "place", "requirement__clause", "requirement__edition__standard", "duty"
        ).order_by("position")
        everything = list(items)
        standing = [item for item in everything if item.state != "superseded"]
        return {
            "stops": items_by_place(standing),
            "superseded": [item for item in everything if item.state == "superseded"],
        }


class OfRound(ActionPage):
    detail_page = RoundPage

    def get_object(self, request: HttpRequest) -> Round:
        return RoundPage.visible(request, self.kwargs["pk"])  # type: ignore[no-any-return]

    def may_act(self, request: HttpRequest, thing: Round) -> bool:
        return access.may_arrange(request.scope, thing.area)  # type: ignore[attr-defined]


class AssignPage(OfRound):
    title = gettext_lazy("换巡查员")
    form_class = AssignForm

    def get_form_kwargs(self, request: HttpRequest, thing: Round) -> dict[str, Any]:
        del request
        return {"people": inspectors_of(thing.area)}

    def perform(self, request: HttpRequest, thing: Round, form: Any) -> Round:
        who: Any = request.user
        return actions.assign_inspector(round=thing, inspector=form.cleaned_data["inspector"], by=who, at=now())


class DuePage(OfRound):
    title = gettext_lazy("改期限")
    form_class = DueForm

    def get_initial(self, request: HttpRequest, thing: Round) -> dict[str, Any]:
        del request
        return {"due_on": thing.due_on}

    def perform(self, request: HttpRequest, thing: Round, form: Any) -> Round:
        who: Any = request.user
        return actions.move_due_date(round=thing, due_on=form.cleaned_data["due_on"], by=who, at=now())


class CancelPage(OfRound):
    title = gettext_lazy("取消巡查")
    explain = gettext_lazy("其中的检查项一并作废，编号保留。")
    form_class = ReasonForm
    danger = True

    def perform(self, request: HttpRequest, thing: Round, form: Any) -> Round:
        who: Any = request.user
        return actions.cancel_round(round=thing, reason=form.cleaned_data["reason"], by=who, at=now())
