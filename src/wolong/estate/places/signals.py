"""News of the places room."""

from django.dispatch import Signal

places_changed = Signal()
"""Places of an area were added, changed or retired: `area`, `by`, `at`. Once per action, however many places."""

place_retired = Signal()
"""A place goes out of use with everything below it: `place`, `by`, `at`. A receiver may refuse it."""
