"""The verbs of the duties room."""

from wolong.loop.duties.actions.derive import Derived, derive
from wolong.loop.duties.actions.deviation import ask_deviation, decide_deviation, end_deviation
from wolong.loop.duties.actions.profile import (
    adopt_all,
    adopt_standard,
    clear_parameter,
    drop_standard,
    exclude_clause,
    include_clause,
    set_parameter,
)
from wolong.loop.duties.actions.standing import (
    CheckNote,
    confirm_duties,
    note_check,
    note_checks,
    note_complaint,
    note_failure,
)

__all__ = [
    "CheckNote",
    "Derived",
    "adopt_all",
    "adopt_standard",
    "ask_deviation",
    "clear_parameter",
    "confirm_duties",
    "decide_deviation",
    "derive",
    "drop_standard",
    "end_deviation",
    "exclude_clause",
    "include_clause",
    "note_check",
    "note_checks",
    "note_complaint",
    "note_failure",
    "set_parameter",
]
