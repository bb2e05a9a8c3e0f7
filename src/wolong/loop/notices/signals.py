"""News of the open window."""

from django.dispatch import Signal

notice_submitted = Signal()
"""A notice waits for its approver; the company concerned has been told: `notice`, `by`, `at`."""
notice_answered = Signal()
"""The company answered before publication: `notice`, `by`, `at`."""
notice_returned = Signal()
"""The approver gave it back: `notice`, `by`, `at`."""
notice_published = Signal()
"""It is public: `notice`, `by`, `at`."""
notice_withdrawn = Signal()
"""It was taken back, its trace stays: `notice`, `by`, `at`."""
