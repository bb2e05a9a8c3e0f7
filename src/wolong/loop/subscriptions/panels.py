"""What this room adds to one's own page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.ground.pages.registries.panels import Panel, PanelContent
from wolong.loop.subscriptions.models import CalendarAddress


def _calendar(_request: HttpRequest, person: Any) -> PanelContent:
    address = CalendarAddress.objects.filter(person=person).first()
    make = (_("换新地址") if address else _("生成地址"), reverse("subscriptions:make_calendar"))
    more = [make, (_("关闭"), reverse("subscriptions:switch_off_calendar"))] if address else [make]
    return PanelContent("subscriptions/_calendar_panel.html", {"address": address}, more=more)


CALENDAR = Panel(key="calendar", title=gettext_lazy("日历订阅"), order=10, render=_calendar)
