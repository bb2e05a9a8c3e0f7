"""What this room adds to other pages: who does and who checks, beads, to-dos, the impact of a clause that is tried."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.estate.contracts.models import ServiceLine
from wolong.estate.equipment.models import Equipment
from wolong.estate.places.models import OfficeArea, Place
from wolong.ground.pages.registries import topbar
from wolong.ground.pages.registries.panels import PanelContent
from wolong.ground.pages.registries.thread import Bead
from wolong.ground.people.access import Scope
from wolong.loop.duties.models import Deviation, Duty
from wolong.loop.duties.queries.impact import ClauseDuties, duties_by_requirement, impact_lines
from wolong.norms.standards.models import Clause, Edition, Requirement
from wolong.norms.standards.queries import rewritten
from wolong.norms.standards.registries import Impact, Reach
from wolong.norms.standards.states import EditionState

MOST_ROWS = 12
WAITING = (EditionState.DRAFT, EditionState.APPROVED)


def here(request: HttpRequest) -> tuple[int, str] | None:
    """Number and name of the area that the top bar shows, which the frame asks for anyway."""
    switch = topbar.area_switch(request)
    options = switch.options if switch else []
    return next(((int(option.value), option.label) for option in options if option.is_current), None)


def area_of(request: HttpRequest) -> OfficeArea | None:
    """The area that this person looks at, with its centre."""
    chosen = here(request)
    return OfficeArea.objects.select_related("centre").filter(pk=chosen[0]).first() if chosen else None


def _of_clause(request: HttpRequest, requirements: Sequence[Requirement]) -> dict[int, ClauseDuties]:
    """Asked once a request, for the strip, the panel and the bead of a clause page."""
    key = tuple(sorted(row.pk for row in requirements))
    known = getattr(request, "_duties_of_clause", None)
    if known is None or known[0] != key:
        scope: Scope = request.scope  # type: ignore[attr-defined]
        area = here(request) if scope.is_inside else None
        known = (key, duties_by_requirement(key, scope, area[0] if area else None))
        request._duties_of_clause = known  # type: ignore[attr-defined]  # noqa: SLF001
    found: dict[int, ClauseDuties] = known[1]
    return found


def list_url(**what: Any) -> str:
    query = "&".join(f"{name}={value}" for name, value in what.items())
    return f"{reverse('duties:list')}?{query}"


def reach(requirements: Sequence[Requirement], scope: Scope, request: HttpRequest) -> Mapping[int, Reach]:
    """For the strip of a clause: how many objects here, by whom."""
    del scope
    return {
        pk: Reach(
            count=row.count,
            unit=_("处"),
            url=list_url(requirement=pk),
            doer="、".join(row.doers),
            checker="、".join(row.checkers),
        )
        for pk, row in _of_clause(request, requirements).items()
    }


def clause_panel(request: HttpRequest, clause: Clause) -> PanelContent | None:
    """谁做，谁查"""
    requirements = [row for row in clause.requirements.all() if row.binds]
    if not requirements:
        return None
    rows = list(_of_clause(request, list(clause.requirements.all())).values())
    total = sum(row.count for row in rows)
    complete = sum(row.complete for row in rows)
    area = here(request)
    scope: Scope = request.scope  # type: ignore[attr-defined]
    suspect = sum(row.suspect for row in rows)
    return PanelContent(
        "duties/_clause_panel.html",
        {
            "rows": rows,
            "total": total,
            "complete": complete,
            "percent": 100 * complete / total if total else 0,
            "without_doer": sum(row.without_doer for row in rows),
            "without_checker": sum(row.without_checker for row in rows),
            "suspect": suspect,
            "deviations": sum(row.deviations for row in rows),
            "deviations_url": reverse("duties:deviations") + f"?q={clause.number}",
            "doers": "、".join(dict.fromkeys(name for row in rows for name in row.doers)),
            "checkers": "、".join(dict.fromkeys(name for row in rows for name in row.checkers)),
            "url": list_url(clause=clause.pk),
            "confirm_url": reverse("duties:confirm", args=[clause.pk]) if suspect and scope.is_inside else "",
            "area_name": area[1] if area else "",
        },
        more=[(_("%(n)d 个职责") % {"n": total}, list_url(clause=clause.pk))] if total else [],
    )


def bead_of_clause(request: HttpRequest, clause: Clause) -> Bead | None:
    """62 个职责, or what they lack."""
    requirements = list(clause.requirements.all())
    if not any(row.binds for row in requirements):
        return None
    rows = list(_of_clause(request, requirements).values())
    total, url = sum(row.count for row in rows), list_url(clause=clause.pk)
    if not total:
        return Bead("cutoff", _("没有职责"), _("这个办公区没有由它产生的职责"), url)
    for count, fact in (
        (sum(row.without_doer for row in rows), _("%(n)d 处无人做")),
        (sum(row.without_checker for row in rows), _("%(n)d 处无人查")),
    ):
        if count:
            return Bead("cutoff", fact % {"n": count}, url=url)
    return Bead("done", _("%(n)d 个职责") % {"n": total}, url=url)


def bead_of_duty(request: HttpRequest, duty: Duty) -> Bead:
    del request
    return Bead("done", duty.object_label[:9], str(duty), duty.get_absolute_url())


def bead_of_deviation(request: HttpRequest, deviation: Deviation) -> Bead:
    return bead_of_duty(request, deviation.duty)


def clause_bead_of_deviation(request: HttpRequest, deviation: Deviation) -> Bead:
    return clause_bead_of_duty(request, deviation.duty)


def clause_bead_of_duty(request: HttpRequest, duty: Duty) -> Bead:
    del request
    clause = duty.requirement.clause
    return Bead("done", _("第 %(n)s 条") % {"n": clause.number}, duty.requirement.sentence, clause.get_absolute_url())


def _object_panel(request: HttpRequest, duties: Any, **what: Any) -> PanelContent | None:
    rows = list(
        duties.current().visible_to(request.scope).joined().order_by("requirement__edition", "pk")[: MOST_ROWS + 1]
    )  # type: ignore[attr-defined]
    if not rows:
        return None
    more = [(_("全部"), list_url(**what))]
    return PanelContent(
        "duties/_object_panel.html", {"rows": rows[:MOST_ROWS], "is_cut": len(rows) > MOST_ROWS}, more=more
    )


def place_panel(request: HttpRequest, place: Place) -> PanelContent | None:
    """这里要做到什么: the duties at a place itself."""
    return _object_panel(request, Duty.objects.filter(place=place, equipment=None), place=place.pk)


def equipment_panel(request: HttpRequest, piece: Equipment) -> PanelContent | None:
    return _object_panel(request, Duty.objects.filter(equipment=piece), equipment=piece.pk)


def line_panel(request: HttpRequest, line: ServiceLine) -> PanelContent | None:
    """What a service line has to keep: 应 and objects, by standard."""
    rows = list(
        Duty.objects.filter(line=line)
        .current()
        .visible_to(request.scope)  # type: ignore[attr-defined]
        .order_by("requirement__edition__number")
        .values("requirement__edition__standard_id", "requirement__edition__title")
        .annotate(
            things=Count("pk"),
            requirements=Count("requirement", distinct=True),
            unchecked=Count("pk", filter=Q(last_itemised_on__isnull=True)),
        )
    )
    if not rows:
        return None
    total = sum(row["things"] for row in rows)
    for row in rows:
        row["url"] = list_url(line=line.pk, standard=row["requirement__edition__standard_id"])
    return PanelContent(
        "duties/_line_panel.html", {"rows": rows}, more=[(_("%(n)d 个职责") % {"n": total}, list_url(line=line.pk))]
    )


def areas(request: HttpRequest) -> list[tuple[int, str]]:
    """The areas in which a clause may be tried, the chosen one first."""
    switch = topbar.area_switch(request)
    options = switch.options if switch else []
    return [(int(one.value), one.label) for one in sorted(options, key=lambda option: not option.is_current)]


def impact(requirements: Sequence[Requirement], area_id: int, on: date) -> Impact | None:
    """What a clause would make in an area, before it is saved."""
    area = OfficeArea.objects.select_related("centre").filter(pk=area_id).first()
    return Impact(title=gettext_lazy("职责"), lines=impact_lines(area, requirements, on)) if area else None


def touched_by(request: HttpRequest, edition: Edition) -> PanelContent | None:
    """会动到什么: duties, those who do them, and their contracts, that hang on what a draft words otherwise."""
    if edition.state not in WAITING:
        return None
    duties = Duty.objects.current().visible_to(request.scope).filter(requirement__in=rewritten(edition))  # type: ignore[attr-defined]
    found = duties.order_by().aggregate(
        duties=Count("pk"), doers=Count("doer", distinct=True), contracts=Count("line__contract", distinct=True)
    )
    url = list_url(standard=edition.standard_id)
    rows = [
        (_("职责要重新确认"), found["duties"], url),
        (_("涉及的承担单位"), found["doers"], ""),
        (_("涉及的合同"), found["contracts"], ""),
    ]
    return PanelContent("standards/_touched_panel.html", {"rows": rows})
