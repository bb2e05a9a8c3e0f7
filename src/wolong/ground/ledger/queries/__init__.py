"""What the trail is asked: the history of a thing, the chain, and whether it still holds."""

from wolong.ground.ledger.queries.chain import (
    DayHead,
    daily_heads,
    daily_sealed,
    head,
    head_text,
    last_verification,
    unsealed,
)
from wolong.ground.ledger.queries.history import (
    SealState,
    history_lines,
    history_of,
    seal_state,
    seal_state_among,
    with_seals,
)
from wolong.ground.ledger.queries.verification import Report, verify

__all__ = [
    "DayHead",
    "Report",
    "SealState",
    "daily_heads",
    "daily_sealed",
    "head",
    "head_text",
    "history_lines",
    "history_of",
    "last_verification",
    "seal_state",
    "seal_state_among",
    "unsealed",
    "verify",
    "with_seals",
]
