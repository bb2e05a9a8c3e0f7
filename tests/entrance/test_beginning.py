"""The first start asks how to begin; a demo can be removed as if it had never been."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from tests.databases import told_house
from tests.entrance.installation import Installation
from wolong.entrance.commands import beginning
from wolong.entrance.supervisor.whereabouts import CannotStart, Whereabouts


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Whereabouts:
    for name in (
        "WOLONG_DEMO",
        "WOLONG_DATABASE_URL",
        "WOLONG_ADMIN_ACCOUNT",
        "WOLONG_ADMIN_NAME",
        "WOLONG_ADMIN_UNIT",
    ):
        monkeypatch.delenv(name, raising=False)
    return Whereabouts(tmp_path / "之家")


def answering(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    left = list(answers)
    monkeypatch.setattr(typer, "prompt", lambda *_texts, **_options: left.pop(0))


def test_the_answer_demo_stands_in_the_home(places: Whereabouts, monkeypatch: pytest.MonkeyPatch) -> None:
    assert places.is_untouched
    assert not places.is_demo
    answering(monkeypatch, "1")
    beginning.ask_how_to_begin(places)
    assert places.is_demo
    monkeypatch.setenv("WOLONG_DEMO", "0")
    assert not places.is_demo, "what the environment says rules"


def test_the_answer_empty_names_the_first_administrator(places: Whereabouts, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WOLONG_ADMIN_ACCOUNT", "WOLONG_ADMIN_NAME", "WOLONG_ADMIN_UNIT"):
        monkeypatch.setenv(name, "")
    answering(monkeypatch, " 2 ", "admin", "甲", "某局")
    beginning.ask_how_to_begin(places)
    assert [os.environ[f"WOLONG_ADMIN_{name}"] for name in ("ACCOUNT", "NAME", "UNIT")] == ["admin", "甲", "某局"]
    assert not places.is_demo


def test_another_answer_starts_nothing(places: Whereabouts, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "随便")
    with pytest.raises(CannotStart, match="1 或 2"):
        beginning.ask_how_to_begin(places)
    assert places.is_untouched


# What migrations themselves write: Django's own, and the systems that equipment belongs to.
BY_MIGRATION = {"django_migrations", "django_content_type", "auth_permission", "equipment_system", "ledger_epoch"}
WHAT_IS_LEFT = """
import json
from wolong.entrance.commands.django_ready import django_ready
with django_ready():
    from django.db import connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        found = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT t::text FROM {table} t")
            if rows := [row[0] for row in cursor.fetchall()]:
                found[table] = rows
    print(json.dumps(found, ensure_ascii=False))
"""


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Installation]:
    """An installation whose database, on the tests' own server, holds the demo story."""
    home = tmp_path / "演示"
    with told_house(f"wolong_beginning_{os.getpid()}", home) as url:
        yield Installation(home, database_url=url)


@pytest.mark.slow
def test_a_demo_is_removed_whole_and_an_empty_house_starts(told: Installation) -> None:
    found = told
    assert any((found.home / "files").rglob("*"))
    removed = found.wolong("remove-demo", "--yes")
    assert removed.returncode == 0, removed.stderr
    assert not any((found.home / "files").rglob("*"))
    tables = json.loads(found.python("-c", WHAT_IS_LEFT).stdout.splitlines()[-1])
    assert set(tables) - BY_MIGRATION == {"ledger_entry"}, "no row of the demo is left in any table"
    (line,) = tables["ledger_entry"]
    assert "演示数据已全部删去：原有留痕" in line
    told_of_head = re.search(r'""head"": ""[0-9a-f]{64}""', line)
    assert told_of_head, "the head of the removed trail is told"
    for table, rows in tables.items():
        if table != "ledger_entry":
            assert not [row for row in rows if "卧龙山" in row or "示例" in row], table
    verified = found.wolong("ledger", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    again = found.wolong("remove-demo", "--yes")
    assert again.returncode == 1
    assert "没有演示数据" in again.stderr
    made = found.wolong("prepare", WOLONG_ADMIN_ACCOUNT="jia", WOLONG_ADMIN_NAME="甲", WOLONG_ADMIN_UNIT="某局")
    assert "一次性密码" in made.stdout, made.stderr
    assert "一次性密码" not in found.wolong("prepare", WOLONG_ADMIN_ACCOUNT="jia").stdout
