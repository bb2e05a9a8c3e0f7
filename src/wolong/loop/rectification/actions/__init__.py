"""The verbs of rectification."""

from wolong.loop.rectification.actions.answer import accept_answer, answer_order, return_answer
from wolong.loop.rectification.actions.deadline import (
    ask_extension,
    decide_extension,
    escalate_order,
    escalate_overdue,
    recompute_deadlines,
)
from wolong.loop.rectification.actions.order import (
    cancel_order,
    follow_up,
    issue_order,
    receive_order,
    remind,
    watch_order,
)
from wolong.loop.rectification.actions.systemic import order_systemic, report_systemic, verify_systemic

__all__ = [
    "accept_answer",
    "answer_order",
    "ask_extension",
    "cancel_order",
    "decide_extension",
    "escalate_order",
    "escalate_overdue",
    "follow_up",
    "issue_order",
    "order_systemic",
    "receive_order",
    "recompute_deadlines",
    "remind",
    "report_systemic",
    "return_answer",
    "verify_systemic",
    "watch_order",
]
