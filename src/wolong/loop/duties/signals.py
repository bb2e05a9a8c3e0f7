"""News of the duties room."""

from django.dispatch import Signal

duties_derived = Signal()
"""Duties of an area were derived anew and something changed: `area`, `opened` (ids), `ended` (ids), `by`, `at`."""

deviation_asked = Signal()
"""Somebody asks to depart from a 应: `deviation`, `by`, `at`."""

deviation_decided = Signal()
"""A deviation was approved or refused: `deviation`, `by`, `at`."""

deviation_ended = Signal()
"""An approved deviation was ended before its day: `deviation`, `by`, `at`."""
