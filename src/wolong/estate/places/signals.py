"""News of the places room."""

from django.dispatch import Signal

places_changed = Signal()
"""Places of an area were added, changed or retired: `area`, `by`, `at`. Once per action, however many places."""

place_retired = Signal()
"""A place goes out of use with everything below it: `place`, `by`, `at`. A receiver may refuse it."""

import_received = Signal()
"""A sheet was uploaded and waits to be read: `job`, `by`, `at`."""

import_confirmed = Signal()
"""What a sheet would do was agreed to and waits to be written: `job`, `by`, `at`."""
