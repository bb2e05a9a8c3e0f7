"""Asking for more time, and deciding on it."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.ground.lifecycle import Refused
from wolong.ground.pages.dates import day
from wolong.ground.workdays.queries import now, today
from wolong.loop.rectification import access, actions, queries
from wolong.loop.rectification.forms import DecideForm, ExtensionForm
from wolong.loop.rectification.models import Extension, Order
from wolong.loop.rectification.views.verbs import Verb


class AskPage(Verb):
    title = gettext_lazy("申请延期")
    verb = gettext_lazy("提交申请")
    explain = gettext_lazy("由监督科室的主管审批；批准之前，原期限仍然有效。")
    form_class = ExtensionForm

    def may_act(self, request: HttpRequest, thing: Order) -> bool:
        return access.is_of_unit(request.scope, thing.responsible)  # type: ignore[attr-defined]

    def get_context(self, request: HttpRequest, thing: Order, form: ExtensionForm) -> dict[str, Any]:
        del request
        earliest = max(thing.due_on + timedelta(days=1), today())
        form.fields["until"].widget.attrs["min"] = earliest.isoformat()
        form.fields["until"].help_text = _("现在的期限是 %(day)s。") % {"day": day(thing.due_on)}
        return {}

    def perform(self, request: HttpRequest, thing: Order, form: ExtensionForm) -> Extension:
        return actions.ask_extension(order=thing, by=request.user, at=now(), **form.cleaned_data)  # type: ignore[arg-type]


class DecidePage(Verb):
    title = gettext_lazy("审批延期")
    verb = gettext_lazy("提交审批")
    form_class = DecideForm

    def may_act(self, request: HttpRequest, thing: Order) -> bool:
        return access.may_decide_at_all(request.scope, thing)  # type: ignore[attr-defined]

    def get_context(self, request: HttpRequest, thing: Order, form: DecideForm) -> dict[str, Any]:
        del request, form
        asked = queries.open_extension(thing)
        if asked is None:
            return {}
        words = {"unit": thing.responsible, "until": day(asked.until), "due": day(thing.due_on), "why": asked.reason}
        return {"explain": _("%(unit)s申请由 %(due)s 延至 %(until)s，理由：%(why)s") % words}

    def perform(self, request: HttpRequest, thing: Order, form: DecideForm) -> Extension:
        asked = queries.open_extension(thing)
        if asked is None:
            raise Refused(_("现在没有待批的延期申请，可能刚刚有人处理过。"))
        return actions.decide_extension(extension=asked, by=request.user, at=now(), **form.cleaned_data)  # type: ignore[arg-type]
