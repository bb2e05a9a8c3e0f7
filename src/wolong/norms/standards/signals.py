"""News of the standards room."""

from django.dispatch import Signal

edition_in_force = Signal()
"""An edition rules from today or earlier: `edition`, `previous` (the one it replaced, or None), `by`, `at`."""

edition_abolished = Signal()
"""An edition ends without a successor: `edition`, `by`, `at`."""
