"""News of the appraisal room."""

from django.dispatch import Signal

period_presented = Signal()
"""The sheets of a period were frozen and shown to those concerned: `period`, `by`, `at`."""
period_closed = Signal()
"""A period was closed; its scores stand: `period`, `by`, `at`."""
statement_given = Signal()
"""A unit stated its case: `statement`, `by`, `at`."""
statement_decided = Signal()
"""The chair answered a statement: `statement`, `by`, `at`."""
