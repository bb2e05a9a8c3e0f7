"""A backup holds everything: restored into an empty home, each row and each file is the same."""

import hashlib
import tarfile
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.entrance.installation import Installation
from wolong.entrance.supervisor.at_hand import database_at_hand
from wolong.entrance.supervisor.whereabouts import Whereabouts

pytestmark = pytest.mark.slow

SEAL = """
from wolong.entrance.commands.django_ready import django_ready

with django_ready():
    from wolong.ground.ledger.actions import seal_entries
    from wolong.ground.workdays.queries import now

    seal_entries(at=now())
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"
TRIGGERS = "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2"
CONSTRAINTS = "SELECT conrelid::regclass::text, conname, contype FROM pg_constraint ORDER BY 1, 2"


def everything_in(home: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Every row of every table, the sequences, triggers and constraints, and the hash of every file."""
    with monkeypatch.context() as patch:
        patch.delenv("WOLONG_DATABASE_URL", raising=False)
        with database_at_hand(Whereabouts(home)) as url, psycopg.connect(url) as connection:
            tables = [name for (name,) in connection.execute(TABLES)]
            queries = {name: f'SELECT t::text FROM "{name}" t ORDER BY 1' for name in tables}
            queries |= {query: query for query in (SEQUENCES, TRIGGERS, CONSTRAINTS)}
            found = {name: connection.execute(query).fetchall() for name, query in queries.items()}
    files = sorted(path for path in (home / "files").rglob("*") if path.is_file())
    hashes = {str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return {**found, "files": hashes}


@pytest.fixture(scope="module")
def filled(open_folder: Path) -> Installation:
    found = Installation(open_folder / "有数据 的家")
    assert found.wolong("migrate").returncode == 0
    contents = {"ab/照片.jpg": b"\xff\xd8 picture", "cd/empty": b"", "cd/large": bytes(range(256)) * 4096}
    for name, content in contents.items():
        path = found.home / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    made = found.wolong("create-admin", "--account", "admin", "--name", "系统管理员", "--organization", "示例局")
    assert made.returncode == 0, made.stderr
    sealed = found.python("-c", SEAL)
    assert sealed.returncode == 0, sealed.stderr
    return found


def test_a_restored_backup_is_the_same_row_by_row_and_file_by_file(
    filled: Installation, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = open_folder / "备份.tar"
    made = filled.wolong("backup", str(archive))
    assert made.returncode == 0, made.stderr
    assert archive.stat().st_mode & 0o777 == 0o600
    empty = Installation(open_folder / "空的家")
    restored = empty.wolong("restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    expected, found = everything_in(filled.home, monkeypatch), everything_in(empty.home, monkeypatch)
    assert found.keys() == expected.keys()
    assert len(found["files"]) >= 3
    assert len(found["django_migrations"]) > 50
    assert len(found["ledger_entry"]) >= 4
    assert len(found["ledger_seal"]) == len(found["people_grant"]) == 1
    for name, rows in expected.items():
        assert found[name] == rows, name
    assert empty.wolong("ledger", "verify").returncode == 0
    again = empty.wolong("restore", str(archive))
    assert again.returncode == 1
    assert "--overwrite" in again.stderr
    assert empty.wolong("restore", str(archive), "--overwrite").returncode == 0
    assert everything_in(empty.home, monkeypatch) == expected


def test_a_backup_never_overwrites_another(filled: Installation, tmp_path: Path) -> None:
    archive = tmp_path / "earlier.tar"
    archive.write_text("earlier")
    assert filled.wolong("backup", str(archive)).returncode == 1
    assert archive.read_text() == "earlier"


def test_a_broken_archive_changes_nothing(filled: Installation, open_folder: Path) -> None:
    whole, broken = open_folder / "whole.tar", open_folder / "broken.tar"
    assert filled.wolong("backup", str(whole)).returncode == 0
    content = bytearray(whole.read_bytes())
    with tarfile.open(whole) as tar:
        member = tar.getmember("files/cd/large")
    content[member.offset_data + 1000] ^= 1
    broken.write_bytes(content)
    empty = Installation(open_folder / "另一个空的家")
    answer = empty.wolong("restore", str(broken))
    assert answer.returncode == 1
    assert "files/cd/large" in answer.stderr
    assert not (empty.home / "files").exists()
