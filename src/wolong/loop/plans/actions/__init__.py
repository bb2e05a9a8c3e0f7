"""The verbs of plans: compile a month, draw, walk."""

from wolong.loop.plans.actions.compiling import compile_month, recompile
from wolong.loop.plans.actions.drawing import draw, give_seed, redraw
from wolong.loop.plans.actions.hours import set_inspector_hours, set_method_minutes
from wolong.loop.plans.actions.rounds import (
    assign_inspector,
    cancel_round,
    complete_round,
    mark_items,
    move_due_date,
    start_round,
)
from wolong.loop.plans.actions.special import add_special_round
from wolong.loop.plans.actions.unplanned import add_unplanned_round

__all__ = [
    "add_special_round",
    "add_unplanned_round",
    "assign_inspector",
    "cancel_round",
    "compile_month",
    "complete_round",
    "draw",
    "give_seed",
    "mark_items",
    "move_due_date",
    "recompile",
    "redraw",
    "set_inspector_hours",
    "set_method_minutes",
    "start_round",
]
