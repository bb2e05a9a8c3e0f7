"""What plans tell lower pages: menu, to-dos, beads."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.estate.places.models import OfficeArea
from wolong.ground.pages.registries import menu, panels, states, thread, todos
from wolong.ground.people.access import Scope
from wolong.ground.questions import asked
from wolong.ground.workdays.queries import today
from wolong.loop.duties.models import Duty
from wolong.loop.plans import access
from wolong.loop.plans.models import CheckItem, Draw, Omission, Plan, Round, Seed
from wolong.loop.plans.rules.due import add_months, month_of
from wolong.loop.plans.states import ItemState
from wolong.norms.standards.models import Clause, Edition
from wolong.norms.standards.queries import rewritten
from wolong.norms.standards.states import EditionState

DAYS_BEFORE_THE_MONTH = 7


def inside(request: HttpRequest) -> bool:
    return access.may_see_plans(request.scope)  # type: ignore[attr-defined]


def planning(request: HttpRequest) -> Iterator[todos.Todo]:
    """What the heads of areas owe the plan: months to compile, and seeds while a draw waits; one query for both."""
    scope = request.scope  # type: ignore[attr-defined]
    if not inside(request) or not scope.has(*access.PLANNERS):
        return
    on = today()
    months = [month_of(on)]
    following = add_months(months[0], 1)
    if (following - on).days <= DAYS_BEFORE_THE_MONTH:
        months.append(following)
    areas = list(_areas_to_plan(scope, months))
    yield from _months_to_compile(areas, scope, months=months, on=on)
    yield from _seeds_to_give(areas, request, on=on)


def _areas_to_plan(scope: Scope, months: Sequence[date]) -> QuerySet[OfficeArea]:
    """The areas with duties: the months that are planned, and the draws that wait."""
    planned = Plan.objects.filter(area=OuterRef("pk"), month__in=months).order_by().values("month")
    waiting = (
        Draw.objects.pending()
        .filter(plan__area=OuterRef("pk"), plan__month__gte=months[0])
        .order_by()
        .values("plan_id", "plan__month", "turn")
        .annotate(row=JSONObject(plan="plan_id", month="plan__month", turn="turn", strata=Count("pk")))
        .values("row")
    )
    rows = OfficeArea.objects.filter(scope.areas("centre"), adoptions__isnull=False).select_related("centre")
    return rows.annotate(planned=ArraySubquery(planned), waiting=ArraySubquery(waiting)).distinct()


def _months_to_compile(areas: Iterable[Any], scope: Scope, *, months: Sequence[date], on: date) -> Iterator[todos.Todo]:
    """月计划待编排; the next month in the last week of this one."""
    for area in areas:
        for month in months:
            if month not in area.planned and access.may_compile(scope, area):
                yield todos.Todo(
                    due=max(month, on),
                    sentence=_("编排 {}"),
                    strong=_("%(area)s %(month)s 月计划") % {"area": area.name, "month": f"{month:%Y-%m}"},
                    context=_("编排后巡查员才有巡查可做"),
                    verb=_("编排"),
                    url=reverse("plans:compile"),
                )


def _seeds_to_give(areas: Iterable[Any], request: HttpRequest, *, on: date) -> Iterator[todos.Todo]:
    """种子: for whoever may give one and has not; asked only where a draw waits."""
    rows = sorted(
        ((date.fromisoformat(row["month"]), area.name, row) for area in areas for row in area.waiting),
        key=lambda found: found[:2],
    )
    if not rows:
        return
    plans = [row["plan"] for _month, _name, row in rows]
    given = set(Seed.objects.filter(given_by_id=request.user.pk, plan__in=plans).values_list("plan_id", "turn"))
    for month, name, row in rows:
        if (row["plan"], row["turn"]) in given:
            continue
        yield todos.Todo(
            due=max(on, month),
            sentence=_("给出 {} 的种子"),
            strong=_("%(area)s %(month)s 抽样") % {"area": name, "month": f"{month:%Y-%m}"},
            context=_("%(n)s 层等着抽；要两个人各给一段") % {"n": row["strata"]},
            verb=_("给种子"),
            url=reverse("plans:draws", args=[row["plan"]]),
        )


def beads_of_round(request: HttpRequest, found: Round) -> Mapping[thread.Stage, thread.Bead]:
    """A round's clauses and duties are many; it is itself the plan."""
    del request
    rows = found.items.standing().aggregate(
        clauses=Count("requirement__clause", distinct=True), duties=Count("duty", distinct=True)
    )
    return {
        thread.Stage.CLAUSE: thread.Bead("done", _("%(n)s 条") % {"n": rows["clauses"]}),
        thread.Stage.DUTY: thread.Bead("done", _("%(n)s 个") % {"n": rows["duties"]}),
        thread.Stage.PLAN: thread.Bead("here", f"{found.plan.month:%Y-%m}", found.name),
    }


def beads_of_plan(request: HttpRequest, plan: Plan) -> Mapping[thread.Stage, thread.Bead]:
    del request
    rows = (
        CheckItem.objects.filter(round__plan=plan)
        .standing()
        .aggregate(
            clauses=Count("requirement__clause", distinct=True), duties=Count("duty", distinct=True), all=Count("pk")
        )
    )
    return {
        thread.Stage.CLAUSE: thread.Bead("done", _("%(n)s 条") % {"n": rows["clauses"]}),
        thread.Stage.DUTY: thread.Bead("done", _("%(n)s 个") % {"n": rows["duties"]}),
        thread.Stage.PLAN: thread.Bead("here", _("%(n)s 项") % {"n": rows["all"]}),
    }


def beads_of_draw(request: HttpRequest, draw: Draw) -> Mapping[thread.Stage, thread.Bead]:
    del request
    fact = _("抽 %(n)s 个") % {"n": draw.size}
    return {thread.Stage.PLAN: thread.Bead("here", fact, draw.stratum)}


def bead_of_clause(request: HttpRequest, clause: Clause) -> thread.Bead | None:
    """The next day on which it is checked; cut off where this month leaves it out."""
    if not inside(request):
        return None
    scope: Scope = request.scope  # type: ignore[attr-defined]
    checked, planned = scope.areas("round__area__centre"), scope.areas("plan__area__centre")
    ((pending, omitted),) = asked(_ahead_of_clause, clause.pk, checked, planned, month_of(today()))
    if pending:
        fact = _("待查 %(n)s 项") % pending
        title = _("待查 %(n)s 项，最近一项 %(due)s 前") % pending
        return thread.Bead("done", fact, title, reverse("plans:list"))
    if omitted:
        fact = _("本期查不到")
        url = f"{reverse('plans:plan', args=[omitted['plan']])}#omitted"
        return thread.Bead("cutoff", fact, f"{fact}：{omitted['reason']}", url)
    return None


def _ahead_of_clause(clause: int, checked: Q, planned: Q, month: date) -> QuerySet[Any, Any]:
    """What waits to be checked, and what this month leaves out."""
    waiting = CheckItem.objects.filter(checked, requirement__clause=OuterRef("pk"), state=ItemState.PENDING).order_by()
    summed = waiting.values("requirement__clause").annotate(found=JSONObject(n=Count("pk"), due=Min("round__due_on")))
    left_out = Omission.objects.filter(planned, requirement__clause=OuterRef("pk"), plan__month=month)
    reasons = left_out.values(found=JSONObject(plan="plan_id", reason="reason"))
    both = Clause.objects.filter(pk=clause).order_by()
    return both.values_list(Subquery(summed.values("found")), Subquery(reasons[:1]))


def bead_of_duty(request: HttpRequest, duty: Duty) -> thread.Bead | None:
    if not inside(request):
        return None
    item = (
        CheckItem.objects.filter(duty=duty, state=ItemState.PENDING)
        .select_related("round")
        .order_by("round__due_on")
        .first()
    )
    if item is None:
        return None
    return thread.Bead(
        "done", _("%(day)s 前") % {"day": f"{item.round.due_on:%m-%d}"}, item.round.name, item.round.get_absolute_url()
    )


def touched_by(request: HttpRequest, edition: Edition) -> panels.PanelContent | None:
    """Checks that are planned by the old words: they fall away when a draft comes into force, and are planned anew."""
    if edition.state not in (EditionState.DRAFT, EditionState.APPROVED):
        return None
    items = CheckItem.objects.filter(
        request.scope.areas("round__area__centre"),  # type: ignore[attr-defined]
        requirement__in=rewritten(edition),
        state=ItemState.PENDING,
    )
    found = items.order_by().aggregate(items=Count("pk"), rounds=Count("round", distinct=True))
    rows = [(_("待查的检查项作废重排"), found["items"], ""), (_("涉及的巡查"), found["rounds"], reverse("plans:list"))]
    return panels.PanelContent("standards/_touched_panel.html", {"rows": rows})


def register_all() -> None:
    panels.register(
        "edition",
        panels.Panel(key="touched-plans", title=gettext_lazy("计划"), order=11, render=touched_by, may=inside),
    )
    menu.register(
        menu.MenuEntry(
            section=menu.Section.LOOP,
            order=30,
            label=gettext_lazy("计划"),
            url_name="plans:list",
            icon="calendar-event",
            key="p",
            may=inside,
        )
    )
    states.register(
        ItemState,
        {
            ItemState.PENDING: ("", "circle-dotted"),
            ItemState.DONE: ("ok", "circle-check"),
            ItemState.SUPERSEDED: ("", "circle-x"),
        },
    )
    todos.register(planning)
    thread.register_chain(Round, beads_of_round)
    thread.register_chain(Plan, beads_of_plan)
    thread.register_chain(Draw, beads_of_draw)
    thread.register(thread.Stage.PLAN, bead_of_clause, subject=Clause)
    thread.register(thread.Stage.PLAN, bead_of_duty, subject=Duty)
