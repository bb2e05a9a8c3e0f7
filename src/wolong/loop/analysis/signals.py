"""News of the analysis room."""

from django.dispatch import Signal

report_issued = Signal()
"""A half-year report was issued; its figures stand: `report`, `by`, `at`."""
