"""News of the contracts room."""

from django.dispatch import Signal

lines_changed = Signal()
"""Service lines of an area were added, changed or ended: `area`, `by`, `at`."""
