"""The verbs of the standards room."""

from wolong.norms.standards.actions.edition import (
    abolish_edition,
    approve_edition,
    bring_due_into_force,
    bring_into_force,
    draft_edition,
    revise_draft,
    schedule_edition,
)
from wolong.norms.standards.actions.library import Loaded, load_library

__all__ = [
    "Loaded",
    "abolish_edition",
    "approve_edition",
    "bring_due_into_force",
    "bring_into_force",
    "draft_edition",
    "load_library",
    "revise_draft",
    "schedule_edition",
]
