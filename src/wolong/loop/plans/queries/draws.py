"""Questions about draws: what is still to be drawn, by which seeds, and how a draw leaves the house."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Func, IntegerField, Max
from django.utils import timezone

from wolong.ground.people.models import Person
from wolong.loop.plans.drawing import FORMAT
from wolong.loop.plans.models import Draw, Plan, Seed


@dataclass(slots=True)
class Turn:
    """The draws that share one seed."""

    number: int
    draws: list[Draw] = field(default_factory=list)
    seeds: dict[str, Seed] = field(default_factory=dict)

    @property
    def is_drawn(self) -> bool:
        return all(draw.is_drawn for draw in self.draws)

    @property
    def is_complete(self) -> bool:
        return len(self.seeds) == 2


def turns_of(plan: Plan) -> list[Turn]:
    """Every turn of a plan with its draws and seeds, newest first."""
    turns: dict[int, Turn] = {}
    # The frozen lists may be long; how many stand in them is all that is shown beside each other.
    members = Func(F("population"), function="jsonb_array_length", output_field=IntegerField())
    draws = plan.draws.defer("population", "sample").annotate(members=members).select_related("replaces")
    for draw in draws.order_by("stratum", "pk"):
        turns.setdefault(draw.turn, Turn(draw.turn)).draws.append(draw)
    for seed in plan.seeds.select_related("given_by__organization").order_by("part"):
        turns.setdefault(seed.turn, Turn(seed.turn)).seeds[seed.part] = seed
    return [turns[number] for number in sorted(turns, reverse=True)]


def open_turn(plan: Plan) -> int:
    """The turn that a newly prepared draw joins: the latest in which nothing was drawn yet, else a new one."""
    latest: int = plan.draws.aggregate(latest=Max("turn"))["latest"] or 0
    if latest and not plan.draws.filter(turn=latest, drawn_at__isnull=False).exists():
        return latest
    return latest + 1


def seeds_wanted(plan: Plan) -> int | None:
    """The turn that waits for seeds; None when nothing is to be drawn."""
    return plan.draws.pending().order_by("turn").values_list("turn", flat=True).first()


def export_draw(draw: Draw) -> dict[str, Any]:
    """Everything that is needed to draw again elsewhere; `wolong draw verify` reads it."""
    plan = draw.plan
    return {
        "format": FORMAT,
        "area": plan.area.name,
        "month": f"{plan.month:%Y-%m}",
        "stratum": draw.stratum,
        "turn": draw.turn,
        "algorithm": draw.algorithm,
        "population": draw.population,
        "population_hash": draw.population_hash,
        "size": draw.size,
        "seed_a": _seed(draw.seed_a),
        "seed_b": _seed(draw.seed_b),
        "sample": draw.sample,
        "prepared_at": timezone.localtime(draw.prepared_at).isoformat(),
        "drawn_at": timezone.localtime(draw.drawn_at).isoformat() if draw.drawn_at else None,
        "replaces": draw.replaces_id,
        "reason": draw.reason,
    }


def _seed(seed: Seed | None) -> dict[str, str] | None:
    if seed is None:
        return None
    giver: Person = seed.given_by
    return {
        "value": seed.value,
        "salt": seed.salt,
        "commitment": seed.commitment,
        "by": giver.account,
        "name": giver.name,
        "given_at": timezone.localtime(seed.given_at).isoformat(),
    }
