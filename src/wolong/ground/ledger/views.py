"""The trail for auditors: the page that is printed, the entries, and the text that leaves the machine."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, DateFromToRangeFilter, FilterSet

from wolong.ground.ledger import actions
from wolong.ground.ledger.access import may_read, may_verify
from wolong.ground.ledger.forms import VerifyForm
from wolong.ground.ledger.models import Entry, Seal
from wolong.ground.ledger.queries import daily_heads, head, head_text, last_verification, unsealed
from wolong.ground.pages.generic import ActionPage, Button, Column, Crumb, Empty, ListPage, SignedIn


class HeadPage(SignedIn):
    """The printable page: the head, the daily heads, what the last verification found."""

    def may(self, request: HttpRequest) -> bool:
        return may_read(request.scope)  # type: ignore[attr-defined]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        seal = head()
        context = {
            "title": _("留痕"),
            "subtitle": _("每一步都记下来、封起来；改动过的，核验会指出是哪一条。"),
            "buttons": [
                Button(label=_("重新核验"), url=reverse("ledger:verify"), icon="shield-check", go=True),
                Button(label=_("全部留痕"), url=reverse("ledger:entries"), icon="list"),
                Button(label=_("下载链首"), url=reverse("ledger:head_text"), icon="download"),
            ],
            "head": seal,
            "seals": Seal.objects.count(),
            "unsealed": unsealed(seal).count(),
            "verification": last_verification(),
            "heads": daily_heads(),
            "printed_at": timezone.localtime(),
        }
        return render(request, "ledger/head.html", context)


class HeadText(SignedIn):
    """The daily heads as a text file whose last line proves the rest."""

    def may(self, request: HttpRequest) -> bool:
        return may_read(request.scope)  # type: ignore[attr-defined]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = HttpResponse(head_text(), content_type="text/plain; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="wolong-ledger-{timezone.localdate():%Y-%m-%d}.txt"'
        return answer


class VerifyPage(ActionPage):
    title = _("重新核验")
    explain = _("把每一条留痕、每一个封印重新计算一遍。条数多时要等一会儿。")
    form_class = VerifyForm

    def may_act(self, request: HttpRequest, thing: Any) -> bool:
        del thing
        return may_verify(request.scope)  # type: ignore[attr-defined]

    def perform(self, request: HttpRequest, thing: Any, form: Any) -> Any:
        del request, thing
        return actions.note_verification(at=timezone.now(), old_head=form.cleaned_data["old_head"])

    def get_success_url(self, request: HttpRequest, thing: Any, result: Any) -> str:
        del request, thing, result
        return reverse("ledger:list")

    def get_cancel_url(self, request: HttpRequest, thing: Any) -> str:
        del request, thing
        return reverse("ledger:list")

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        del request, thing
        return [Crumb(_("留痕"), reverse("ledger:list"))]


class EntryFilter(FilterSet):
    actor = CharFilter(field_name="actor_name", lookup_expr="icontains", label=_("操作人"))
    subject = CharFilter(field_name="subject_kind", lookup_expr="icontains", label=_("对象类型"))
    subject_id = CharFilter(method="by_number", label=_("对象编号"))
    day = DateFromToRangeFilter(field_name="at", label=_("日期"))

    class Meta:
        model = Entry
        fields: list[str] = []

    def by_number(self, rows: QuerySet[Entry], name: str, value: str) -> QuerySet[Entry]:
        del name
        digits = value.strip()
        # A number longer than any id names nothing; it must not reach the database.
        return (
            rows.filter(subject_id=int(digits))
            if digits.isascii() and digits.isdigit() and len(digits) < 19
            else rows.none()
        )


class EntryList(ListPage):
    title = _("全部留痕")
    unit = _("条")
    columns = (
        Column(key="pk", label=_("编号"), kind="number", sort="pk", width=80),
        Column(key="at", label=_("时间"), kind="datetime", sort="at", width=120),
        Column(
            key="actor_name", label=_("操作人"), value=lambda e: e.actor_name or _("系统"), sort="actor_name", width=110
        ),
        Column(key="actor_unit", label=_("单位"), width=180, quiet=True),
        Column(key="sentence", label=_("记述")),
        Column(
            key="subject", label=_("对象"), value=lambda e: f"{e.subject_kind} {e.subject_id}", width=200, quiet=True
        ),
        Column(key="verb", label=_("动作"), sheet_only=True),
        Column(key="payload", label=_("内容"), sheet_only=True),
    )
    search_fields = ("sentence", "actor_name")
    filterset_class = EntryFilter
    empty = Empty(_("没有留痕"), _("第一件事发生后会到这里。"))

    def may(self, request: HttpRequest) -> bool:
        return may_read(request.scope)  # type: ignore[attr-defined]

    def get_rows(self, request: HttpRequest) -> QuerySet[Entry]:
        del request
        return Entry.objects.all()

    def get_crumbs(self, request: HttpRequest) -> list[Crumb]:
        del request
        return [Crumb(_("留痕"), reverse("ledger:list"))]
