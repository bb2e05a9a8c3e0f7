"""The figures on home: each answers one question and opens its list."""

from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from wolong.entrance.areas import areas_of
from wolong.estate.places.models import OfficeArea
from wolong.ground.pages.registries.panels import Panel, PanelContent
from wolong.ground.workdays.queries import today
from wolong.loop.duties import queries as duties
from wolong.loop.findings import queries as findings

YEAR = timedelta(days=365)


def _steps(_request: HttpRequest, area: OfficeArea) -> PanelContent:
    context = {"steps": duties.steps(area, today()), "area": area}
    return PanelContent("duties/_steps.html", context, flush=True, picture=area)


def _open_by_line(request: HttpRequest, area: OfficeArea) -> PanelContent:
    rows = findings.open_by_line(area, request.scope)  # type: ignore[attr-defined]
    address = reverse("findings:list")
    bars = [(row["line"] or str(_("未定")), _of_line(row["line"]), row["by_severity"]) for row in rows]
    context = {"bars": bars, "total": sum(row["total"] for row in rows), "url": f"{address}?tab=open"}
    more = [(str(_("表格")), address)]
    return PanelContent("entrance/_open_by_line.html", context, more=more, picture=area if bars else "")


def _of_line(line: str) -> str:
    return f"{reverse('findings:list')}?{urlencode({'tab': 'open', 'line': line})}"


def _most_failed(request: HttpRequest, area: OfficeArea) -> PanelContent:
    rows = findings.most_failed_clauses(area, since=today() - YEAR, scope=request.scope)  # type: ignore[attr-defined]
    return PanelContent("entrance/_most_failed.html", {"rows": rows})


def _areas(request: HttpRequest, _area: OfficeArea) -> PanelContent | None:
    """For whoever sees several areas: how each stands."""
    areas = areas_of(request)
    if len(areas) < 2:
        return None
    day = today()
    counted = findings.open_by_area(areas)
    indexes = duties.gap_indexes(areas, day)
    rows = [{"area": area, "index": indexes[area.pk], "open": count} for area, count in counted]
    return PanelContent("entrance/_areas.html", {"rows": rows})


HOME_PANELS = (
    Panel(key="steps", title=_("标准走到了哪一步"), order=10, render=_steps, side="left"),
    Panel(key="areas", title=_("各办公区怎么样？"), order=20, render=_areas, side="right"),
    Panel(key="open-by-line", title=_("未闭环问题在哪条线？"), order=30, render=_open_by_line, side="right"),
    Panel(key="most-failed", title=_("哪些条款最常不合格？"), order=40, render=_most_failed, side="right"),
)
