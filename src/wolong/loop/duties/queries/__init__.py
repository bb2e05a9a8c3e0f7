"""Questions to the duties of an area."""

from wolong.loop.duties.queries.defects import Overlap, ThreeRoles, overlaps, three_roles
from wolong.loop.duties.queries.deviations import deviation_at, deviations_ending, deviations_within
from wolong.loop.duties.queries.matrix import Block, Narrowed, matrix
from wolong.loop.duties.queries.supervision import (
    LISTS,
    Step,
    Steps,
    Tally,
    gap_index,
    gap_indexes,
    gaps,
    shows,
    steps,
    steps_of,
    tallies,
)

__all__ = [
    "LISTS",
    "Block",
    "Narrowed",
    "Overlap",
    "Step",
    "Steps",
    "Tally",
    "ThreeRoles",
    "deviation_at",
    "deviations_ending",
    "deviations_within",
    "gap_index",
    "gap_indexes",
    "gaps",
    "matrix",
    "overlaps",
    "shows",
    "steps",
    "steps_of",
    "tallies",
    "three_roles",
]
