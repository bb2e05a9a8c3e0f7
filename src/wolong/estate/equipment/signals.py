"""News of the equipment room."""

from django.dispatch import Signal

equipment_changed = Signal()
"""Equipment of an area was added, changed or retired: `area`, `by`, `at`."""
