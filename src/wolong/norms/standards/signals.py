"""News of the standards room."""

from django.dispatch import Signal

edition_in_force = Signal()
"""An edition rules from today or earlier: `edition`, `previous` (the one it replaced, or None), `by`, `at`."""

proposal_raised = Signal()
"""Somebody asks for a clause to be changed: `proposal`, `by`, `at`."""

proposal_decided = Signal()
"""A proposal was accepted or not: `proposal`, `by`, `at`."""

edition_abolished = Signal()
"""An edition ends without a successor: `edition`, `by`, `at`."""
