"""A quarter of one area: its sheets side by side, and the chair's verbs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.estate.places.models import OfficeArea
from wolong.ground.ledger.queries import history_lines
from wolong.ground.pages.badges import state_html
from wolong.ground.pages.dates import long_day
from wolong.ground.pages.generic import ActionPage, Crumb, DetailPage, Fact, HistoryLine, NextStep
from wolong.ground.people.states import Role
from wolong.ground.workdays.queries import now, today
from wolong.loop.appraisal import access, actions, queries, steps
from wolong.loop.appraisal.figures import score_words
from wolong.loop.appraisal.forms import OpenForm
from wolong.loop.appraisal.models import Period
from wolong.loop.appraisal.rules.quarters import quarters_before
from wolong.loop.appraisal.states import PeriodState

QUARTERS = 5


class PeriodPage(DetailPage):
    place = "period"
    left_template_name = "appraisal/_period_left.html"

    def may(self, request: HttpRequest) -> bool:
        return request.scope.is_inside  # type: ignore[attr-defined,no-any-return]

    def get_rows(self, request: HttpRequest) -> QuerySet[Period]:
        rows = Period.objects.select_related("area__centre", "opened_by", "presented_by", "closed_by")
        return rows.filter(request.scope.areas("area__centre"))  # type: ignore[attr-defined]

    def get_title(self, request: HttpRequest, thing: Period) -> str:
        del request
        return _("%(area)s %(period)s考评") % {"area": thing.area, "period": thing}

    def get_badges(self, request: HttpRequest, thing: Period) -> Sequence[SafeString]:
        del request
        return [state_html(PeriodState(thing.state))]

    def get_subtitle(self, request: HttpRequest, thing: Period) -> str:
        del request
        return f"{thing.first_on:%Y-%m-%d} 至 {thing.last_on:%Y-%m-%d}"

    def get_crumbs(self, request: HttpRequest, thing: Period) -> list[Crumb]:
        del request
        return [Crumb(_("考评"), reverse("appraisal:list")), Crumb(str(thing))]

    def get_next_step(self, request: HttpRequest, thing: Period) -> NextStep:
        return steps.step_of_period(request.scope, thing, today=today())  # type: ignore[attr-defined]

    def get_facts(self, request: HttpRequest, thing: Period) -> list[Fact]:
        del request
        facts = [Fact(_("开启"), f"{thing.opened_by.name if thing.opened_by else ''} {long_day(thing.opened_at)}")]
        if thing.presented_at and thing.presented_by:
            facts.append(Fact(_("提出结果"), f"{thing.presented_by.name} {long_day(thing.presented_at)}"))
            facts.append(Fact(_("陈述截止"), long_day(thing.answer_by_on)))
        if thing.closed_at and thing.closed_by:
            facts.append(Fact(_("结账"), f"{thing.closed_by.name} {long_day(thing.closed_at)}"))
        return facts

    def get_history(self, request: HttpRequest, thing: Period) -> list[HistoryLine]:
        del request
        return history_lines(thing)

    def get_context(self, request: HttpRequest, thing: Period) -> dict[str, Any]:
        del request
        rows = list(queries.of_period(thing).order_by("unit__pinyin_key", "pk"))
        for row in rows:
            row.period = thing
        return {"sheets": [(row, score_words(row)) for row in rows]}


class Verb(ActionPage):
    """A verb on a period that this person sees; 404 for any other."""

    detail_page = PeriodPage

    def get_object(self, request: HttpRequest) -> Period:
        found: Period = PeriodPage.visible(request, self.kwargs["pk"])
        return found

    def may_act(self, request: HttpRequest, thing: Period) -> bool:
        return access.is_chair(request.scope, thing.area)  # type: ignore[attr-defined]


class PresentPage(Verb):
    title = gettext_lazy("提出考评结果")
    verb = gettext_lazy("提出结果")
    explain = gettext_lazy("冻结全部考评表并告知各单位；数据有变化时可以再做一次，原来的冻结都保留。")

    def perform(self, request: HttpRequest, thing: Period, form: Any) -> Period:
        del form
        return actions.present_period(period=thing, by=request.user, at=now())  # type: ignore[arg-type]


class ClosePage(Verb):
    title = gettext_lazy("考评结账")
    verb = gettext_lazy("结账")
    explain = gettext_lazy("结账后得分和等次不再变动。")

    def perform(self, request: HttpRequest, thing: Period, form: Any) -> Period:
        del form
        return actions.close_period(period=thing, by=request.user, at=now())  # type: ignore[arg-type]


def quarters_until(day: date) -> list[tuple[date, str]]:
    """This quarter and those before it, newest first, with their names."""
    firsts = quarters_before(day, count=QUARTERS)
    return [(one, _("%(year)d 年第 %(n)d 季度") % {"year": one.year, "n": (one.month + 2) // 3}) for one in firsts]


class OpenPage(ActionPage):
    title = gettext_lazy("开启一个季度的考评")
    verb = gettext_lazy("开启")
    explain = gettext_lazy("每份合同和每个自办单位有一张考评表；章节和分值从此不再变动。")
    form_class = OpenForm

    def may_act(self, request: HttpRequest, thing: Any) -> bool:
        del thing
        return access.may_chair_somewhere(request.scope)  # type: ignore[attr-defined]

    def get_form_kwargs(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        del thing
        return {"areas": chaired(request), "quarters": quarters_until(today())}

    def get_initial(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        del thing
        return {"area": request.session.get("area")}

    def perform(self, request: HttpRequest, thing: Any, form: OpenForm) -> Period:
        del thing
        return actions.open_period(**form.cleaned_data, by=request.user, at=now())  # type: ignore[arg-type]

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        del request, thing
        return reverse("appraisal:list")


def chaired(request: HttpRequest) -> QuerySet[OfficeArea]:
    """The areas whose appraisal this person chairs."""
    scope = request.scope  # type: ignore[attr-defined]
    within = {unit for held in scope.held if held.role == Role.CENTRE_HEAD for unit in held.within}
    return OfficeArea.objects.filter(centre_id__in=within).select_related("centre")
