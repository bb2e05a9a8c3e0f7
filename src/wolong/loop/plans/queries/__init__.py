"""What plans and rounds are asked."""

from wolong.loop.plans.queries.draws import export_draw, open_turn, seeds_wanted, turns_of
from wolong.loop.plans.queries.inputs import Inputs, PlannedDuty, inputs_of, inspector_minutes
from wolong.loop.plans.queries.rounds import area_rounds, items_by_place, next_round_of, open_rounds, rounds_of

__all__ = [
    "Inputs",
    "PlannedDuty",
    "area_rounds",
    "export_draw",
    "inputs_of",
    "inspector_minutes",
    "items_by_place",
    "next_round_of",
    "open_rounds",
    "open_turn",
    "rounds_of",
    "seeds_wanted",
    "turns_of",
]
