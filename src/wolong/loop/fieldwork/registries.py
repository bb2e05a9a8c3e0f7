"""What fieldwork tells lower pages: menu, to-dos, beads, panels."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.estate.equipment.models import Equipment
from wolong.estate.places.models import Place
from wolong.ground.files.access import register_viewer
from wolong.ground.pages.registries import menu, panels, states, thread, todos, topbar
from wolong.ground.people.access import Scope
from wolong.ground.people.states import Role
from wolong.ground.questions import Counting, asked
from wolong.ground.workdays.queries import today
from wolong.loop.duties.models import Duty
from wolong.loop.duties.states import CheckMode
from wolong.loop.fieldwork import access
from wolong.loop.fieldwork.models import Observation, Visit
from wolong.loop.fieldwork.states import Verdict, VisitState
from wolong.loop.plans.models import CheckItem, Round
from wolong.loop.plans.queries import open_rounds, rounds_of
from wolong.loop.plans.states import ItemState, RoundState
from wolong.norms.standards.models import Clause
from wolong.norms.standards.registries import checks

SHOWN = 6
MOST_DOTS = 40
SOON_ROUNDS = 5


def inside(request: HttpRequest) -> bool:
    return access.may_see_visits(request.scope)  # type: ignore[attr-defined]


def rounds_to_walk(request: HttpRequest) -> Iterable[todos.Todo]:
    """继续…巡查, for whoever walks."""
    if not inside(request):
        return
    on = today()
    rounds = rounds_of(request.user, on).filter(starts_on__lte=on).with_progress()  # type: ignore[arg-type]
    for each in rounds[:SOON_ROUNDS]:
        begun = each.state == RoundState.UNDER_WAY
        left = each.items_all - each.items_done
        yield todos.Todo(
            due=each.due_on,
            sentence=_("继续 {}") if begun else _("开始 {}"),
            strong=each.name,
            context=_("还剩 %(left)s 项，预计 %(minutes)s 分钟") % {"left": left, "minutes": each.minutes},
            verb=_("继续巡查") if begun else _("开始巡查"),
            url=reverse("fieldwork:round", args=[each.pk]),
        )


def checks_by_edition(clause: Clause, scope: Scope) -> Mapping[int, tuple[int, int]]:
    """Checks one by one of a clause under each of its editions, and how many failed; 不适用 and 因故未检 are no checks."""
    rows = Observation.objects.filter(
        scope.visible(centre="item__duty__area__centre", unit="item__duty__doer"),
        item__requirement__clause__number=clause.number,
        item__requirement__edition__standard=clause.edition.standard_id,
        visit__state=VisitState.SUBMITTED,
        mode=CheckMode.ITEMISED,
        verdict__in=(Verdict.CONFORMS, Verdict.FAILS),
    ).order_by()
    grouped = rows.values_list("item__requirement__edition").annotate(
        checks=Count("pk"), failed=Count("pk", filter=Q(verdict=Verdict.FAILS))
    )
    return {edition: (checks, failed) for edition, checks, failed in grouped}


def quarter_start() -> date:
    day = today()
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def last_checks(request: HttpRequest, where: Q) -> dict[str, Any]:
    """The latest checks at a thing."""
    rows = (
        Observation.objects.visible_to(request.scope)  # type: ignore[attr-defined]
        .submitted()
        .filter(where)
        .exclude(verdict=Verdict.NOT_CHECKED)
        .select_related("item__requirement__clause", "item__duty", "visit")
        .order_by("-observed_at", "-pk")[:SHOWN]
    )
    return {"rows": list(rows)}


def at_place(request: HttpRequest, place: Place) -> panels.PanelContent | None:
    """A place's QR code opens its page: whoever walks a round there goes on from here."""
    here = rounds_of(request.user, today()).filter(state=RoundState.UNDER_WAY, items__place=place).first()  # type: ignore[arg-type]
    go = reverse("fieldwork:place", args=[here.pk, place.pk]) if here else ""
    context = {**last_checks(request, Q(item__place__path__startswith=place.path)), "go": go}
    return panels.PanelContent("fieldwork/_last_checks.html", context)


def at_equipment(request: HttpRequest, equipment: Equipment) -> panels.PanelContent | None:
    return panels.PanelContent("fieldwork/_last_checks.html", last_checks(request, Q(item__duty__equipment=equipment)))


def of_duty(request: HttpRequest, duty: Duty) -> panels.PanelContent | None:
    return panels.PanelContent("fieldwork/_last_checks.html", last_checks(request, Q(item__duty=duty)))


def _quarter(request: HttpRequest, clause: Clause) -> list[tuple[str | None, str | None, str, date]]:
    """This quarter's items of a clause in the area one looks at; asked once a request, for the panel and the bead."""
    known = getattr(request, "_quarter_of_clause", None)
    if known is None or known[0] != clause.pk:
        start = quarter_start()
        seen = request.scope.areas("round__area__centre")  # type: ignore[attr-defined]
        area = topbar.area_switch(request)
        chosen = next((option.value for option in (area.options if area else []) if option.is_current), None)
        here = Q(round__area_id=int(chosen)) if chosen else Q()
        known = (clause.pk, asked(_items_of_clause, clause.pk, seen, here, start, _next_quarter(start)))
        request._quarter_of_clause = known  # type: ignore[attr-defined]  # noqa: SLF001
    found: list[tuple[str | None, str | None, str, date]] = known[1]
    return found


def _items_of_clause(clause: int, seen: Q, here: Q, start: date, end: date) -> QuerySet[Any, Any]:
    rows = CheckItem.objects.standing().filter(seen, requirement__clause_id=clause)
    rows = rows.filter(here, round__due_on__gte=start, round__due_on__lt=end).order_by("round__due_on", "position")
    return rows.values_list("observation__verdict", "observation__visit__state", "state", "round__due_on")  # type: ignore[no-any-return]


def of_clause(request: HttpRequest, clause: Clause) -> panels.PanelContent | None:
    """本季查到哪里了: a dot an item of this quarter, and what is still to come until when."""
    items = _quarter(request, clause)
    if not items:
        return panels.PanelContent("fieldwork/_quarter.html", {"none": True})
    dots = [_dot(verdict if state == VisitState.SUBMITTED else None) for verdict, state, _state, _due in items]
    counts = {kind: dots.count(kind) for kind in ("ok", "bad", "open")}
    open_until = max((due for (*_rest, due), dot in zip(items, dots, strict=True) if dot == "open"), default=None)
    context = {"dots": dots[:MOST_DOTS], "more": max(0, len(dots) - MOST_DOTS), "counts": counts, "until": open_until}
    more = [(_("%(n)s 处样本") % {"n": len(items)}, reverse("fieldwork:list"))]
    return panels.PanelContent("fieldwork/_quarter.html", context, more)


def _next_quarter(start: date) -> date:
    return start.replace(year=start.year + (start.month > 9), month=(start.month + 2) % 12 + 1)


def _dot(verdict: str | None) -> str:
    if verdict == Verdict.FAILS:
        return "bad"
    return "ok" if verdict == Verdict.CONFORMS else "open"


def of_round(request: HttpRequest, round: Round) -> panels.PanelContent | None:  # noqa: A002 - the glossary's word
    del request
    visit = Visit.objects.filter(round=round).select_related("inspector").first()
    more = [(_("打印巡查记录表"), reverse("fieldwork:record", args=[round.pk]))]
    counts = {}
    if visit is not None:
        counts = visit.observations.aggregate(all=Count("pk"), failed=Count("pk", filter=Q(verdict=Verdict.FAILS)))
    return panels.PanelContent("fieldwork/_round_visit.html", {"visit": visit, "counts": counts}, more)


def beads_of_visit(request: HttpRequest, visit: Visit) -> Mapping[thread.Stage, thread.Bead]:
    """A visit hangs on its round; its clauses and duties are many."""
    del request
    found = visit.round
    rows = found.items.standing().aggregate(
        clauses=Count("requirement__clause", distinct=True), duties=Count("duty", distinct=True)
    )
    seen = visit.observations.count()
    return {
        thread.Stage.CLAUSE: thread.Bead("done", _("%(n)s 条") % {"n": rows["clauses"]}),
        thread.Stage.DUTY: thread.Bead("done", _("%(n)s 个") % {"n": rows["duties"]}),
        thread.Stage.PLAN: thread.Bead("done", f"{found.plan.month:%Y-%m}", found.name, found.get_absolute_url()),
        thread.Stage.FIELDWORK: thread.Bead("here", _("已查 %(n)s 项") % {"n": seen}),
    }


def bead_of_round(request: HttpRequest, found: Round) -> thread.Bead | None:
    del request
    visit = Visit.objects.filter(round=found).first()
    if visit is None:
        return None
    return thread.Bead("done", visit.get_state_display(), found.name, visit.get_absolute_url())


def bead_of_clause(request: HttpRequest, clause: Clause) -> thread.Bead | None:
    """本季 9/13 处; none where nothing of it is planned this quarter."""
    items = _quarter(request, clause) if inside(request) else []
    if not items:
        return None
    done = sum(state == ItemState.DONE for _verdict, _visit, state, _due in items)
    words = _("本季 %(done)s/%(all)s 处") % {"done": done, "all": len(items)}
    return thread.Bead("done", words, url=reverse("fieldwork:list"))


def bead_of_duty(request: HttpRequest, duty: Duty) -> thread.Bead | None:
    if not inside(request):
        return None
    if duty.last_itemised_on is None:
        return thread.Bead("cutoff", _("从未逐项查"), _("这个职责从未逐项检查过"))
    return thread.Bead(
        "done", f"{duty.last_itemised_on:%m-%d}", _("上次逐项检查 %(day)s") % {"day": duty.last_itemised_on}
    )


def rounds_waiting(request: HttpRequest) -> Counting | None:
    """A figure for those who walk rounds or send others to."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return open_rounds(scope) if scope.has(Role.INSPECTOR, Role.SECTION_HEAD) else None


def register_all() -> None:
    checks.register("fieldwork", checks_by_edition)
    menu.register(
        menu.MenuEntry(
            section=menu.Section.LOOP,
            order=40,
            label=gettext_lazy("巡查"),
            url_name="fieldwork:list",
            icon="route",
            key="x",
            may=inside,
            count=rounds_waiting,
        )
    )
    states.register(
        RoundState,
        {
            RoundState.PLANNED: ("", "calendar"),
            RoundState.UNDER_WAY: ("run", "walk"),
            RoundState.DONE: ("ok", "circle-check"),
            RoundState.CANCELLED: ("", "circle-x"),
        },
    )
    states.register(VisitState, {VisitState.UNDER_WAY: ("run", "walk"), VisitState.SUBMITTED: ("ok", "circle-check")})
    todos.register(rounds_to_walk)
    thread.register_chain(Visit, beads_of_visit)
    thread.register(thread.Stage.FIELDWORK, bead_of_round, subject=Round)
    thread.register(thread.Stage.FIELDWORK, bead_of_clause, subject=Clause)
    thread.register(thread.Stage.FIELDWORK, bead_of_duty, subject=Duty)
    for place, order, render, title in (
        ("place", 40, at_place, gettext_lazy("最近检查")),
        ("equipment", 40, at_equipment, gettext_lazy("最近检查")),
        ("duty", 40, of_duty, gettext_lazy("最近检查")),
        ("clause", 40, of_clause, gettext_lazy("本季查到哪里了？")),
        ("round", 40, of_round, gettext_lazy("巡查记录")),
    ):
        panels.register(place, panels.Panel(key="fieldwork", title=title, order=order, render=render, may=inside))
    register_viewer(lambda scope: access.visits_seen(scope, "observations__visit__"))
