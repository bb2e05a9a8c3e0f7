"""The verbs of analysis."""

from wolong.loop.analysis.actions.report import (
    answer_why,
    comment,
    compute_drafts,
    compute_report,
    issue_report,
    make_report,
    order_from_problem,
    propose_from_problem,
)

__all__ = [
    "answer_why",
    "comment",
    "compute_drafts",
    "compute_report",
    "issue_report",
    "make_report",
    "order_from_problem",
    "propose_from_problem",
]
