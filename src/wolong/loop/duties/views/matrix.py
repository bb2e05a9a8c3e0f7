"""The duty matrix of an area, the figures over it, and its defects."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.estate.contracts.queries import lines_on
from wolong.estate.places.models import OfficeArea
from wolong.ground.pages.generic import Button, Crumb, SignedIn
from wolong.ground.workdays.queries import today
from wolong.loop.duties import access, queries
from wolong.loop.duties.panels import area_of
from wolong.loop.duties.rules.roles import Roles
from wolong.norms.standards.models import Standard

MOST_ROWS = 150
"""More 应 than these nobody reads at once: the standards are shown with their figures, each opens its own."""

ROLE_WORDS = {
    Roles.ONE_UNIT: _("一个单位又写、又做、又查"),
    Roles.ONE_CENTRE: _("写、做、查都在一个中心"),
    Roles.DOES_AND_CHECKS: _("自己做、自己查"),
}
SHOW_WORDS = {
    "all": _("全部"),
    "open": _("没有按期查"),
    "closed": _("按期查了"),
    "gap": _("有缺口"),
    "doer": _("没人做"),
    "checker": _("没人查"),
    "objects": _("没有对象"),
    "cycle": _("没有频次"),
    "failing": _("查了不符合"),
    "only_overall": _("只有概查"),
    "only_self": _("只有自查"),
    "events": _("按事件"),
    "lost_doer": _("没人做或没有对象"),
    "lost_checker": _("有人做、没人查"),
    "lost_checked": _("有人做有人查、逾期未查"),
    "lost_conforming": _("按期查了、不符合"),
    "suspect": _("待重新确认"),
}


def current_area(request: HttpRequest) -> OfficeArea:
    """The area of the address (`?area=`), else the one chosen in the top bar; 404 for one that this person may not see."""
    wanted = request.GET.get("area", "")
    if wanted:
        rows: QuerySet[OfficeArea] = OfficeArea.objects.visible_to(request.scope).select_related("centre")  # type: ignore[attr-defined]
        found = (
            rows.filter(pk=int(wanted)).first() if wanted.isascii() and wanted.isdigit() and len(wanted) < 18 else None
        )
    else:
        found = area_of(request)
    if found is None:
        raise Http404
    return found


class OverseePage(SignedIn):
    """Pages of the bureau over one area."""

    def may(self, request: HttpRequest) -> bool:
        return access.may_oversee(request.scope)  # type: ignore[attr-defined]


class MatrixPage(OverseePage):
    """Who does what and who checks it; each figure opens the list that makes it."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        area, on = current_area(request), today()
        show = request.GET.get("show", "all")
        show = show if show in SHOW_WORDS else "all"
        narrowed = queries.Narrowed(
            line=request.GET.get("line", "").replace("\x00", "")[:20],
            unit=_number(request, "unit"),
            standard=_number(request, "standard"),
        )
        found = queries.tallies(area, on)
        shown = [tally for tally in found if queries.shows(tally, show)]
        blocks = queries.matrix(area, on, narrowed=narrowed, known=shown)
        steps = queries.steps_of(found)
        counts = {key: sum(queries.shows(tally, key) for tally in found) for key in SHOW_WORDS}
        context = {
            "title": _("职责矩阵"),
            "subtitle": area.name,
            "crumbs": [Crumb(_("职责"), reverse("duties:list")), Crumb(_("矩阵"))],
            "buttons": [
                Button(label=_("重叠与分权"), url=reverse("duties:defects"), icon="alert-triangle"),
                Button(label=_("偏离"), url=reverse("duties:deviations"), icon="route-alt-left"),
                Button(label=_("采用的标准"), url=reverse("duties:profile"), icon="books"),
                Button(label=_("职责清单"), url=reverse("duties:list"), icon="list"),
            ],
            "area": area,
            "blocks": blocks,
            "standards": self._standards(request, blocks) if not narrowed.standard else [],
            "steps": steps,
            "index": steps.index,
            "tabs": [
                {"label": label, "count": counts[key], "url": self._url(request, show=key), "is_current": key == show}
                for key, label in SHOW_WORDS.items()
                if key == show or (not key.startswith("lost_") and (counts[key] or key in {"all", "open", "closed"}))
            ],
            "chips": self._chips(request, narrowed, blocks),
            "lines": [
                {"name": name, "url": self._url(request, line=name)}
                for name in sorted({line.name for line in lines_on(area, on)} - {narrowed.line})
            ],
            "narrowed": narrowed,
            "show": show,
        }
        return render(request, "duties/matrix.html", context)

    @staticmethod
    def _url(request: HttpRequest, **changes: str) -> str:
        kept = {
            name: value for name, value in request.GET.items() if name in {"area", "line", "unit", "standard", "show"}
        }
        return "?" + urlencode({name: value for name, value in (kept | changes).items() if value})

    def _standards(self, request: HttpRequest, blocks: list[queries.Block]) -> list[dict[str, Any]]:
        """The standards in place of their rows, where there are too many."""
        if sum(len(block.rows) for block in blocks) <= MOST_ROWS:
            return []
        return [
            {
                "block": block,
                "url": self._url(request, standard=str(block.edition.standard_id)),
                "figures": [
                    (block.count(key), self._url(request, standard=str(block.edition.standard_id), show=key), tone)
                    for key, tone in (("closed", ""), ("open", "wl-amber"), ("gap", "wl-red"), ("failing", "wl-red"))
                ],
            }
            for block in blocks
        ]

    def _chips(self, request: HttpRequest, narrowed: queries.Narrowed, blocks: list[Any]) -> list[dict[str, Any]]:
        chips = []
        if narrowed.line:
            chips.append({"label": _("服务"), "value": narrowed.line, "url": self._url(request, line="")})
        if narrowed.unit:
            units = [unit for b in blocks for r in b.rows for c in r.cells for unit in (c.doer, c.checker) if unit]
            name = next((str(unit) for unit in units if unit.pk == narrowed.unit), str(narrowed.unit))
            chips.append({"label": _("单位"), "value": name, "url": self._url(request, unit="")})
        if narrowed.standard:
            title = Standard.objects.filter(pk=narrowed.standard).values_list("title", flat=True).first()
            chips.append({"label": _("标准"), "value": title or "", "url": self._url(request, standard="")})
        return chips


def _number(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 18 else None


class DefectsPage(OverseePage):
    """Two doers on one object, and units that write, do and check (分权制衡)."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        area, on = current_area(request), today()
        roles = [
            {"word": ROLE_WORDS[row.roles], "row": row, "tone": "bad" if row.roles == Roles.ONE_UNIT else "warn"}
            for row in queries.three_roles(area)
        ]
        context = {
            "title": _("重叠与分权"),
            "subtitle": area.name,
            "crumbs": [Crumb(_("职责"), reverse("duties:matrix")), Crumb(_("重叠与分权"))],
            "area": area,
            "overlaps": queries.overlaps(area, on),
            "roles": roles,
        }
        return render(request, "duties/defects.html", context)
