"""Desk pages: the list of rounds, a visit with what was seen, the form on paper."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.ground.files.models import Evidence
from wolong.ground.ledger.queries import history_lines
from wolong.ground.pages.badges import state_html
from wolong.ground.pages.generic import (
    Button,
    Crumb,
    DetailPage,
    Empty,
    Fact,
    HistoryLine,
    ListPage,
    SignedIn,
    Tab,
)
from wolong.ground.pages.registries import thread
from wolong.ground.workdays.queries import today
from wolong.loop.fieldwork import access
from wolong.loop.fieldwork.models import Visit
from wolong.loop.fieldwork.papers import record_pdf
from wolong.loop.fieldwork.queries.flags import flags_of
from wolong.loop.fieldwork.states import Verdict
from wolong.loop.fieldwork.tables import COLUMNS, RoundFilter
from wolong.loop.plans.models import Round
from wolong.loop.plans.states import OPEN_ROUNDS, RoundState


class RoundList(ListPage):
    title = gettext_lazy("巡查")
    unit = gettext_lazy("次")
    columns = COLUMNS
    filterset_class = RoundFilter
    search_fields = ("name", "number", "inspector__name")
    default_sort = ("due_on", "number")
    tabs = (
        Tab(key="open", label=gettext_lazy("待巡查"), where=Q(state__in=OPEN_ROUNDS)),
        Tab(key="mine", label=gettext_lazy("我的"), where=lambda request: Q(inspector_id=request.user.pk)),
        Tab(
            key="late", label=gettext_lazy("逾期"), where=lambda _request: Q(state__in=OPEN_ROUNDS, due_on__lt=today())
        ),
        Tab(key="done", label=gettext_lazy("已完成"), where=Q(state=RoundState.DONE)),
        Tab(key="all", label=gettext_lazy("全部"), where=Q()),
    )
    empty = Empty(gettext_lazy("没有巡查"), gettext_lazy("月计划编排后，巡查会到这里。"))

    def may(self, request: HttpRequest) -> bool:
        return access.may_see_visits(request.scope)  # type: ignore[attr-defined]

    def get_rows(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Round.objects.visible_to(request.scope)  # type: ignore[attr-defined]
        return rows.select_related("inspector").with_progress()

    def get_buttons(self, request: HttpRequest) -> list[Button]:
        del request
        return [Button(label=_("手机巡查"), url=reverse("fieldwork:today"), icon="device-mobile")]


class VisitPage(DetailPage):
    place = "visit"
    stage = thread.Stage.FIELDWORK
    left_template_name = "fieldwork/_visit_left.html"

    def may(self, request: HttpRequest) -> bool:
        return access.may_see_visits(request.scope)  # type: ignore[attr-defined]

    def get_rows(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Visit.objects.visible_to(request.scope)  # type: ignore[attr-defined]
        return rows.select_related("round__area__centre", "round__plan", "inspector")

    def get_title(self, request: HttpRequest, thing: Visit) -> str:
        del request
        return thing.round.name

    def get_subtitle(self, request: HttpRequest, thing: Visit) -> str:
        del request
        return _("巡查记录 %(number)s") % {"number": thing.round.number}

    def get_badges(self, request: HttpRequest, thing: Visit) -> Sequence[SafeString]:
        del request
        return [state_html(thing.state, thing)]

    def get_crumbs(self, request: HttpRequest, thing: Visit) -> list[Crumb]:
        del request
        return [Crumb(_("巡查"), reverse("fieldwork:list")), Crumb(thing.round.number)]

    def get_buttons(self, request: HttpRequest, thing: Visit) -> list[Button]:
        del request
        return [
            Button(label=_("打印巡查记录表"), url=reverse("fieldwork:record", args=[thing.round_id]), icon="printer"),
            Button(label=_("看计划"), url=thing.round.get_absolute_url(), icon="calendar"),
        ]

    def get_facts(self, request: HttpRequest, thing: Visit) -> list[Fact]:
        del request
        start = timezone.localtime(thing.started_at)
        facts = [Fact(_("巡查员"), thing.inspector.name), Fact(_("到场"), f"{start:%m-%d %H:%M}")]
        if thing.submitted_at is not None:
            end = timezone.localtime(thing.submitted_at)
            facts.append(Fact(_("提交"), f"{end:%m-%d %H:%M}"))
            word = _("无人陪同")
            if thing.companion_agrees is not None:
                word = _("认可") if thing.companion_agrees else _("有意见")
            who = " · ".join(part for part in (thing.companion_name, thing.companion_unit, word) if part)
            facts.append(Fact(_("陪同确认"), who, hint=thing.companion_remark))
        return facts

    def get_history(self, request: HttpRequest, thing: Visit) -> Sequence[HistoryLine]:
        del request
        return history_lines(thing)

    def get_context(self, request: HttpRequest, thing: Visit) -> dict[str, Any]:
        rows = list(
            thing.observations.select_related(
                "item__requirement__clause__edition__standard", "item__duty", "item__place"
            )
            .prefetch_related(Prefetch("evidence", Evidence.objects.order_by("pk")))
            .order_by("item__position")
        )
        # Exceptions first: what failed, what was not looked at, then the rest as it was walked.
        rank = {Verdict.FAILS: 0, Verdict.NOT_CHECKED: 1, Verdict.NOT_APPLICABLE: 2}
        rows.sort(key=lambda row: rank.get(Verdict(row.verdict), 3))
        may_read = access.may_read_flags(request.scope, thing.round)  # type: ignore[attr-defined]
        counts = [(verdict, sum(row.verdict == verdict for row in rows)) for verdict in Verdict]
        return {"observations": rows, "counts": counts, "flags": flags_of(thing) if may_read else []}


class RecordPdf(SignedIn):
    """巡查记录表."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = Round.objects.visible_to(request.scope).select_related("area__centre", "inspector")  # type: ignore[attr-defined]
        found = rows.filter(pk=pk).first()
        if found is None:
            raise Http404
        link = request.build_absolute_uri(found.get_absolute_url())
        pdf = record_pdf(found, link=link, printed_by=str(request.user))
        headers = {"Content-Disposition": f'inline; filename="{found.number}.pdf"'}
        return HttpResponse(pdf, content_type="application/pdf", headers=headers)
