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
from wolong.norms.standards.actions.library import Loaded, approve_waiting, draft_library, draft_texts, load_library
from wolong.norms.standards.actions.proposal import (
    complete_proposals,
    decide_proposal,
    draft_from_proposal,
    propose_revision,
)
from wolong.norms.standards.actions.scoring import (
    bring_sheet,
    choose_tab,
    confirm_clear_rows,
    draft_from_sheet,
    drop_sheet,
    leave_out_row,
    save_row,
    split_row,
)

__all__ = [
    "Loaded",
    "abolish_edition",
    "approve_edition",
    "approve_waiting",
    "bring_due_into_force",
    "bring_into_force",
    "bring_sheet",
    "choose_tab",
    "complete_proposals",
    "confirm_clear_rows",
    "decide_proposal",
    "draft_edition",
    "draft_from_proposal",
    "draft_from_sheet",
    "draft_library",
    "draft_texts",
    "drop_sheet",
    "leave_out_row",
    "load_library",
    "propose_revision",
    "revise_draft",
    "save_row",
    "schedule_edition",
    "split_row",
]
