"""What this room adds to other pages: boxes, beads, the search, counts, and who may open its photographs."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from wolong.estate.contracts.models import Contract
from wolong.estate.equipment.models import Equipment
from wolong.estate.places.models import Place
from wolong.ground.pages.registries.panels import PanelContent
from wolong.ground.pages.registries.search import Hit
from wolong.ground.pages.registries.thread import Bead
from wolong.ground.people.access import Scope
from wolong.ground.questions import Counting, asked
from wolong.ground.workdays.queries import today
from wolong.loop.duties.models import Duty
from wolong.loop.findings import queries
from wolong.loop.findings.models import Finding
from wolong.loop.findings.states import OPEN_STAGES, ORDERED_STAGES, Stage
from wolong.norms.standards.models import Clause, Edition

SHOWN = 5


def _content(request: HttpRequest, where: Q, parameter: str, key: Any) -> PanelContent | None:
    """This year's findings of one thing, newest first, with the list that holds them all."""
    scope = request.scope  # type: ignore[attr-defined]
    if not (scope.is_inside or scope.is_supplier):
        return None
    year = today().replace(month=1, day=1)
    latest = asked(_latest, where, queries.visible_to(scope), queries.midnight(year))
    total = len(latest) if len(latest) <= SHOWN else _counts(request, where, parameter, key)["year"]
    url = f"{reverse('findings:list')}?tab=all&{parameter}={key}"
    more = [(_("全部 %(n)d 个") % {"n": total}, url)] if total else []
    return PanelContent("findings/_panel.html", {"rows": latest[:SHOWN], "total": total, "today": today()}, more=more)


def _latest(where: Q, visible: Q, since: datetime) -> QuerySet[Finding]:
    found = Finding.objects.filter(where).filter(visible, found_at__gte=since).exclude(stage=Stage.WITHDRAWN)
    return found.select_related("place").order_by("-found_at")[: SHOWN + 1]


def of_place(request: HttpRequest, place: Place) -> PanelContent | None:
    """A place and everything below it."""
    within = Q(place=place) | Q(place__path__startswith=place.path) if place.path else Q(place=place)
    return _content(request, within, "place", place.pk)


def of_equipment(request: HttpRequest, equipment: Equipment) -> PanelContent | None:
    return _content(request, Q(equipment=equipment.pk), "equipment", equipment.pk)


def of_duty(request: HttpRequest, duty: Duty) -> PanelContent | None:
    return _content(request, Q(duty=duty.pk), "duty", duty.pk)


def of_contract(request: HttpRequest, contract: Contract) -> PanelContent | None:
    return _content(request, Q(line__contract=contract.pk), "contract", contract.pk)


def of_clause(request: HttpRequest, clause: Clause) -> PanelContent | None:
    """A clause over all editions of its standard."""
    return _content(request, _of_number(clause), "clause", clause.pk)


def _of_number(clause: Clause) -> Q:
    return Q(requirement__clause__number=clause.number, requirement__edition__standard_id=clause.edition.standard_id)


def _counts(request: HttpRequest, where: Q, parameter: str, key: Any) -> dict[str, int]:
    """This year's and the open findings of one thing; asked once a request, for its box and its bead."""
    known: dict[tuple[str, Any], dict[str, int]] = getattr(request, "_findings_of", {})
    if (parameter, key) not in known:
        year = today().replace(month=1, day=1)
        (known[parameter, key],) = asked(
            _counted,
            where,
            queries.visible_to(request.scope),  # type: ignore[attr-defined]
            queries.midnight(year),
        )
        request._findings_of = known  # type: ignore[attr-defined]  # noqa: SLF001 - what one request knows
    return known[parameter, key]


def _counted(where: Q, visible: Q, since: datetime) -> QuerySet[Any, Any]:
    seen = Finding.objects.filter(where).filter(visible).exclude(stage=Stage.WITHDRAWN).order_by()
    return (
        seen.annotate(whole=Value(1))
        .values("whole")
        .annotate(
            year=Count("pk", filter=Q(found_at__gte=since)),
            open=Count("pk", filter=Q(stage__in=OPEN_STAGES)),
            owed=Count("pk", filter=Q(stage__in=ORDERED_STAGES)),
            closed=Count("pk", filter=Q(stage=Stage.CLOSED, found_at__gte=since)),
        )
    )


def _totals(request: HttpRequest, where: Q, parameter: str, key: Any) -> Bead:
    found = _counts(request, where, parameter, key)
    url = f"{reverse('findings:list')}?tab=all&{parameter}={key}"
    if not found["year"] and not found["open"]:
        return Bead("ahead", _("今年没有"), _("今年没有发现问题"))
    words = {"year": found["year"], "open": found["open"]}
    return Bead("done", _("今年 %(year)d 个") % words, _("今年 %(year)d 个，%(open)d 个未闭环") % words, url)


def bead_of_clause(request: HttpRequest, clause: Clause) -> Bead:
    return _totals(request, _of_number(clause), "clause", clause.pk)


def bead_of_duty(request: HttpRequest, duty: Duty) -> Bead:
    return _totals(request, Q(duty=duty.pk), "duty", duty.pk)


def _owed(request: HttpRequest, where: Q, parameter: str, key: Any) -> Bead:
    """How far the orders have come, from what they noted on their findings; no question more."""
    found = _counts(request, where, parameter, key)
    url = f"{reverse('findings:list')}?tab=all&{parameter}={key}"
    if found["owed"]:
        words = _("%(n)d 个未闭环") % {"n": found["owed"]}
        return Bead("done", words, words, url)
    if found["closed"]:
        words = _("%(n)d 个已闭环") % {"n": found["closed"]}
        return Bead("done", words, words, url)
    return Bead("ahead", _("今年没有"), _("今年没有整改"))


def order_bead_of_clause(request: HttpRequest, clause: Clause) -> Bead:
    return _owed(request, _of_number(clause), "clause", clause.pk)


def order_bead_of_duty(request: HttpRequest, duty: Duty) -> Bead:
    return _owed(request, Q(duty=duty.pk), "duty", duty.pk)


def failures_by_clause(edition: Edition, on: date, scope: Scope) -> Mapping[str, int]:
    """This year's findings by clause number of a standard, over all its editions."""
    since = queries.midnight(on.replace(month=1, day=1))
    return dict(asked(_failures, edition.standard_id, queries.visible_to(scope), since))


def _failures(standard: int, visible: Q, since: datetime) -> QuerySet[Any, Any]:
    return (
        Finding.objects.filter(visible, requirement__edition__standard_id=standard, found_at__gte=since)
        .exclude(stage=Stage.WITHDRAWN)
        .order_by()
        .values_list("requirement__clause__number")
        .annotate(count=Count("pk"))
    )


def find_findings(request: HttpRequest, q: str) -> list[Hit]:
    rows = Finding.objects.filter(queries.visible_to(request.scope))  # type: ignore[attr-defined]
    rows = rows.filter(Q(title__icontains=q) | Q(number__icontains=q)).select_related("place")
    return [
        Hit(found.title, f"{found.number} · {found.severity} · {found.get_stage_display()}", found.get_absolute_url())
        for found in rows.order_by("-pk")[:8]
    ]


def open_count(request: HttpRequest) -> Counting:
    return queries.open_findings(request.scope)  # type: ignore[attr-defined]


def evidence_of_findings(scope: Scope) -> Q:
    """The bureau opens photographs of its areas' checks; a company those of its own findings alone."""
    if scope.is_inside:
        return scope.areas("observations__item__duty__area__centre")
    own = Finding.objects.filter(queries.visible_to(scope)).values("observation_id")
    return Q(observations__in=own)
