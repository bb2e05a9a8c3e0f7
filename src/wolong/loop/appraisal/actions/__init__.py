"""The verbs of appraisal, the only writer."""

from wolong.loop.appraisal.actions.period import close_period, open_period, present_period
from wolong.loop.appraisal.actions.scheme import make_scheme
from wolong.loop.appraisal.actions.statement import confirm_sheet, decide_statement, state_case

__all__ = [
    "close_period",
    "confirm_sheet",
    "decide_statement",
    "make_scheme",
    "open_period",
    "present_period",
    "state_case",
]
