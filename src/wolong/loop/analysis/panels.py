"""What analysis adds to other pages: menu, states, to-dos, the bead of a sheet."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.ground.pages.registries import menu, states, thread, todos
from wolong.ground.pages.registries.thread import Bead, Stage
from wolong.ground.pages.registries.todos import Todo
from wolong.ground.workdays.queries import today
from wolong.loop.analysis import access, queries
from wolong.loop.analysis.models import Report
from wolong.loop.analysis.states import ReportState


def todos_of(request: HttpRequest) -> Iterator[Todo]:
    """Problems that want an answer or an act, and reports that may be issued."""
    scope = request.scope  # type: ignore[attr-defined]
    if not scope.has(*access.WRITERS, *access.ISSUERS):
        return
    waiting = Count("problems", filter=Q(problems__order=None, problems__proposal=None))
    rows = Report.objects.filter(queries.visible_to(scope), state=ReportState.DRAFT).annotate(waiting=waiting)
    for report in rows.select_related("area__centre"):
        if report.waiting and access.may_write(scope, report):
            yield Todo(
                due=report.last_on,
                sentence=_("问清 {} 的突出问题为什么"),
                strong=str(report),
                context=_("%(area)s · %(n)d 个问题还没有整改或提案") % {"area": report.area, "n": report.waiting},
                verb=_("去回答"),
                url=report.get_absolute_url(),
            )
        elif not report.waiting and access.may_issue(scope, report) and today() > report.last_on:
            yield Todo(
                due=report.last_on,
                sentence=_("印发 {} 分析报告"),
                strong=str(report),
                context=str(report.area),
                verb=_("去印发"),
                url=report.get_absolute_url(),
            )


def bead_of_report(request: HttpRequest, report: Report) -> Bead:
    del request
    return Bead("done", report.get_state_display(), str(report), report.get_absolute_url())


def register() -> None:
    menu.register(
        menu.MenuEntry(
            section=menu.Section.LOOP,
            order=80,
            label=gettext_lazy("分析"),
            url_name="analysis:list",
            icon="chart-bar",
            key="f",
            may=lambda request: access.may_list(request.scope),  # type: ignore[attr-defined]
        )
    )
    states.register(ReportState, {ReportState.DRAFT: ("run", "pencil"), ReportState.ISSUED: ("ok", "circle-check")})
    todos.register(todos_of)
    thread.register(Stage.ANALYSIS, bead_of_report, subject=Report)
