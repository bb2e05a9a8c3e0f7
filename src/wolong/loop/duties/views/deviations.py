"""偏离: the list, one deviation, and its verbs."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg.types.range import DateRange

from wolong.estate.places.models import OfficeArea
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
from wolong.ground.pages.registries.thread import Stage
from wolong.ground.people.models import Organization
from wolong.ground.workdays.queries import now, today
from wolong.loop.duties import access, actions
from wolong.loop.duties.forms import AskDeviationForm, DecideDeviationForm, ReasonForm
from wolong.loop.duties.models import Deviation, Duty
from wolong.loop.duties.rules.deviating import last_day_allowed, why_not
from wolong.loop.duties.states import DeviationState
from wolong.loop.duties.views.lists import DutyPage, picker


def seen_by(request: HttpRequest) -> QuerySet[Any]:
    """Each with its duty, which comes by a question of its own: a dozen joins at once is too much for the planner."""
    duties = Duty.objects.joined().select_related("area__centre", "requirement__clause__edition__standard")
    rows = Deviation.objects.visible_to(request.scope)  # type: ignore[attr-defined]
    return rows.select_related("asked_by", "decided_by", "ended_by").prefetch_related(Prefetch("duty", duties))


def clause_words(deviation: Deviation) -> str:
    clause = deviation.duty.requirement.clause
    return f"{clause.edition.standard.code.rsplit(' ', 1)[-1]} {clause.number}"


class DeviationFilter(django_filters.FilterSet):
    area = picker(gettext_lazy("办公区"), OfficeArea, "area", to_duty="duty__")
    doer = picker(gettext_lazy("谁做"), Organization, "doer", to_duty="duty__")
    held = django_filters.DateFromToRangeFilter(label=gettext_lazy("有效期"), method="by_days")

    class Meta:
        model = Deviation
        fields: tuple[str, ...] = ()

    def by_days(self, rows: QuerySet[Any], name: str, days: slice) -> QuerySet[Any]:
        """Those that held on any of the days."""
        first, last = (day.date() if day else None for day in (days.start, days.stop))
        is_upside_down = first is not None and last is not None and first > last
        return rows.none() if is_upside_down else rows.filter(valid__overlap=DateRange(first, last, "[]"))


class DeviationList(ListPage):
    title = gettext_lazy("偏离")
    unit = gettext_lazy("份")
    default_sort = ("until_on", "pk")
    columns = (
        Column(key="number", label=gettext_lazy("编号"), kind="link", sort="number", width=176),
        Column(key="clause", label=gettext_lazy("条款"), value=clause_words, width=128,
               url=lambda one: one.duty.requirement.clause.get_absolute_url()),
        Column(key="object", label=gettext_lazy("对象"), value="duty.object_label", sort="duty__object_label"),
        Column(key="doer", label=gettext_lazy("谁做"), value=lambda one: one.duty.doer or _("没人做"), width=128, quiet=True),
        Column(key="state", label=gettext_lazy("状态"), value=lambda one: one.standing_on(today()), kind="state",
               sort=("state", "until_on", "pk"), width=116),
        Column(key="until_on", label=gettext_lazy("到期"), kind="date", sort=("until_on", "pk"), width=124),
        Column(key="reason", label=gettext_lazy("理由"), sheet_only=True),
        Column(key="measure", label=gettext_lazy("补偿措施"), sheet_only=True),
        Column(key="asked_by", label=gettext_lazy("申请人"), sheet_only=True),
    )  # fmt: skip
    filterset_class = DeviationFilter
    search_fields = ("number", "duty__object_label", "reason", "measure")
    empty = Empty(
        gettext_lazy("没有偏离"),
        gettext_lazy("一时做不到的条款，由做的或查的单位在职责页上申请偏离，写明补偿措施和到期日。"),
        icon="route-alt-left",
    )

    def get_tabs(self, request: HttpRequest) -> Sequence[Tab]:
        del request
        return (
            Tab(key="held", label=gettext_lazy("有效"), where=Q(valid__contains=today())),
            Tab(key="asked", label=gettext_lazy("待批准"), where=Q(state=DeviationState.ASKED)),
            Tab(key="all", label=gettext_lazy("全部"), where=Q()),
        )

    def may(self, request: HttpRequest) -> bool:
        return access.may_list(request.scope)  # type: ignore[attr-defined]

    def get_rows(self, request: HttpRequest) -> QuerySet[Any]:
        return seen_by(request)


class DeviationPage(DetailPage):
    place = "deviation"
    stage = Stage.DUTY
    facts_title = gettext_lazy("偏离什么")

    def get_rows(self, request: HttpRequest) -> QuerySet[Any]:
        return seen_by(request)

    def get_title(self, request: HttpRequest, thing: Any) -> str:
        del request
        return _("偏离：%(duty)s") % {"duty": thing.duty}

    def get_subtitle(self, request: HttpRequest, thing: Any) -> str:
        del request
        return str(thing.number)

    def get_badges(self, request: HttpRequest, thing: Any) -> Sequence[SafeString]:
        del request
        return [state_html(thing.standing_on(today()))]

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        del request
        return [Crumb(_("职责"), reverse("duties:list")), Crumb(_("偏离"), reverse("duties:deviations")), Crumb(thing.number)]  # fmt: skip

    def get_next_step(self, request: HttpRequest, thing: Any) -> NextStep:
        scope = request.scope  # type: ignore[attr-defined]
        if thing.state == DeviationState.ASKED:
            if not access.may_decide_deviation(scope, thing):
                return NextStep(kind="wait", sentence=_("等待中心负责人批准"), reason=_("批准前仍按条款检查和考评。"))
            url = reverse("duties:decide_deviation", args=[thing.pk])
            return NextStep(
                sentence=_("等待您批准"),
                reason=_("批准后到 %(until)s，这个对象查出的不符合只记录，不开单、不扣分。")
                % {"until": thing.until_on},
                primary=Button(label=_("批准或不批准"), url=url, go=True, inline=True),
            )
        if thing.state == DeviationState.REFUSED:
            return NextStep(kind="done", sentence=_("没有批准"), reason=thing.decision, icon="circle-x")
        if thing.state == DeviationState.ENDED:
            return NextStep(kind="done", sentence=_("已提前终止，按条款执行"), reason=thing.ended_reason)
        if not thing.is_in_force(today()):
            return NextStep(kind="done", sentence=_("已到期，按条款执行"))
        end = Button(label=_("提前终止"), url=reverse("duties:end_deviation", args=[thing.pk]), inline=True)
        return NextStep(
            kind="wait",
            sentence=_("有效，到 %(until)s") % {"until": day(thing.until_on)},
            reason=_("检查时看补偿措施落实没有。"),
            secondary=end if access.may_end_deviation(scope, thing) else None,
        )

    def get_facts(self, request: HttpRequest, thing: Any) -> list[Fact]:
        del request
        duty, asked = thing.duty, f"{thing.asked_by.name} {long_day(thing.asked_at)}"
        facts = [
            Fact(_("要求"), duty.requirement.sentence, duty.requirement.clause.get_absolute_url()),
            Fact(_("对象"), duty.object_label, duty.get_absolute_url()),
            Fact(_("谁做"), duty.doer or _("没人做")),
            Fact(_("谁查"), duty.checker or _("没人查")),
            Fact(_("为什么"), thing.reason),
            Fact(_("补偿措施"), thing.measure),
            Fact(_("到期日"), long_day(thing.until_on)),
            Fact(_("申请"), asked),
        ]
        if thing.decided_by is not None:
            facts.append(Fact(_("批准"), f"{thing.decided_by.name} {long_day(thing.decided_at)}", hint=thing.decision))
        return facts

    def get_history(self, request: HttpRequest, thing: Any) -> list[HistoryLine]:
        del request
        return history_lines(thing)


class AskPage(ActionPage):
    title = gettext_lazy("申请偏离")
    verb = gettext_lazy("申请")
    form_class = AskDeviationForm

    def get_object(self, request: HttpRequest) -> Any:
        return DutyPage.visible(request, self.kwargs["pk"])

    def may_act(self, request: HttpRequest, thing: Duty) -> bool:
        requirement = thing.requirement
        is_barred = why_not(severity=requirement.severity, nature=requirement.edition.nature)
        return not is_barred and access.may_ask_deviation(request.scope, thing)  # type: ignore[attr-defined]

    def get_context(self, request: HttpRequest, thing: Duty, form: Any) -> dict[str, Any]:
        del request
        form.fields["until"].widget.attrs["max"] = last_day_allowed(today()).isoformat()
        what = _("批准后，这个对象在到期前查出的不符合只记录，不开单、不扣分；考评表和分析报告上看得见。")
        return {"explain": f"{thing.requirement.sentence} —— {what}"}

    def perform(self, request: HttpRequest, thing: Duty, form: Any) -> Deviation:
        return actions.ask_deviation(duty=thing, by=request.user, at=now(), **form.cleaned_data)  # type: ignore[arg-type]

    def get_success_url(self, request: HttpRequest, thing: Duty, result: Deviation) -> str:
        del request, thing
        return result.get_absolute_url()


class OnDeviation(ActionPage):
    detail_page = DeviationPage

    def get_object(self, request: HttpRequest) -> Any:
        return DeviationPage.visible(request, self.kwargs["pk"])


class DecidePage(OnDeviation):
    title = gettext_lazy("批准偏离")
    verb = gettext_lazy("确定")
    explain = gettext_lazy("批准等于在到期前接受补偿措施。三个偏离落在同一条款上，会自动提出修订。")
    form_class = DecideDeviationForm

    def may_act(self, request: HttpRequest, thing: Deviation) -> bool:
        return access.may_decide_deviation(request.scope, thing)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Deviation, form: Any) -> Deviation:
        given = form.cleaned_data
        return actions.decide_deviation(
            deviation=thing, is_approved=given["verdict"] == "approve", decision=given["decision"],
            by=request.user, at=now(),  # type: ignore[arg-type]
        )  # fmt: skip


class EndPage(OnDeviation):
    title = gettext_lazy("提前终止偏离")
    verb = gettext_lazy("终止")
    explain = gettext_lazy("明天起按条款检查和考评。")
    form_class = ReasonForm

    def may_act(self, request: HttpRequest, thing: Deviation) -> bool:
        return access.may_end_deviation(request.scope, thing)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Deviation, form: Any) -> Deviation:
        reason = form.cleaned_data["reason"]
        return actions.end_deviation(deviation=thing, reason=reason, by=request.user, at=now())  # type: ignore[arg-type]
