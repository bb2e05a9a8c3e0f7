"""News of the fieldwork room."""

from django.dispatch import Signal

visit_submitted = Signal()
"""A visit was submitted: `visit`, `by`, `at`. Sent inside its transaction: findings are raised or all is undone."""
