"""What is asked of appraisal: the inputs of a score, the sheets, what waits for whom."""

from wolong.loop.appraisal.queries.inputs import Scored, inputs_of, open_visits
from wolong.loop.appraisal.queries.sheets import (
    current_schemes,
    differs_now,
    exported,
    is_replayed,
    latest,
    of_period,
    sheet_of_finding,
    statements_open,
    visible_to,
    with_page,
    with_score,
)

__all__ = [
    "Scored",
    "current_schemes",
    "differs_now",
    "exported",
    "inputs_of",
    "is_replayed",
    "latest",
    "of_period",
    "open_visits",
    "sheet_of_finding",
    "statements_open",
    "visible_to",
    "with_page",
    "with_score",
]
