"""News of the duties room."""

from django.dispatch import Signal

duties_derived = Signal()
"""Duties of an area were derived anew and something changed: `area`, `opened` (ids), `ended` (ids), `by`, `at`."""
