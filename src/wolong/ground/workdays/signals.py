"""News of the official calendar."""

from django.dispatch import Signal

calendar_changed = Signal()
"""Days were announced, set or taken away: `first`, `last` (dates that changed, both included), `by`, `at`.

Sent inside the transaction: whoever keeps deadlines that reach into these days computes them anew, or all is undone."""
