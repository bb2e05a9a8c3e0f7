"""The strata of a month's draws: clauses that sample, and at a quarter's end every system."""

import math
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from wolong.estate.equipment.models import Equipment, System
from wolong.loop.plans.drawing import ALGORITHM, population_hash
from wolong.loop.plans.models import Draw, Plan
from wolong.loop.plans.queries.draws import open_turn
from wolong.loop.plans.queries.inputs import Inputs, PlannedDuty
from wolong.loop.plans.rules import budget, due
from wolong.norms.standards.models import Requirement

QUARTER = 3


@dataclass(slots=True)
class Stratum:
    """What may be drawn, and what each member stands for."""

    key: str
    requirement: int | None
    system: int | None
    size: int
    duties: dict[int, list[PlannedDuty]]
    """Members (a duty's id, or a piece of equipment's) with the duties that are checked when they are drawn."""


@dataclass(slots=True)
class Strata:
    """The strata of a plan beside the draws that were made of them."""

    strata: dict[str, Stratum] = field(default_factory=dict)
    drawn_duties: frozenset[int] = frozenset()
    reserved_minutes: Decimal = Decimal(0)

    @classmethod
    def of(cls, plan: Plan, inputs: Inputs) -> "Strata":
        strata = {each.key: each for each in (*_of_requirements(inputs), *_of_systems(inputs))}
        drawn: set[int] = set()
        done: set[str] = set()
        for draw in plan.draws.effective():
            stratum = strata.get(draw.key)
            if stratum is not None:
                done.add(draw.key)
                for entry in draw.sample or ():
                    drawn.update(duty.pk for duty in stratum.duties.get(entry["id"], ()))
        pending = [each for key, each in strata.items() if key not in done]
        reserved = sum((_minutes_to_come(each, inputs) for each in pending), Decimal(0))
        return cls(strata, frozenset(drawn), reserved)


def _minutes_to_come(stratum: Stratum, inputs: Inputs) -> Decimal:
    """What a sample still to be drawn will take: its share of the whole, by the mean."""
    whole = sum((inputs.minutes_of(duty) for duties in stratum.duties.values() for duty in duties), Decimal(0))
    return Decimal(math.ceil(whole * stratum.size / max(1, len(stratum.duties))))


def _of_requirements(inputs: Inputs) -> list[Stratum]:
    """Each requirement that samples and is due: its objects, ceil(p·N) of them."""
    members: dict[int, dict[int, list[PlannedDuty]]] = defaultdict(dict)
    percents: dict[int, Decimal] = {}
    for duty in inputs.duties.values():
        if duty.is_sampled and duty.sample_percent is not None and duty.is_due(inputs.month):
            members[duty.requirement][duty.pk] = [duty]
            percents[duty.requirement] = duty.sample_percent
    return [
        Stratum(f"R{requirement}", requirement, None, budget.sample_size(percents[requirement], len(duties)), duties)
        for requirement, duties in sorted(members.items())
    ]


def _of_systems(inputs: Inputs) -> list[Stratum]:
    """At a quarter's end every system whose equipment no sampling clause reaches: some pieces, at least one."""
    if not due.is_period_end(inputs.month, QUARTER):
        return []
    pieces: dict[int, dict[int, list[PlannedDuty]]] = defaultdict(lambda: defaultdict(list))
    reached: set[int] = set()
    for duty in inputs.duties.values():
        if duty.system is None or duty.equipment is None or duty.is_event_driven:
            continue
        if duty.is_sampled:
            if duty.is_due(inputs.month):
                reached.add(duty.system)
        elif duty.cycle_months is not None:
            pieces[duty.system][duty.equipment].append(duty)
    return [
        Stratum(f"S{system}", None, system, budget.sample_size(budget.SPOT_CHECK_PERCENT, len(members)), dict(members))
        for system, members in sorted(pieces.items())
        if system not in reached
    ]


def prepare_draws(*, plan: Plan, strata: Strata, inputs: Inputs, at: datetime) -> None:
    """Freeze the population of each stratum that has no draw yet; a stratum that fell away undrawn is dropped.

    A population that changed before the draw is frozen anew; one that was drawn from is never touched.
    """
    existing: dict[str, Draw] = {}
    for draw in plan.draws.order_by("turn"):
        existing[draw.key] = draw
    plan.draws.pending().filter(replaces=None).exclude(key__in=strata.strata).delete()
    missing = [each for key, each in strata.strata.items() if key not in existing or not existing[key].is_drawn]
    if not missing:
        return
    entries = _entries(missing, inputs)
    names = _names(missing)
    turn = open_turn(plan)
    for stratum in missing:
        population = entries[stratum.key]
        frozen = {"population": population, "population_hash": population_hash(population), "size": stratum.size}
        pending = existing.get(stratum.key)
        if pending is None:
            Draw.objects.create(
                plan=plan,
                turn=turn,
                key=stratum.key,
                stratum=names[stratum.key],
                requirement_id=stratum.requirement,
                system_id=stratum.system,
                algorithm=ALGORITHM,
                prepared_at=at,
                **frozen,
            )
        elif pending.population_hash != frozen["population_hash"] or pending.size != stratum.size:
            Draw.objects.filter(pk=pending.pk).update(prepared_at=at, **frozen)


def _entries(strata: list[Stratum], inputs: Inputs) -> dict[str, list[dict[str, Any]]]:
    """The frozen list of each stratum, by id: what stands there can be read by anyone who replays the draw."""
    pieces = {pk for each in strata if each.system is not None for pk in each.duties}
    rows = Equipment.objects.filter(pk__in=pieces).values_list("pk", "code", "name")
    labels = {pk: f"{code} {name}" for pk, code, name in rows}
    found = {}
    for stratum in strata:
        found[stratum.key] = [
            {"id": pk, "label": labels.get(pk, "") if stratum.system is not None else inputs.duties[pk].object_label}
            for pk in sorted(stratum.duties)
        ]
    return found


def _names(strata: list[Stratum]) -> dict[str, str]:
    systems = dict(
        System.objects.filter(pk__in=[each.system for each in strata if each.system]).values_list("pk", "name")
    )
    clauses = {
        pk: f"{code} {number}"
        for pk, code, number in Requirement.objects.filter(
            pk__in=[each.requirement for each in strata if each.requirement]
        ).values_list("pk", "edition__standard__code", "clause__number")
    }
    return {
        each.key: systems[each.system] if each.system is not None else clauses[each.requirement or 0] for each in strata
    }
