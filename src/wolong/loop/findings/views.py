"""The finding list, one finding, and its two verbs."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.ground.pages.badges import badge_html, severity_html, state_html
from wolong.ground.pages.generic import (
    ActionPage,
    BulkAction,
    Button,
    Crumb,
    DetailPage,
    Empty,
    Fact,
    History,
    ListPage,
    NextStep,
    Tab,
)
from wolong.ground.pages.registries.thread import Stage as Bead
from wolong.ground.workdays.queries import now, today
from wolong.loop.findings import access, actions, case, queries, registries
from wolong.loop.findings.forms import QUIET, AssignForm, FindingFilter, WithdrawForm
from wolong.loop.findings.models import Finding
from wolong.loop.findings.states import Stage
from wolong.loop.findings.tables import COLUMNS
from wolong.norms.standards.models import Requirement

TABS = (
    Tab(key="open", label=gettext_lazy("未闭环"), where=queries.is_open()),
    Tab(key="week", label=gettext_lazy("本周到期"), where=lambda _request: queries.due_this_week(today())),
    Tab(key="mine", label=gettext_lazy("我发现的"), where=lambda request: Q(found_by=request.user.pk)),
    Tab(key="repeated", label=gettext_lazy("重复出现"), where=Q(repeat_of__isnull=False) & queries.is_open()),
    Tab(key="all", label=gettext_lazy("全部"), where=Q()),
)


class FindingList(ListPage):
    title = gettext_lazy("问题")
    unit = gettext_lazy("个")
    columns = COLUMNS
    filterset_class = FindingFilter
    search_fields = ("title", "number", "clause_label", "place__full_name")
    default_sort = ("due_on", "severity", "-found_at")
    empty = Empty(gettext_lazy("没有问题"), gettext_lazy("巡查提交后，不符合的检查项会成为问题，出现在这里。"))

    def may(self, request: HttpRequest) -> bool:
        return access.may_list(request.scope)  # type: ignore[attr-defined]

    def get_rows(self, request: HttpRequest) -> QuerySet[Finding]:
        rows = Finding.objects.filter(queries.visible_to(request.scope))  # type: ignore[attr-defined]
        if request.method == "POST" or "export" in request.GET:
            return rows.select_related("place", "requirement__clause", "responsible", "line", "found_by")
        # Fifty rows are sorted out first and joined then: joining all that match costs most of the page.
        clauses = Requirement.objects.select_related("clause").only("clause__number", "clause__edition")
        return rows.prefetch_related("place", "responsible", Prefetch("requirement", clauses))

    def get_tabs(self, request: HttpRequest) -> Sequence[Tab]:
        """A company finds nothing by itself."""
        inside = request.scope.is_inside  # type: ignore[attr-defined]
        return [tab for tab in TABS if inside or tab.key != "mine"]

    @property
    def bulk_actions(self) -> Sequence[BulkAction]:  # type: ignore[override]
        return registries.bulk_actions

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        kept = ("q", "sort", "tab", *QUIET)
        return {"filter_kept": [(key, value) for key, value in request.GET.items() if key in kept]}


class FindingPage(DetailPage):
    place = "finding"
    stage = Bead.FINDING
    left_template_name = "findings/_finding_left.html"

    def get_rows(self, request: HttpRequest) -> QuerySet[Finding]:
        return Finding.objects.filter(queries.visible_to(request.scope))  # type: ignore[attr-defined]

    def get_object(self, request: HttpRequest) -> Finding:
        found = queries.for_page(self.kwargs["pk"], queries.visible_to(request.scope))  # type: ignore[attr-defined]
        if found is None:
            raise Http404
        return found

    def get_title(self, request: HttpRequest, thing: Finding) -> str:
        del request
        return thing.title

    def get_crumbs(self, request: HttpRequest, thing: Finding) -> list[Crumb]:
        del request
        return [Crumb(_("问题"), reverse("findings:list")), Crumb(thing.number)]

    def get_badges(self, request: HttpRequest, thing: Finding) -> Sequence[SafeString]:
        del request
        badges = [state_html(Stage(thing.stage)), severity_html(thing.severity)]
        if thing.repeat_of_id is not None:
            badges.append(badge_html(_("重复出现"), "warn", "repeat"))
        if thing.responsible_id is None:
            badges.append(badge_html(_("没有责任单位"), "warn", "user-question"))
        return badges

    def get_subtitle(self, request: HttpRequest, thing: Finding) -> str:
        del request
        return thing.number

    def get_buttons(self, request: HttpRequest, thing: Finding) -> list[Button]:
        if not access.may_withdraw(request.scope, thing):  # type: ignore[attr-defined]
            return []
        return [
            Button(
                label=_("撤销问题"),
                url=reverse("findings:withdraw", args=[thing.pk]),
                icon="arrow-back-up",
                inline=True,
            )
        ]

    def get_next_step(self, request: HttpRequest, thing: Finding) -> NextStep | None:
        if thing.stage == Stage.WITHDRAWN:
            who = thing.withdrawn_by.name if thing.withdrawn_by else ""
            reason = _("%(who)s撤销：%(why)s") % {"who": who, "why": thing.withdrawn_reason}
            return NextStep(kind="done", sentence=_("这个问题已撤销，不计扣分"), reason=reason, icon="arrow-back-up")
        if thing.stage == Stage.NOTED:
            return NextStep(kind="done", sentence=_("观察项，只作记录"), reason=_("不下发整改通知单，也不扣分。"))
        if thing.responsible_id is None and thing.stage == Stage.OPEN:
            return self._unassigned(request, thing)
        return registries.next_step(request, thing)

    def _unassigned(self, request: HttpRequest, thing: Finding) -> NextStep:
        reason = _("这条职责没有人承担，指定之后才能下发整改通知单。")
        if not access.may_assign(request.scope, thing):  # type: ignore[attr-defined]
            unit = thing.supervisor or thing.area.centre
            return NextStep(kind="wait", sentence=_("等待%(unit)s指定责任单位") % {"unit": unit}, reason=reason)
        button = Button(label=_("指定责任单位"), url=reverse("findings:assign", args=[thing.pk]), go=True, inline=True)
        return NextStep(sentence=_("等待您指定责任单位"), reason=reason, primary=button)

    def get_facts(self, request: HttpRequest, thing: Finding) -> list[Fact]:
        del request, thing
        return []

    def get_history(self, request: HttpRequest, thing: Finding) -> History:
        del request
        return History(case.history_lines(case.trail(thing, *registries.subjects(thing))))

    def get_context(self, request: HttpRequest, thing: Finding) -> dict[str, Any]:
        before, _after = case.photos_of(thing)
        return {"case": case.case_of(thing), "case_facts": case.facts_of(request, thing), "photos": before}


class _Verb(ActionPage):
    detail_page = FindingPage

    def get_object(self, request: HttpRequest) -> Finding:
        found: Finding = FindingPage.visible(request, self.kwargs["pk"])
        return found


class WithdrawPage(_Verb):
    title = gettext_lazy("撤销问题")
    verb = gettext_lazy("撤销")
    danger = True
    form_class = WithdrawForm

    def may_act(self, request: HttpRequest, thing: Finding) -> bool:
        return access.may_withdraw(request.scope, thing)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Finding, form: WithdrawForm) -> Finding:
        return actions.withdraw_finding(
            finding=thing,
            reason=form.cleaned_data["reason"],
            by=request.user,  # type: ignore[arg-type]
            at=now(),
        )


class AssignPage(_Verb):
    title = gettext_lazy("指定责任单位")
    verb = gettext_lazy("指定")
    explain = gettext_lazy("指定之后，才能向这个单位下发整改通知单。")
    form_class = AssignForm

    def get_form_kwargs(self, request: HttpRequest, thing: Finding) -> dict[str, Any]:
        del request
        return {"finding": thing}

    def may_act(self, request: HttpRequest, thing: Finding) -> bool:
        return access.may_assign(request.scope, thing)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Finding, form: AssignForm) -> Finding:
        return actions.assign_finding(
            finding=thing,
            responsible=form.cleaned_data["responsible"],
            by=request.user,  # type: ignore[arg-type]
            at=now(),
        )
