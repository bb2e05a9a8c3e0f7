"""Django with a database that answers, for one command."""

import contextlib
import os
from collections.abc import Iterator

from wolong.entrance.supervisor.whereabouts import Whereabouts


@contextlib.contextmanager
def django_ready() -> Iterator[None]:
    """Find or start the database, then set Django up on it."""
    from wolong.entrance.supervisor.at_hand import database_at_hand

    with database_at_hand(Whereabouts.from_environment()):
        os.environ["DJANGO_SETTINGS_MODULE"] = "wolong.entrance.settings"
        import django
        from django.db import connections

        django.setup()
        try:
            yield
        finally:
            connections.close_all()
