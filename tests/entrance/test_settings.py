"""What an installation finds out about itself."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import connection

from wolong.entrance import settings as shipped


def test_the_secret_key_is_made_at_first_start_for_its_owner_only() -> None:
    path = Path(settings.HOME) / "secret_key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text() == settings.SECRET_KEY
    assert len(settings.SECRET_KEY) >= 50


def test_a_password_is_kept_as_argon2(settings) -> None:
    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS
    kept = make_password("卧龙山-2026-秋")
    assert kept.startswith("argon2$argon2id$")
    assert check_password("卧龙山-2026-秋", kept)
    assert not check_password("卧龙山-2026-冬", kept)


@pytest.mark.django_db
def test_chinese_trigrams_are_found() -> None:
    """With the wrong locale pg_trgm finds nothing in Chinese, silently."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT datcollate, datctype FROM pg_database WHERE datname = current_database()")
        assert cursor.fetchone()[1].upper() in {"C.UTF-8", "C.UTF8"}
