"""News of the findings room."""

from django.dispatch import Signal

finding_raised = Signal()
"""A finding was raised: `finding`, `by`, `at`."""
finding_withdrawn = Signal()
"""A finding was withdrawn with a reason: `finding`, `by`, `at`. Receivers cancel what hangs on it."""
finding_assigned = Signal()
"""A finding without a responsible unit got one: `finding`, `by`, `at`."""
