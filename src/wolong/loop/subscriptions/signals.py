"""News of the subscriptions room."""

from django.dispatch import Signal

delivery_waits = Signal()
"""A delivery is to be sent at once: `delivery`, `at`."""
