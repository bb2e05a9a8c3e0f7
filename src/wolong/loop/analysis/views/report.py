"""The half-year report: what came of the last one first, then figures that open their lists, then why."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.ground.ledger.queries import history_lines
from wolong.ground.pages.badges import state_html
from wolong.ground.pages.dates import day, long_day
from wolong.ground.pages.generic import (
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
from wolong.ground.workdays.queries import today
from wolong.loop.analysis import access, queries
from wolong.loop.analysis.models import Report
from wolong.loop.analysis.states import ReportState
from wolong.loop.analysis.views.figures import report_context

MOST_LINES = 10


class ReportList(ListPage):
    title = gettext_lazy("半年分析")
    unit = gettext_lazy("份报告")
    default_sort = ("-first_on", "area__code")
    columns = (
        Column(key="half", label=gettext_lazy("半年"), value=str, kind="link", sort=("first_on", "pk")),
        Column(key="area", label=gettext_lazy("办公区"), sort=("area__code", "pk"), width=200),
        Column(key="problems", label=gettext_lazy("突出问题"), value="count", kind="number", width=112),
        Column(key="state", label=gettext_lazy("状态"), value=lambda one: ReportState(one.state), kind="state",
               sort=("state", "pk"), width=116, export_value=lambda one: one.get_state_display()),
        Column(key="issued_at", label=gettext_lazy("印发"), kind="date", sort="issued_at", width=112),
    )  # fmt: skip
    tabs = (
        Tab(key="all", label=gettext_lazy("全部"), where=Q()),
        Tab(key="draft", label=gettext_lazy("编写中"), where=Q(state=ReportState.DRAFT)),
    )
    empty = Empty(gettext_lazy("还没有分析报告"), gettext_lazy("从一个半年开始写，数字由记录算出。"), icon="chart-bar")

    def may(self, request: HttpRequest) -> bool:
        return access.may_list(request.scope)  # type: ignore[attr-defined]

    def get_rows(self, request: HttpRequest) -> QuerySet[Report]:
        rows = Report.objects.filter(queries.visible_to(request.scope))  # type: ignore[attr-defined]
        return rows.select_related("area").annotate(count=Count("problems"))

    def get_buttons(self, request: HttpRequest) -> list[Button]:
        if not request.scope.has(*access.WRITERS):  # type: ignore[attr-defined]
            return []
        return [Button(label=_("写一份报告"), url=reverse("analysis:make"), icon="plus", go=True)]


class ReportPage(DetailPage):
    place = "report"
    stage = Stage.ANALYSIS
    left_template_name = "analysis/_report_left.html"

    shown = staticmethod(queries.with_page)

    def get_where(self, request: HttpRequest) -> Q:
        return queries.visible_to(request.scope)  # type: ignore[attr-defined]

    def get_title(self, request: HttpRequest, thing: Report) -> str:
        del request
        return _("%(area)s %(half)s分析") % {"area": thing.area, "half": thing}

    def get_badges(self, request: HttpRequest, thing: Report) -> Sequence[SafeString]:
        del request
        return [state_html(ReportState(thing.state))]

    def get_subtitle(self, request: HttpRequest, thing: Report) -> str:
        del request
        return f"{thing.first_on:%Y-%m-%d} 至 {thing.last_on:%Y-%m-%d}"

    def get_crumbs(self, request: HttpRequest, thing: Report) -> list[Crumb]:
        del request
        return [Crumb(_("分析"), reverse("analysis:list")), Crumb(str(thing))]

    def get_buttons(self, request: HttpRequest, thing: Report) -> list[Button]:
        buttons = [
            Button(label=_("打印报告"), url=reverse("analysis:paper", args=[thing.pk]), icon="printer"),
            Button(label=_("导出 Word"), url=reverse("analysis:word", args=[thing.pk]), icon="file-type-docx"),
        ]
        if access.may_write(request.scope, thing):  # type: ignore[attr-defined]
            compute = reverse("analysis:compute", args=[thing.pk])
            buttons.append(Button(label=_("重新计算"), url=compute, icon="refresh", post=True))
            url = reverse("analysis:comment", args=[thing.pk])
            buttons.append(Button(label=_("写评语"), url=url, icon="pencil", inline=True))
        return buttons

    def problems(self, thing: Report) -> list[Any]:
        if not hasattr(self, "_problems"):
            self._problems = queries.acts_of(thing)
        return self._problems

    def get_next_step(self, request: HttpRequest, thing: Report) -> NextStep:
        scope = request.scope  # type: ignore[attr-defined]
        if thing.state == ReportState.ISSUED:
            who = thing.issued_by.name if thing.issued_by else ""
            sentence = _("已印发，数字不再变动")
            return NextStep(kind="done", sentence=sentence, reason=f"{who} {day(thing.issued_at)}")
        waiting = [one for one in self.problems(thing) if one.order is None and one.proposal is None]
        if waiting:
            first = waiting[0]
            words = _("还有 %(n)d 个突出问题要问为什么") % {"n": len(waiting)}
            if not access.may_write(scope, thing):
                return NextStep(kind="wait", sentence=words)
            return NextStep(sentence=words, reason=first.label, primary=_act(first))
        if today() <= thing.last_on:
            sentence = _("等到 %(day)s 半年结束后印发") % {"day": day(thing.last_on)}
            return NextStep(kind="wait", sentence=sentence, reason=_("现在的数字截至今天。"))
        if not access.may_issue(scope, thing):
            return NextStep(kind="wait", sentence=_("等待服务中心负责人或局领导印发"))
        url, ask = reverse("analysis:issue", args=[thing.pk]), _("印发后数字不再变动，确定印发？")
        return NextStep(
            sentence=_("等待您印发"),
            reason=_("%(who)s编写。") % {"who": thing.made_by.name},
            primary=Button(label=_("印发"), url=url, go=True, post=True, confirm=ask),
        )

    def get_facts(self, request: HttpRequest, thing: Report) -> list[Fact]:
        del request
        facts = [Fact(_("编写"), f"{thing.made_by.name} {long_day(thing.made_at)}")]
        if thing.issued_by:
            facts.append(Fact(_("印发"), f"{thing.issued_by.name} {long_day(thing.issued_at)}"))
        return facts

    def get_history(self, request: HttpRequest, thing: Report) -> list[HistoryLine]:
        del request
        return history_lines(thing, most=MOST_LINES)

    @cached_property
    def today(self) -> Any:
        return today()

    def get_context(self, request: HttpRequest, thing: Report) -> dict[str, Any]:
        return {**report_context(thing), "problems": self.problems(thing),
                "may_write": access.may_write(request.scope, thing)}  # type: ignore[attr-defined]  # fmt: skip


def _act(problem: Any) -> Button:
    """Answer why, then open the act that the answer asks for."""
    if not problem.why:
        return Button(label=_("回答为什么"), url=reverse("analysis:why", args=[problem.pk]), go=True)
    name = "propose" if problem.why == "clause" else "order"
    label = _("提出修订") if name == "propose" else _("开系统性整改单")
    return Button(label=label, url=reverse(f"analysis:{name}", args=[problem.pk]), go=True)
