"""The open window itself: pages for anybody, without sign-in, script or cookie. They read the published text and nothing else."""

import hashlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from wolong.ground.ledger.queries import DayHead, daily_sealed, head_text
from wolong.ground.workdays.queries import today
from wolong.loop.notices import queries
from wolong.loop.notices.models import Notice, Window
from wolong.loop.notices.states import Kind, State

FRESH_S = 300  # a withdrawn text is gone from every cache after five minutes
LONGEST_QUERY = 80
SHOWN, PAGE = 6, 50
DAYS = 366


class Public(View):
    """Answers anybody, changes nothing: GET and HEAD, a tag over the content, and a short life in any cache."""

    http_method_names = ["get", "head", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if response.status_code == 200 and isinstance(response, HttpResponse):
            response["Cache-Control"] = f"public, max-age={FRESH_S}"
            response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
            return get_conditional_response(request, etag=response["ETag"], response=response) or response
        return response

    def page(self, request: HttpRequest, name: str, **context: Any) -> HttpResponse:
        windows = list(Window.objects.filter(is_open=True).select_related("unit").prefetch_related("unit__areas"))
        # Several areas under one roof: then the site is no single one's.
        areas = [area.name for window in windows for area in window.unit.areas.all()]
        site = _("%(area)s服务公开") % {"area": areas[0]} if len(areas) == 1 else _("办公区服务公开")
        context |= {"site": site, "windows": windows, "today": today()}
        return render(request, name, context)


def asked(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY]


class PublicHome(Public):
    def get(self, request: HttpRequest) -> HttpResponse:
        standards = queries.standards_in_force(on=today())
        heads, score = daily_sealed(1), queries.newest_score()
        figures = [
            (len(standards.rows), _("项现行标准"), "public:standards"),
            (standards.clauses, _("条服务条款"), "public:standards"),
            (queries.public_of(Kind.SCORE).filter(state=State.PUBLISHED).count(), _("份考评结果"), "public:scores"),
            (queries.public_of(Kind.NOTE).filter(state=State.PUBLISHED).count(), _("件通知"), "public:notes"),
        ]
        return self.page(
            request,
            "notices/public/home.html",
            here="home",
            figures=figures,
            standards=standards.rows[:SHOWN],
            score=score,
            score_table=next((block for block in score.body if block["kind"] == "table"), None) if score else None,
            notes=queries.public().exclude(kind=Kind.STANDARD)[:SHOWN],
            head=heads[0] if heads else None,
        )


class StandardsPage(Public):
    def get(self, request: HttpRequest) -> HttpResponse:
        q = asked(request)
        found = queries.standards_in_force(on=today(), q=q)
        return self.page(
            request, "notices/public/standards.html", here="standards", title=_("标准"), q=q, rows=found.rows
        )


class _KindPage(Public):
    kind: Kind
    here = ""
    title: Any = ""

    def get(self, request: HttpRequest) -> HttpResponse:
        q = asked(request)
        rows, page, is_more = _paged(request, queries.public_of(self.kind, q))
        return self.page(
            request,
            "notices/public/list.html",
            here=self.here,
            title=self.title,
            q=q,
            rows=rows,
            number=page,
            is_more=is_more,
        )


class ScoresPage(_KindPage):
    kind, here, title = Kind.SCORE, "scores", gettext_lazy("考评结果")


class NotesPage(_KindPage):
    kind, here, title = Kind.NOTE, "notes", gettext_lazy("通知")


class SearchPage(Public):
    def get(self, request: HttpRequest) -> HttpResponse:
        q = asked(request)
        rows, page, is_more = _paged(request, queries.searched(queries.public(), q) if q else Notice.objects.none())
        gone = queries.not_holding(rows, on=today())
        title = _("搜索“%(q)s”") % {"q": q} if q else _("搜索")
        return self.page(
            request,
            "notices/public/list.html",
            here="search",
            title=title,
            q=q,
            rows=rows,
            gone=gone,
            number=page,
            is_more=is_more,
        )


def _paged(request: HttpRequest, rows: Any) -> tuple[list[Notice], int, bool]:
    given = request.GET.get("page", "1")
    number = int(given) if given.isascii() and given.isdigit() and 0 < len(given) < 6 and int(given) else 1
    found = list(rows[(number - 1) * PAGE : number * PAGE + 1])
    return found[:PAGE], number, len(found) > PAGE


class ItemPage(Public):
    """One notice by its public number; of a withdrawn one the trace alone."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        notice = queries.public().defer(None).filter(number=number).first()
        if notice is None:
            raise Http404
        here = {Kind.STANDARD: "standards", Kind.SCORE: "scores"}.get(Kind(notice.kind), "notes")
        if notice.state == State.WITHDRAWN:
            return self.page(request, "notices/public/withdrawn.html", here=here, title=notice.number, notice=notice)
        replaced = bool(queries.not_holding([notice], on=today()))
        return self.page(
            request, "notices/public/item.html", here=here, title=notice.title, notice=notice, is_replaced=replaced
        )


class LedgerPage(Public):
    """The head of the trail for each day: whoever keeps one finds out a chain that was rewritten."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(
            request, "notices/public/ledger.html", here="ledger", title=_("留痕链首"), heads=daily_sealed(DAYS)
        )


class LedgerText(Public):
    """Letter by letter what `wolong ledger head` prints."""

    def get(self, request: HttpRequest) -> HttpResponse:
        del request
        return HttpResponse(head_text(DAYS), content_type="text/plain; charset=utf-8")


class LedgerJson(Public):
    def get(self, request: HttpRequest) -> HttpResponse:
        del request
        rows = [_as_json(one) for one in daily_sealed(DAYS)]
        return JsonResponse({"heads": rows}, json_dumps_params={"ensure_ascii": False})


def _as_json(one: DayHead) -> dict[str, Any]:
    sealed_at = timezone.localtime(one.seal.sealed_at).isoformat(timespec="seconds")
    return {
        "date": one.day.isoformat(),
        "seal": one.seal.pk,
        "sealed_at": sealed_at,
        "sealed_that_day": one.sealed,
        "sealed_so_far": one.so_far,
        "hash": one.seal.hash,
    }
