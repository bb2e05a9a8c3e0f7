"""One sheet: the score as a sum that opens, its band, the payment it suggests, earlier periods; and what leaves it."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wolong.ground.ledger.queries import history_lines
from wolong.ground.pages.badges import badge_html, state_html
from wolong.ground.pages.generic import Button, Crumb, DetailPage, HistoryLine, NextStep, SignedIn
from wolong.ground.pages.registries.thread import Stage as Bead
from wolong.ground.questions import asked
from wolong.ground.workdays.queries import now, today
from wolong.loop.appraisal import access, figures, queries, steps
from wolong.loop.appraisal.models import Score, Sheet
from wolong.loop.appraisal.papers import sheet_pdf
from wolong.loop.appraisal.queries import Scored
from wolong.loop.appraisal.rules.money import Fee, in_words
from wolong.loop.appraisal.rules.quarters import last_of_month, months_of
from wolong.loop.appraisal.rules.scheme import decimal_of
from wolong.loop.appraisal.rules.scoring import score
from wolong.loop.appraisal.states import PeriodState

MOST_LINES = 12
MOST_BARS = 6


NO_CONTRACT = Q(sheet__contract=None)


def _earlier(unit: int, held: Q, area: int, until: date) -> QuerySet[Score]:
    same = Score.objects.filter(held, sheet__unit_id=unit, sheet__period__area_id=area)
    rows = same.filter(sheet__period__first_on__lte=until).select_related("sheet__period")
    ordered = rows.order_by("sheet__period__first_on", "sheet_id", "-version")
    return ordered.distinct("sheet__period__first_on", "sheet_id")


class SheetPage(DetailPage):
    place = "sheet"
    stage = Bead.APPRAISAL
    template_name = "appraisal/sheet.html"
    left_template_name = "appraisal/_sheet_left.html"

    shown = staticmethod(queries.with_page)

    def get_where(self, request: HttpRequest) -> Q:
        return queries.visible_to(request.scope)  # type: ignore[attr-defined]

    @cached_property
    def today(self) -> date:
        return today()

    def month(self, request: HttpRequest, thing: Sheet) -> date | None:
        """The month asked for, of those of the quarter that have begun; None: the whole quarter."""
        months = months_of(thing.period.first_on, thing.period.last_on, until=self.today)
        return next((one for one in months if f"{one:%Y-%m}" == request.GET.get("month")), None)

    def get_title(self, request: HttpRequest, thing: Sheet) -> str:
        del request
        return _("%(unit)s %(period)s考评") % {"unit": thing.unit, "period": thing.period}

    def get_subtitle(self, request: HttpRequest, thing: Sheet) -> str:
        del request
        period = thing.period
        what = _("合同 %(number)s") % {"number": thing.contract.number} if thing.contract else _("自主管理")
        return f"{what} · {period.first_on:%m-%d} 至 {period.last_on:%m-%d}"

    def get_badges(self, request: HttpRequest, thing: Sheet) -> Sequence[SafeString]:
        del request
        badges = [state_html(PeriodState(thing.period.state))]
        if thing.confirmed_at:
            badges.append(badge_html(_("已确认"), "ok", "circle-check"))
        return badges

    def get_crumbs(self, request: HttpRequest, thing: Sheet) -> list[Crumb]:
        crumbs = [Crumb(_("考评"), reverse("appraisal:list"))]
        if request.scope.is_inside:  # type: ignore[attr-defined]
            return [*crumbs, Crumb(f"{thing.period.area} {thing.period}", thing.period.get_absolute_url())]
        return [*crumbs, Crumb(str(thing.period))]

    def get_buttons(self, request: HttpRequest, thing: Sheet) -> list[Button]:
        del request
        if thing.period.state == PeriodState.OPEN:
            return []
        verbs = (("data", _("导出核算数据"), "download"), ("paper", _("打印考评表"), "printer"))
        again = Button(label=_("重算一遍"), url="?replay=1#frozen", icon="refresh")
        return [again, *(Button(label=label, url=reverse(f"appraisal:{name}", args=[thing.pk]), icon=icon)
                         for name, label, icon in verbs)]  # fmt: skip

    def get_next_step(self, request: HttpRequest, thing: Sheet) -> NextStep:
        return steps.step_of_sheet(request.scope, thing, self.statements(thing), today=self.today)  # type: ignore[attr-defined]

    def statements(self, thing: Sheet) -> list[Any]:
        if thing.period.state == PeriodState.OPEN:
            return []
        if not hasattr(self, "_statements"):
            rows = thing.statements.select_related("finding", "stated_by", "decided_by").order_by("pk")
            self._statements = list(rows)
        return self._statements

    def get_history(self, request: HttpRequest, thing: Sheet) -> list[HistoryLine]:
        del request
        return history_lines(thing, most=MOST_LINES)

    def get_context(self, request: HttpRequest, thing: Sheet) -> dict[str, Any]:
        month = self.month(request, thing)
        frozen = None if month or thing.period.state == PeriodState.OPEN else queries.latest(thing)
        inputs, result = (frozen.inputs, frozen.result) if frozen else self._live(thing, month)
        scope = request.scope  # type: ignore[attr-defined]
        context = {
            "frozen": frozen,
            "inputs": inputs,
            "result": result,
            "sum": figures.sum_of(inputs, result),
            "band": None,
            "money": None,
            "statements": self.statements(thing),
            "bars": figures.bars_of(self._earlier(thing), this=thing.pk),
            "months": months_of(thing.period.first_on, thing.period.last_on, until=self.today),
            "month": month,
            "caps": result["caps"],
            "lowest": inputs["scheme"]["bands"][-1]["name"],
            "replay": self._replay(request, thing, frozen),
        }
        if result["score"] is not None:
            grade = result["grade"]
            context["band"] = figures.band_of(inputs["scheme"], total=result["score"], grade=grade)
            if result["payment"] and not month and access.may_see_money(scope, thing):
                context["money"] = self._money(inputs, result["payment"])
        return context

    def _live(self, thing: Sheet, month: date | None) -> tuple[dict[str, Any], dict[str, Any]]:
        """The score as of now: of the quarter so far, or of one month as an interim."""
        scored = Scored.quarter(thing)
        if month is not None:
            scored = Scored.days(thing, first=month, last=last_of_month(month), name=f"{month:%Y-%m}")
        inputs = queries.inputs_of(scored)
        return inputs, score(inputs)

    def _earlier(self, thing: Sheet) -> list[Score]:
        """The last scores of this contract or unit, oldest first; the newest version of each sheet."""
        held = Q(sheet__contract_id=thing.contract_id) if thing.contract_id else NO_CONTRACT
        period = thing.period
        return asked(_earlier, thing.unit_id, held, period.area_id, period.first_on)[-MOST_BARS:]

    def _money(self, inputs: dict[str, Any], payment: dict[str, Any]) -> dict[str, Any]:
        return {
            **payment,
            **{name: f"{decimal_of(payment[name]):,.2f}" for name in ("fee", "taken", "due")},
            "fees": [
                {
                    **one,
                    "monthly_yuan": f"{decimal_of(one['monthly_yuan']):,.2f}",
                    "yuan": f"{Fee(one['line'], decimal_of(one['monthly_yuan']), decimal_of(one['months'])).yuan:,.2f}",
                }
                for one in inputs["payment"]["fees"]
            ],
            "without_fee": inputs["payment"]["without_fee"],
            "words": in_words(decimal_of(payment["due"])),
            "less": f"{100 - decimal_of(payment['percent']):f}",
        }

    def _replay(self, request: HttpRequest, thing: Sheet, frozen: Score | None) -> dict[str, Any] | None:
        """Recomputed when asked: whether the frozen inputs still give the frozen result, and whether the records moved on."""
        if frozen is None or "replay" not in request.GET:
            return None
        return {
            "at": timezone.localtime(now()),
            "is_same": queries.is_replayed(frozen),
            "differs": queries.differs_now(thing, frozen),
        }


class SheetData(SignedIn):
    """Everything needed to recompute the score, as JSON; the format is documented."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        sheet = SheetPage.visible(request, pk)
        text = json.dumps(queries.exported(sheet), ensure_ascii=False, indent=1)
        name = f"attachment; filename=appraisal-{sheet.period.first_on:%Y%m}-{sheet.pk}.json"
        return HttpResponse(text, content_type="application/json", headers={"Content-Disposition": name})


class SheetPaper(SignedIn):
    """考评表 as PDF, shown in the browser; for whom the sheet's page is."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        sheet = SheetPage.visible(request, pk)
        link = request.build_absolute_uri(sheet.get_absolute_url())
        with_money = access.may_see_money(request.scope, sheet)  # type: ignore[attr-defined]
        pdf = sheet_pdf(sheet, queries.exported(sheet), link=link, printed_by=str(request.user), with_money=with_money)
        name = f'inline; filename="appraisal-{sheet.pk}.pdf"'
        return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": name})
