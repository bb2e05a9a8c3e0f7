"""The verbs of the open window."""

from wolong.loop.notices.actions.deciding import approve_notice, return_notice, withdraw_notice
from wolong.loop.notices.actions.drafting import draft_note, draft_thing, revise_note, submit_notice
from wolong.loop.notices.actions.hearing import answer_notice, recount_days
from wolong.loop.notices.actions.marking import lift_mark, mark_words
from wolong.loop.notices.actions.window import set_window

__all__ = [
    "answer_notice",
    "approve_notice",
    "draft_note",
    "draft_thing",
    "lift_mark",
    "mark_words",
    "recount_days",
    "return_notice",
    "revise_note",
    "set_window",
    "submit_notice",
    "withdraw_notice",
]
