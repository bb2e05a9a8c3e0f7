"""What an installation finds out about itself."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection


def test_the_secret_key_is_made_at_first_start_for_its_owner_only() -> None:
    path = Path(settings.HOME) / "secret_key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text() == settings.SECRET_KEY
    assert len(settings.SECRET_KEY) >= 50


@pytest.mark.django_db
def test_chinese_trigrams_are_found() -> None:
    """With the wrong locale pg_trgm finds nothing in Chinese, silently."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT datcollate, datctype FROM pg_database WHERE datname = current_database()")
        assert cursor.fetchone()[1].upper() in {"C.UTF-8", "C.UTF8"}
