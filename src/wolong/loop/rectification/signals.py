"""News of the rectification room."""

from django.dispatch import Signal

order_issued = Signal()
"""An order was issued to a unit: `order`, `by`, `at`."""
answer_given = Signal()
"""The unit answered with cause, measure and proof: `order`, `answer`, `by`, `at`."""
answer_returned = Signal()
"""The verifier gave the answer back: `order`, `answer`, `by`, `at`."""
order_closed = Signal()
"""The answer was accepted: `order`, `by`, `at`."""
order_reopened = Signal()
"""A follow-up found it not fixed: `order`, `by`, `at`."""
order_overdue = Signal()
"""An overdue order reached the next step of escalation: `order`, `step`, `at`."""
