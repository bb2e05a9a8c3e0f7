"""News of the plans room."""

from django.dispatch import Signal

plan_compiled = Signal()
"""A month was compiled and something changed: `plan`, `by`, `at`."""
