"""Questions to the standards."""

from wolong.norms.standards.queries.editions import (
    CheckCycle,
    awaiting_approval,
    check_cycle,
    clauses_marked,
    editions_in_force,
    in_force,
    listed_standards,
    previous_clause,
    previous_edition,
    requirement_on,
    rewritten,
    ruling_clause,
    same_clause,
    successor_of,
)
from wolong.norms.standards.queries.reading import Tried, problems_of, requirement_of, try_clause

__all__ = [
    "CheckCycle",
    "Tried",
    "awaiting_approval",
    "check_cycle",
    "clauses_marked",
    "editions_in_force",
    "in_force",
    "listed_standards",
    "previous_clause",
    "previous_edition",
    "problems_of",
    "requirement_of",
    "requirement_on",
    "rewritten",
    "ruling_clause",
    "same_clause",
    "successor_of",
    "try_clause",
]
