"""A page for each verb on a sheet: state, confirm, answer."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from wolong.ground.pages.generic import ActionPage
from wolong.ground.workdays.queries import now
from wolong.loop.appraisal import access, actions, queries
from wolong.loop.appraisal.forms import DecideForm, StateForm
from wolong.loop.appraisal.models import Sheet, Statement
from wolong.loop.appraisal.views.sheet import SheetPage
from wolong.loop.findings.models import Finding


class Verb(ActionPage):
    """A verb on a sheet that this person sees; 404 for any other, whether it exists or not."""

    detail_page = SheetPage

    def get_object(self, request: HttpRequest) -> Sheet:
        found: Sheet = SheetPage.visible(request, self.kwargs["pk"])
        return found

    def may_act(self, request: HttpRequest, thing: Sheet) -> bool:
        """Who is not of the unit is forbidden; that the time is over is said by the action, in words."""
        return access.is_of_sheet(request.scope, thing)  # type: ignore[attr-defined]


class StatePage(Verb):
    title = gettext_lazy("陈述")
    verb = gettext_lazy("提交陈述")
    explain = gettext_lazy("由服务中心负责人答复；采纳的问题不再扣分，留下记录。")
    form_class = StateForm

    def get_form_kwargs(self, request: HttpRequest, thing: Sheet) -> dict[str, Any]:
        del request
        return {"findings": findings_on(thing)}

    def perform(self, request: HttpRequest, thing: Sheet, form: StateForm) -> Statement:
        return actions.state_case(sheet=thing, **form.cleaned_data, by=request.user, at=now())  # type: ignore[arg-type]

    def get_success_url(self, request: HttpRequest, thing: Sheet, result: Statement) -> str:
        del request, result
        return thing.get_absolute_url()


def findings_on(sheet: Sheet) -> QuerySet[Finding]:
    """The findings of the frozen sheet that nobody spoke of yet."""
    frozen = queries.latest(sheet)
    chapters = frozen.inputs["chapters"] if frozen else []
    ids = [one["id"] for chapter in chapters for one in chapter["findings"]]
    return Finding.objects.filter(pk__in=ids).exclude(statements__sheet=sheet).order_by("found_at")


class ConfirmPage(Verb):
    title = gettext_lazy("确认考评结果")
    verb = gettext_lazy("确认结果")

    def perform(self, request: HttpRequest, thing: Sheet, form: Any) -> Sheet:
        del form
        return actions.confirm_sheet(sheet=thing, by=request.user, at=now())  # type: ignore[arg-type]


class DecidePage(ActionPage):
    title = gettext_lazy("答复陈述")
    verb = gettext_lazy("答复")
    form_class = DecideForm

    def get_object(self, request: HttpRequest) -> Statement:
        seen = queries.with_page().filter(queries.visible_to(request.scope))  # type: ignore[attr-defined]
        rows = Statement.objects.filter(sheet__in=seen).select_related("sheet__period__area__centre", "finding")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def may_act(self, request: HttpRequest, thing: Statement) -> bool:
        return access.is_chair(request.scope, thing.sheet.period.area)  # type: ignore[attr-defined]

    def get_context(self, request: HttpRequest, thing: Statement, form: Any) -> dict[str, Any]:
        del request, form
        about = f"{thing.finding.number} {thing.finding.title}：" if thing.finding else ""
        return {"explain": f"{about}{thing.text}"}

    def perform(self, request: HttpRequest, thing: Statement, form: DecideForm) -> Statement:
        given = form.cleaned_data
        return actions.decide_statement(
            statement=thing,
            is_upheld=given["verdict"] == "uphold",
            reply=given["reply"],
            by=request.user,  # type: ignore[arg-type]
            at=now(),
        )

    def get_success_url(self, request: HttpRequest, thing: Statement, result: Statement) -> str:
        del request, result
        return thing.sheet.get_absolute_url()

    def get_cancel_url(self, request: HttpRequest, thing: Statement) -> str:
        del request
        return thing.sheet.get_absolute_url()
