"""The official calendar: a year at a time for everybody of the bureau, editable by the administrator."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wolong.ground.pages.generic import ActionPage, Button, Crumb, SignedIn
from wolong.ground.workdays import actions
from wolong.ground.workdays.access import may_change, may_read
from wolong.ground.workdays.forms import DayForm, YearForm
from wolong.ground.workdays.models import CalendarYear, SpecialDay
from wolong.ground.workdays.queries import now, today
from wolong.ground.workdays.rules import UnreadableLine, WorkCalendar, days_in

FIRST_YEAR, LAST_YEAR = 2020, 2100


def _year(raw: int) -> int:
    if not FIRST_YEAR <= raw <= LAST_YEAR:
        raise Http404
    return raw


class ThisYear(SignedIn):
    """The present year."""

    def may(self, request: HttpRequest) -> bool:
        return may_read(request.scope)  # type: ignore[attr-defined]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return HttpResponseRedirect(reverse("workdays:year", args=[today().year]))


class YearPage(SignedIn):
    """Twelve months; a day that departs from Monday to Friday is marked and named."""

    def may(self, request: HttpRequest) -> bool:
        return may_read(request.scope)  # type: ignore[attr-defined]

    def get(self, request: HttpRequest, *args: Any, year: int, **kwargs: Any) -> HttpResponseBase:
        _year(year)
        editable = may_change(request.scope)  # type: ignore[attr-defined]
        announced = CalendarYear.objects.filter(year=year).first()
        special = list(SpecialDay.objects.filter(day__year=year).order_by("day"))
        context = {
            "title": _now("%(year)d 年历") % {"year": year},
            "subtitle": announced.source if announced else _now("%(year)d 年历尚未公布") % {"year": year},
            "buttons": self._buttons(year, announced) if editable else [],
            "year": year,
            "announced": announced,
            "months": months_of(year, {day.day: day for day in special}, today()),
            "special": special,
            "editable": editable,
            "today": today(),
            "previous": year - 1 if year > FIRST_YEAR else None,
            "next": year + 1 if year < LAST_YEAR else None,
        }
        return render(request, "workdays/year.html", context)

    @staticmethod
    def _buttons(year: int, announced: CalendarYear | None) -> list[Button]:
        buttons = [
            Button(label=_("设定一天"), url=reverse("workdays:set_day"), icon="calendar-plus", go=bool(announced))
        ]
        if announced is None:
            url = reverse("workdays:announce", args=[year])
            buttons.insert(0, Button(label=_("录入年历"), url=url, icon="calendar-event", go=True))
        return buttons


def months_of(year: int, special: dict[date, SpecialDay], here: date) -> list[dict[str, Any]]:
    """Each month as weeks from Monday; None where a week reaches out of the month."""
    calendar = WorkCalendar({day: one.is_workday for day, one in special.items()})
    months: list[dict[str, Any]] = []
    for number in range(1, 13):
        first = date(year, number, 1)
        cells: list[dict[str, Any] | None] = [None] * first.weekday()
        day = first
        while day.month == number:
            known = special.get(day)
            cells.append(
                {
                    "day": day,
                    "is_rest": calendar.is_rest(day),
                    "special": known,
                    "mark": (_now("班") if known.is_workday else _now("休")) if known else "",
                    "is_today": day == here,
                }
            )
            day += timedelta(days=1)
        cells += [None] * (-len(cells) % 7)
        months.append({"number": number, "weeks": [cells[at : at + 7] for at in range(0, len(cells), 7)]})
    return months


class CalendarAct(ActionPage):
    """A verb of the administrator on the calendar."""

    def may(self, request: HttpRequest) -> bool:
        return may_change(request.scope)  # type: ignore[attr-defined]

    def shown_year(self, thing: Any) -> int:
        return thing.day.year if isinstance(thing, SpecialDay) else int(self.kwargs.get("year", today().year))

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        del request
        return reverse("workdays:year", args=[self.shown_year(thing)])

    def get_success_url(self, request: HttpRequest, thing: Any, result: Any) -> str:
        return self.get_cancel_url(request, result if isinstance(result, SpecialDay) else thing)

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        return [Crumb(_("年历"), self.get_cancel_url(request, thing))]


class AnnouncePage(CalendarAct):
    title = _("录入年历")
    explain = _("录入后，标着“暂定”的期限会按新年历重新计算一次。")
    form_class = YearForm

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        try:
            days = days_in(form.cleaned_data["days"])
        except UnreadableLine as line:
            raise ValidationError({"days": _now("看不懂这一行：%(line)s") % {"line": line}}) from None
        source = form.cleaned_data["source"]
        year = _year(self.kwargs["year"])
        return actions.announce_year(year=year, days=days, source=source, by=request.user, at=now())


class SetDayPage(CalendarAct):
    title = _("设定一天")
    explain = _("跨过这一天的期限会重新计算。")
    form_class = DayForm

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> SpecialDay:
        return actions.set_day(**form.cleaned_data, by=request.user, at=now())


class RemoveDayPage(CalendarAct):
    title = _("取消特殊安排")
    explain = _("这一天恢复成平常的工作日或休息日，跨过它的期限会重新计算。")
    danger = True

    def get_object(self, request: HttpRequest) -> SpecialDay:
        return get_object_or_404(SpecialDay, pk=self.kwargs["pk"])

    def perform(self, request: HttpRequest, thing: SpecialDay, form: Any) -> None:
        actions.remove_day(special=thing, by=request.user, at=now())
