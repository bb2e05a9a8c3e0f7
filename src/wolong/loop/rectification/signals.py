"""News of the rectification room."""

from django.dispatch import Signal

order_issued = Signal()
"""An order was issued to a unit: `order`, `by`, `at`."""
order_received = Signal()
"""The unit signed for the order: `order`, `by`, `at`."""
answer_given = Signal()
"""The unit answered with cause, measure and proof: `order`, `answer`, `by`, `at`."""
answer_returned = Signal()
"""The verifier gave the answer back: `order`, `answer`, `by`, `at`."""
order_closed = Signal()
"""The answer was accepted: `order`, `by`, `at`."""
order_reopened = Signal()
"""A follow-up found it not fixed: `order`, `by`, `at`."""
order_cancelled = Signal()
"""Its finding was withdrawn: `order`, `by`, `at`."""
order_overdue = Signal()
"""An overdue order reached the next step of escalation: `order`, `step`, `at`."""
order_watched = Signal()
"""A leader put the order under watch (挂牌督办): `order`, `by`, `at`."""
order_reminded = Signal()
"""The unit is reminded of the order (催办): `order`, `by`, `at`."""
extension_asked = Signal()
"""The unit asks for more time: `order`, `extension`, `by`, `at`."""
extension_decided = Signal()
"""A request for more time was granted or refused: `order`, `extension`, `by`, `at`."""
systemic_ordered = Signal()
"""A systemic order was issued to a unit: `order`, `by`, `at`."""
