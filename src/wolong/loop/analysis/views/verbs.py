"""A page for each verb on a report and its problems."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.estate.contracts.models import ServiceLine
from wolong.estate.places.models import OfficeArea
from wolong.ground.pages.generic import ActionPage
from wolong.ground.people.models import Organization
from wolong.ground.workdays.queries import now, today
from wolong.loop.analysis import access, actions, queries
from wolong.loop.analysis.forms import CommentForm, MakeForm, OrderForm, ProposeForm, WhyForm
from wolong.loop.analysis.models import Problem, Report
from wolong.loop.analysis.rules.halves import half_before, half_of, half_words
from wolong.loop.analysis.states import Why
from wolong.loop.analysis.views.report import ReportPage


class MakePage(ActionPage):
    title = gettext_lazy("写一份半年分析")
    verb = gettext_lazy("开始")
    explain = gettext_lazy("数字由记录算出；常不合格、A 级和重复的条款要逐条问为什么。")
    form_class = MakeForm

    def may_act(self, request: HttpRequest, thing: Any) -> bool:
        del thing
        return request.scope.has(*access.WRITERS)  # type: ignore[attr-defined,no-any-return]

    def get_form_kwargs(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        del thing
        this, _last = half_of(today())
        before, _end = half_before(this)
        areas = OfficeArea.objects.filter(request.scope.areas("centre")).select_related("centre")  # type: ignore[attr-defined]
        return {"areas": areas, "halves": [(first, half_words(first)) for first in (this, before)]}

    def get_initial(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        del thing
        return {"area": request.session.get("area")}

    def perform(self, request: HttpRequest, thing: Any, form: MakeForm) -> Report:
        del thing
        return actions.make_report(**form.cleaned_data, by=request.user, at=now())  # type: ignore[arg-type]

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        del request, thing
        return reverse("analysis:list")


class Verb(ActionPage):
    detail_page = ReportPage

    def get_object(self, request: HttpRequest) -> Report:
        found: Report = ReportPage.visible(request, self.kwargs["pk"])
        return found


class CommentPage(Verb):
    title = gettext_lazy("写评语")
    verb = gettext_lazy("存下")
    form_class = CommentForm

    def may_act(self, request: HttpRequest, thing: Report) -> bool:
        return access.may_write(request.scope, thing)  # type: ignore[attr-defined]

    def get_initial(self, request: HttpRequest, thing: Report) -> dict[str, Any]:
        del request
        return {"text": thing.comment}

    def perform(self, request: HttpRequest, thing: Report, form: CommentForm) -> Report:
        return actions.comment(report=thing, text=form.cleaned_data["text"], by=request.user, at=now())  # type: ignore[arg-type]


class ComputePage(Verb):
    title = gettext_lazy("重新计算")
    verb = gettext_lazy("重新计算")

    def may_act(self, request: HttpRequest, thing: Report) -> bool:
        return access.may_write(request.scope, thing)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Report, form: Any) -> Report:
        del request, form
        return actions.compute_report(report=thing, at=now())


class IssuePage(Verb):
    title = gettext_lazy("印发报告")
    verb = gettext_lazy("印发")
    explain = gettext_lazy("印发后数字不再变动。")

    def may_act(self, request: HttpRequest, thing: Report) -> bool:
        """An issued one is answered by the action, in words."""
        scope = request.scope  # type: ignore[attr-defined]
        return bool(scope.has(*access.ISSUERS, at=thing.area.centre)) and thing.made_by_id != request.user.pk

    def perform(self, request: HttpRequest, thing: Report, form: Any) -> Report:
        del form
        return actions.issue_report(report=thing, by=request.user, at=now())  # type: ignore[arg-type]


class OnProblem(ActionPage):
    def get_object(self, request: HttpRequest) -> Problem:
        seen = Report.objects.filter(queries.visible_to(request.scope))  # type: ignore[attr-defined]
        rows = Problem.objects.filter(report__in=seen).select_related("report__area__centre", "standard")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def may_act(self, request: HttpRequest, thing: Problem) -> bool:
        return access.may_write_at(request.scope, thing.report.area)  # type: ignore[attr-defined]

    def get_context(self, request: HttpRequest, thing: Problem, form: Any) -> dict[str, Any]:
        del request, form
        said = f"。{thing.get_why_display()}：{thing.remark}" if thing.why else ""
        words = _("%(label)s，%(n)d 次不合格：%(sentence)s") % {
            "label": thing.label, "n": thing.failures, "sentence": thing.sentence.rstrip("。")}  # fmt: skip
        return {"explain": f"{words}{said}"}

    def get_success_url(self, request: HttpRequest, thing: Problem, result: Any) -> str:
        del request, result
        return thing.report.get_absolute_url()

    def get_cancel_url(self, request: HttpRequest, thing: Problem) -> str:
        del request
        return thing.report.get_absolute_url()


class WhyPage(OnProblem):
    title = gettext_lazy("为什么？")
    verb = gettext_lazy("存下")
    form_class = WhyForm

    def get_initial(self, request: HttpRequest, thing: Problem) -> dict[str, Any]:
        del request
        return {"why": thing.why, "remark": thing.remark}

    def perform(self, request: HttpRequest, thing: Problem, form: WhyForm) -> Problem:
        return actions.answer_why(problem=thing, **form.cleaned_data, by=request.user, at=now())  # type: ignore[arg-type]

    def get_success_url(self, request: HttpRequest, thing: Problem, result: Problem) -> str:
        """On to the act that the answer opens."""
        del request, thing
        name = "propose" if result.why == Why.CLAUSE else "order"
        return reverse(f"analysis:{name}", args=[result.pk])


class OrderPage(OnProblem):
    title = gettext_lazy("开系统性整改单")
    verb = gettext_lazy("签发")
    form_class = OrderForm

    def get_form_kwargs(self, request: HttpRequest, thing: Problem) -> dict[str, Any]:
        del request
        return {"units": units_of(thing.report.area)}

    def perform(self, request: HttpRequest, thing: Problem, form: OrderForm) -> Any:
        return actions.order_from_problem(problem=thing, **form.cleaned_data, by=request.user, at=now())  # type: ignore[arg-type]


def units_of(area: OfficeArea) -> QuerySet[Organization]:
    """The companies with a line in the area, and the centre with its sections."""
    performers = ServiceLine.objects.filter(area=area).values("performer")
    within = Q(path__startswith=area.centre.path or "?")
    return Organization.objects.filter(Q(pk__in=performers) | within).order_by("kind", "path")


class ProposePage(OnProblem):
    title = gettext_lazy("提出修订")
    verb = gettext_lazy("提出")
    form_class = ProposeForm

    def perform(self, request: HttpRequest, thing: Problem, form: ProposeForm) -> Any:
        return actions.propose_from_problem(problem=thing, **form.cleaned_data, by=request.user, at=now())  # type: ignore[arg-type]
