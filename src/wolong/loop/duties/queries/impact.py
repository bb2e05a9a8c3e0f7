"""What requirements that are not saved yet would make in an area: duties, who does, who checks, the next check."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from wolong.estate.places.models import OfficeArea
from wolong.ground.people.access import Scope
from wolong.ground.people.models import Organization
from wolong.ground.questions import asked
from wolong.loop.duties.models import Deviation, Duty
from wolong.loop.duties.queries.demands import Estate, RequirementRow, demand_of, lines_of, units_of
from wolong.loop.duties.querysets import visible_duties
from wolong.loop.duties.rules.deriving import by_name, doer_and_checker
from wolong.loop.duties.rules.next_check import next_check_by
from wolong.loop.duties.states import Gap
from wolong.norms.standards.models import Requirement
from wolong.norms.standards.registries import ImpactLine

MOST_LABELS = 3


def impact_lines(area: OfficeArea, requirements: Sequence[Requirement], on: date) -> list[ImpactLine]:
    """One line for each binding requirement, derived as it would be if the text ruled on that day."""
    estate, lines, units = Estate(area, on), by_name(lines_of(area, on)), units_of(area)
    found, ids = [], set[int]()
    for requirement in requirements:
        if not requirement.binds:
            continue
        demand = demand_of(_row(requirement), {})
        things = estate.things(demand.selectors)
        who = [doer_and_checker(demand, thing.path, lines=lines, units=units) for thing in things]
        doers, checkers = {doer for _line, doer, _checker in who}, {checker for _line, _doer, checker in who}
        ids |= {pk for pk in (*doers, *checkers) if pk}
        found.append((requirement, demand, things, doers, checkers))
    names = dict(Organization.objects.filter(pk__in=ids).values_list("pk", "short_name"))
    return [
        ImpactLine(
            ordinal=requirement.ordinal,
            objects=len(things),
            object_words=_words([thing.label for thing in things]),
            doers=sorted(names[pk] for pk in doers if pk),
            checkers=sorted(names[pk] for pk in checkers if pk),
            gaps=_gaps(bool(things), doers, checkers, demand.cycle_months, is_event=demand.is_event_driven),
            next_check_on=next_check_by(demand.cycle_months, today=on) if things else None,
            cycle=requirement.cycle_label,
        )
        for requirement, demand, things, doers, checkers in found
    ]


def _row(requirement: Requirement) -> RequirementRow:
    """As a stored requirement is read for deriving; a text that is only tried belongs to no standard yet."""
    return (
        requirement.ordinal, 0, requirement.clause.number, requirement.ordinal, requirement.fingerprint,
        requirement.selectors, requirement.doer, requirement.checker, requirement.cycle_months,
        requirement.is_event_driven, requirement.sample_percent, "",
    )  # fmt: skip


def _words(labels: list[str]) -> str:
    return "、".join(labels[:MOST_LABELS]) + (" …" if len(labels) > MOST_LABELS else "")


def _gaps(
    has_things: bool, doers: set[int | None], checkers: set[int | None], months: int | None, *, is_event: bool
) -> list[str]:
    if not has_things:
        return [str(Gap.OBJECTS.label)]
    holes = {Gap.DOER: None in doers, Gap.CHECKER: None in checkers, Gap.CYCLE: months is None and not is_event}
    return [str(gap.label) for gap, is_open in holes.items() if is_open]


@dataclass(frozen=True, slots=True)
class ClauseDuties:
    """The current duties of one requirement that a person sees: how many, by whom, and what they lack."""

    requirement_id: int
    count: int
    complete: int
    without_doer: int
    without_checker: int
    suspect: int
    deviations: int
    doers: tuple[str, ...]
    checkers: tuple[str, ...]


def duties_by_requirement(
    requirement_ids: Sequence[int], scope: Scope, area_id: int | None = None
) -> dict[int, ClauseDuties]:
    """One query for all requirements of a clause."""
    here = Q() if area_id is None else Q(area_id=area_id)
    rows = asked(_by_units, list(requirement_ids), visible_duties(scope), here, localdate())
    found: dict[int, ClauseDuties] = {}
    grouped: dict[int, list[dict[str, object]]] = {}
    for row in sorted(rows, key=lambda row: -row["n"]):
        grouped.setdefault(row["requirement_id"], []).append(row)
    for pk, parts in grouped.items():
        found[pk] = ClauseDuties(
            requirement_id=pk,
            count=_sum(parts),
            complete=_sum([p for p in parts if p["doer__short_name"] and p["checker__short_name"]]),
            without_doer=_sum([p for p in parts if not p["doer__short_name"]]),
            without_checker=_sum([p for p in parts if not p["checker__short_name"]]),
            suspect=sum(int(str(p["doubtful"])) for p in parts),
            deviations=sum(int(str(p["departed"])) for p in parts),
            doers=tuple(dict.fromkeys(str(p["doer__short_name"]) for p in parts if p["doer__short_name"])),
            checkers=tuple(dict.fromkeys(str(p["checker__short_name"]) for p in parts if p["checker__short_name"])),
        )
    return found


def _by_units(requirements: list[int], visible: Q, here: Q, on: date) -> QuerySet[Any, Any]:
    held = Deviation.objects.on(on).filter(duty=OuterRef("pk"))
    duties = Duty.objects.current().filter(visible).filter(here, requirement_id__in=requirements).order_by()
    return duties.values("requirement_id", "doer__short_name", "checker__short_name").annotate(
        n=Count("pk"),
        doubtful=Count("pk", filter=Q(is_suspect=True)),
        departed=Count("pk", filter=Exists(held)),
    )


def _sum(parts: Sequence[dict[str, object]]) -> int:
    return sum(int(str(part["n"])) for part in parts)
