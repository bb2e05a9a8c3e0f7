"""The calendar: its address on one's own page, and what it answers to whoever knows the address."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from wolong.ground.pages.generic import ActionPage, Crumb
from wolong.ground.workdays.queries import now, today
from wolong.loop.subscriptions import actions, queries
from wolong.loop.subscriptions.rules.calendar import as_ics


class _Own(ActionPage):
    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        return [Crumb(_("我的账号"), reverse("people:account"))]

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        return reverse("people:account")

    def get_success_url(self, request: HttpRequest, thing: Any, result: Any) -> str:
        return reverse("people:account")


class MakeCalendarPage(_Own):
    title = gettext_lazy("日历订阅地址")
    verb = gettext_lazy("生成新地址")
    explain = gettext_lazy("手机或电脑的日历订阅这个地址，就能看到您的巡查和等您办的整改。以前的地址马上作废。")

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        raw = actions.make_calendar_address(person=request.user, at=now())  # type: ignore[arg-type]
        context = {
            "title": _("日历订阅地址"),
            "thing": _("只给您自己用的地址"),
            "secret": request.build_absolute_uri(reverse("subscriptions:calendar", args=[raw])),
            "explain": _(
                "请现在复制到日历的“订阅”里，不要发给别人：知道地址就能看到您的日程。离开这一页就再也看不到了，可以随时换新的。"
            ),
            "crumbs": self.get_crumbs(request, thing),
            "back_url": reverse("people:account"),
        }
        return render(request, "people/shown_once.html", context)


class SwitchOffCalendarPage(_Own):
    title = gettext_lazy("关闭日历订阅")
    explain = gettext_lazy("地址马上作废，已订阅的日历不再更新。")
    danger = True

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        actions.switch_off_calendar(person=request.user, at=now())  # type: ignore[arg-type]


class CalendarFeed(View):
    """Reads, for the one person whose address it is: no sign-in, since calendars can't; what is unknown is not there."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, token: str) -> HttpResponseBase:
        person = queries.person_of_calendar(token)
        if person is None:
            raise Http404
        entries = queries.calendar_of(person, today(), request.build_absolute_uri)
        name = _("卧龙 · %(name)s") % {"name": person.name}
        headers = {
            "Content-Disposition": 'inline; filename="wolong.ics"',
            "Cache-Control": "private, no-cache",
            "Referrer-Policy": "no-referrer",
            "X-Robots-Tag": "noindex",
        }
        return HttpResponse(as_ics(entries, name=name, at=now()), "text/calendar; charset=utf-8", headers=headers)
