"""ListPage: tabs, chips, search, sort, pages, bulk actions and a spreadsheet, over rows that are already restricted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet  # type: ignore[import-untyped]

from wolong.ground.lifecycle import Refused
from wolong.ground.pages.generic.chips import Chip, chips_of, with_params, without
from wolong.ground.pages.generic.choice import PARAMETER, Choice
from wolong.ground.pages.generic.columns import Column
from wolong.ground.pages.generic.export import MOST_ROWS, sheet_response
from wolong.ground.pages.generic.parts import Button, Crumb, Empty
from wolong.ground.pages.generic.signed_in import SignedIn
from wolong.ground.pages.registries import views
from wolong.ground.questions import sizes

LONGEST_QUERY = 80
MOST_PICKED = 1000
BIGGEST_PAGE_NUMBER_DIGITS = 9


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A saved view with its count. `where` is a Q over the rows (no to-many joins: rows would count twice)."""

    key: str
    label: Any
    where: Q | Callable[[HttpRequest], Q]
    counted: bool = True

    def q(self, request: HttpRequest) -> Q:
        return self.where(request) if callable(self.where) else self.where


@dataclass(frozen=True, kw_only=True)
class BulkAction:
    """A verb over the picked rows: `run(request, rows)` calls an action; it may answer with a response of its own."""

    key: str
    label: Any
    run: Callable[[HttpRequest, QuerySet[Any]], HttpResponseBase | None]
    icon: str = ""
    may: Callable[[HttpRequest], bool] = lambda _request: True
    confirm: Any = ""


class ListPage(SignedIn):
    """Subclass it: `title`, `columns`, `get_rows(request)`; everything else has a default."""

    title: Any = ""
    subtitle: Any = ""
    unit: Any = _("条")
    template_name = "pages/list.html"
    part_template_name = "pages/_list_part.html"
    columns: Sequence[Column] = ()
    filterset_class: type[FilterSet] | None = None
    search_fields: Sequence[str] = ()
    tabs: Sequence[Tab] = ()
    default_sort: Sequence[str] = ("-pk",)
    bulk_actions: Sequence[BulkAction] = ()
    page_size = 50
    empty = Empty(_("还没有记录"))
    can_export = True
    http_method_names = ["get", "post", "head", "options"]

    # What a room gives

    def get_rows(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows that this person may see, with the joins that the columns need (select_related)."""
        raise NotImplementedError

    def search(self, request: HttpRequest, rows: QuerySet[Any], q: str) -> QuerySet[Any]:
        """Narrow the rows to a text; default: every word in one of `search_fields`."""
        del request
        for word in q.split()[:5]:
            match = Q()
            for name in self.search_fields:
                match |= Q(**{f"{name}__icontains": word})
            rows = rows.filter(match)
        return rows

    def row_url(self, row: Any) -> str:
        """Where a row opens; empty: rows don't open."""
        return row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""

    def row_class(self, row: Any) -> str:
        del row
        return ""

    def get_title(self) -> Any:
        return self.title

    def get_subtitle(self) -> Any:
        return self.subtitle

    def get_buttons(self, request: HttpRequest) -> list[Button]:
        """The page's own verbs; at most one with `go`."""
        del request
        return []

    def get_crumbs(self, request: HttpRequest) -> list[Crumb]:
        del request
        return []

    def get_columns(self, request: HttpRequest) -> Sequence[Column]:
        del request
        return self.columns

    def get_tabs(self, request: HttpRequest) -> Sequence[Tab]:
        del request
        return self.tabs

    def get_empty(self, request: HttpRequest) -> Empty:
        del request
        return self.empty

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        """Anything more for a template of the room's own."""
        del request
        return {}

    # The page

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        if request.GET.get("export") == "xlsx" and self.can_export:
            return self._export(request, self._found.order_by(*self._order))
        if len(request.GET.getlist(PARAMETER)) > 1:  # boxes of a form: one short address for what they say
            kept, value = request.GET, self._choice.value
            return HttpResponseRedirect(with_params(kept, columns=value) if value else without(kept, PARAMETER))
        htmx = getattr(request, "htmx", None)
        part = bool(htmx and htmx.target == "wl-list" and not htmx.history_restore_request)
        if not request.GET and not part and (opening := views.opening(request, self.view_name)):
            return HttpResponseRedirect(opening)
        return self._answer(request, part=part)

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        """A bulk action over `pick`; only rows that this person may see are ever touched."""
        picked = self._picked(request)
        if request.POST.get("bulk") == "export" and self.can_export:
            return self._export(request, picked.order_by(*self._order))
        for action in self.bulk_actions:
            if action.key == request.POST.get("bulk"):
                break
        else:
            return HttpResponse(status=400)
        if not action.may(request):
            raise PermissionDenied
        try:
            answer = action.run(request, picked)
        except Refused as refusal:
            return self._answer(request, part=False, refusal=refusal.sentence, status=422)
        return answer or HttpResponseRedirect(request.get_full_path())

    def _answer(self, request: HttpRequest, *, part: bool, refusal: str = "", status: int = 200) -> HttpResponse:
        context = self._context(request)
        context["refusal"] = refusal
        return render(request, self.part_template_name if part else self.template_name, context, status=status)

    # How it is computed

    @cached_property
    def _query(self) -> str:
        return self.request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY]

    @cached_property
    def _tab(self) -> Tab | None:
        tabs = self.get_tabs(self.request)
        wanted = self.request.GET.get("tab")
        return next((tab for tab in tabs if tab.key == wanted), tabs[0] if tabs else None)

    @cached_property
    def _rows(self) -> QuerySet[Any]:
        return self.get_rows(self.request)

    @cached_property
    def _choice(self) -> Choice:
        return Choice.of(self.get_columns(self.request), self.request.GET)

    @property
    def view_name(self) -> str:
        """The name under which views of this list are kept; a list inside a thing (with its id in the address) has none."""
        match = self.request.resolver_match
        return match.view_name if match and not match.kwargs else ""

    @cached_property
    def _filterset(self) -> FilterSet | None:
        if self.filterset_class is None:
            return None
        return self.filterset_class(self.request.GET, queryset=self._rows, request=self.request)

    @cached_property
    def _found(self) -> QuerySet[Any]:
        """The rows of the tab, the filters and the search box."""
        rows = self._filterset.qs if self._filterset is not None else self._rows
        if self._tab is not None:
            rows = rows.filter(self._tab.q(self.request))
        return self.search(self.request, rows, self._query) if self._query else rows

    @cached_property
    def _sortable(self) -> dict[str, Column]:
        return {column.key: column for column in self.get_columns(self.request) if column.sort_fields}

    @cached_property
    def _sort(self) -> tuple[str, bool]:
        """The sorted column's key and whether it runs backwards; only names of columns are ever accepted."""
        asked = self.request.GET.get("sort", "")
        key, backwards = asked.removeprefix("-"), asked.startswith("-")
        return (key, backwards) if key in self._sortable else ("", False)

    @property
    def _order(self) -> list[str]:
        key, backwards = self._sort
        fields = list(self._sortable[key].sort_fields) if key else list(self.default_sort)
        if key and backwards:
            fields = [name[1:] if name.startswith("-") else f"-{name}" for name in fields]
        return fields if fields and fields[-1].lstrip("-") == "pk" else [*fields, "-pk"]

    def _counts(self, tabs: Sequence[Tab]) -> dict[str, int]:
        """All tab counts in one query over what the person may see, whatever filters are set."""
        counted = [tab for tab in tabs if tab.counted]
        found = dict(sizes([self._rows.order_by().filter(tab.q(self.request)) for tab in counted])) if counted else {}
        return {tab.key: found.get(number, 0) for number, tab in enumerate(counted)}

    def _context(self, request: HttpRequest) -> dict[str, Any]:
        tabs = self.get_tabs(request)
        counts = self._counts(tabs)
        chips = chips_of(self._filterset, request.GET) if self._filterset is not None else []
        narrowed = bool(self._query or any(not chip.is_wrong for chip in chips))
        known = counts.get(self._tab.key) if self._tab and not narrowed else None
        total = self._found.order_by().count() if known is None else known
        pages = max(1, -(-total // self.page_size))
        number = self._page_number(pages)
        first = (number - 1) * self.page_size
        rows = list(self._found.order_by(*self._order)[first : first + self.page_size]) if total else []
        kept = [(k, v) for k, values in request.GET.lists() for v in values if k not in ("page", "export")]
        return {
            "page": self,
            "title": self.get_title(),
            "subtitle": self.get_subtitle(),
            "crumbs": self.get_crumbs(request),
            "buttons": self.get_buttons(request),
            "tabs": [self._tab_view(tab, counts, request) for tab in tabs],
            "chips": chips,
            "clear_url": self._clear_url(chips),
            "q": self._query,
            "q_kept": [item for item in kept if item[0] != "q"],
            "filterset": self._filterset,
            "filter_kept": [
                (k, v) for k, v in request.GET.items() if k in ("q", "sort", "tab", PARAMETER, views.PARAMETER)
            ],
            "columns_offered": self._choice.offered,
            "columns_fixed": self._choice.fixed,
            "columns_kept": [item for item in kept if item[0] != PARAMETER],
            "views_url": views.menu_url(self.view_name, request.GET),
            "is_saved_view": bool(request.GET.get(views.PARAMETER)),
            "narrowed": narrowed or bool(chips),
            "total": total,
            "total_of_tab": counts.get(self._tab.key, total) if self._tab else total,
            "empty": self.get_empty(request),
            "can_export": self.can_export,
            "export_url": with_params(request.GET, export="xlsx"),
            "bulk": [action for action in self.bulk_actions if action.may(request)],
            **self._table(request, rows),
            **self._pager(request, number, pages, first, len(rows)),
            **self.get_context(request),
        }

    def _page_number(self, pages: int) -> int:
        """The asked page, kept within what there is; nonsense is the last page when too big, else the first."""
        asked = self.request.GET.get("page", "1").strip()
        if not asked.isascii() or not asked.isdigit():
            return 1
        return max(1, pages if len(asked) > BIGGEST_PAGE_NUMBER_DIGITS else min(int(asked), pages))

    def _tab_view(self, tab: Tab, counts: dict[str, int], request: HttpRequest) -> dict[str, Any]:
        return {
            "label": tab.label,
            "count": counts.get(tab.key),
            "url": with_params(request.GET, tab=tab.key),
            "is_current": tab == self._tab,
        }

    def _clear_url(self, chips: list[Chip]) -> str:
        names = {"q"}
        if self._filterset is not None:
            for name in self.request.GET:
                if any(name == known or name.startswith(f"{known}_") for known in self._filterset.filters):
                    names.add(name)
        return without(self.request.GET, *names) if chips or self._query else ""

    def _table(self, request: HttpRequest, rows: list[Any]) -> dict[str, Any]:
        columns = [column for column in self._choice.chosen if not column.sheet_only]
        return {
            "head": [self._head(column, request) for column in columns],
            "rows": [
                {
                    "pk": row.pk,
                    "url": self.row_url(row),
                    "class": self.row_class(row),
                    "name": str(row),
                    "cells": self._cells(columns, row),
                }
                for row in rows
            ],
            "can_pick": bool(self.bulk_actions or self.can_export),
        }

    def _cells(self, columns: Sequence[Column], row: Any) -> SafeString:
        """All cells of a row; where no column is a link, the first text leads to the row's page."""
        leads = None
        if not any(column.kind == "link" or column.url for column in columns):
            leads = next((column for column in columns if column.kind == "text"), None)
        url = self.row_url(row)
        return mark_safe("".join(column.td(row, url if column is leads else "") for column in columns))

    def _head(self, column: Column, request: HttpRequest) -> dict[str, Any]:
        key, backwards = self._sort
        is_sorted = key == column.key
        url = ""
        if column.sort_fields:
            url = with_params(request.GET, sort=f"-{column.key}" if is_sorted and not backwards else column.key)
        direction = ("descending" if backwards else "ascending") if is_sorted else ""
        return {"column": column, "url": url, "direction": direction}

    def _pager(self, request: HttpRequest, number: int, pages: int, first: int, shown: int) -> dict[str, Any]:
        return {
            "number": number,
            "pages": pages,
            "first": first + 1 if shown else 0,
            "last": first + shown,
            "previous_url": with_params(request.GET, page=number - 1) if number > 1 else "",
            "next_url": with_params(request.GET, page=number + 1) if number < pages else "",
        }

    # Picked rows and the sheet

    def _picked(self, request: HttpRequest) -> QuerySet[Any]:
        key = self._rows.model._meta.pk  # noqa: SLF001 - documented API
        keys = []
        for raw in request.POST.getlist("pick")[:MOST_PICKED]:
            try:
                keys.append(key.to_python(raw))
            except ValidationError:  # a hostile key picks nothing
                continue
        return self._rows.filter(pk__in=keys)

    def _export(self, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponseBase:
        if rows.order_by().count() > MOST_ROWS:
            sentence = _("超过 10 万行，一张表放不下。请先加筛选，再导出。")
            return self._answer(request, part=False, refusal=str(sentence), status=422)
        stamp = f"{timezone.localtime():%Y-%m-%d}"
        return sheet_response(str(self.get_title()), stamp, self._choice.chosen, rows.iterator(chunk_size=2000))
