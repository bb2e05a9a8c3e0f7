"""News of the places room."""

from django.dispatch import Signal

places_changed = Signal()
"""Places of an area were added, changed or retired: `area`, `by`, `at`."""
