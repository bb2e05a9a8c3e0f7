"""Databases beside the tests' own, and the demo story in one of them: told once a run, and copied to whoever needs it."""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

WOLONG = [sys.executable, "-c", "from wolong.entrance.command_line import app; app()"]


def _named(name: str) -> str:
    """The address of another database on the tests' server."""
    head, mark, query = os.environ["WOLONG_DATABASE_URL"].partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}{mark}{query}"


def _make(name: str, template: str) -> None:
    with psycopg.connect(_named("postgres"), autocommit=True) as connection:
        made = "CREATE DATABASE {} TEMPLATE {}" + (" ENCODING 'UTF8'" if template == "template0" else "")
        connection.execute(sql.SQL(made).format(sql.Identifier(name), sql.Identifier(template)))


def _drop(name: str) -> None:
    with psycopg.connect(_named("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def environment(database_url: str, home: Path, *, demo: bool) -> dict[str, str]:
    """What a `wolong` command needs to work on that database and home."""
    return {
        **{key: value for key, value in os.environ.items() if not key.startswith("PYTEST")},
        "WOLONG_DATABASE_URL": database_url,
        "WOLONG_HOME": str(home),
        "WOLONG_DEMO": "1" if demo else "0",
        "DJANGO_SETTINGS_MODULE": "wolong.entrance.settings",
    }


def _run(step: str, given: dict[str, str]) -> None:
    subprocess.run([*WOLONG, step], env=given, check=True, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def empty_house(name: str, home: Path) -> Iterator[str]:
    """A migrated database of that name; gone afterwards. Yields its address."""
    _drop(name)
    _make(name, "template0")
    try:
        _run("migrate", environment(_named(name), home, demo=False))
        yield _named(name)
    finally:
        _drop(name)


@contextlib.contextmanager
def told_house(name: str, home: Path) -> Iterator[str]:
    """A database with the demo story, whose files stand in `home` (an empty folder); gone afterwards. Yields its address."""
    told = _tell_once()
    shutil.copytree(_told_home(), home, dirs_exist_ok=True)
    _drop(name)
    _make(name, told)
    try:
        yield _named(name)
    finally:
        _drop(name)


def forget_the_story() -> None:
    """Drop what this run told; for whoever started it."""
    if _told_home().exists():
        _drop(_story_name())


def _told_home() -> Path:
    return Path(os.environ["WOLONG_HOME"], "story")


def _story_name() -> str:
    """The workers of one run share its home, and so this name."""
    return Path(os.environ["WOLONG_HOME"]).name.replace("-", "_") + "_story"


def _tell_once() -> str:
    """Who comes first tells it; who comes meanwhile waits."""
    name, home = _story_name(), _told_home()
    with Path(os.environ["WOLONG_HOME"], "story.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = home / "told"
        if not done.exists():
            home.mkdir(exist_ok=True)
            _drop(name)
            _make(name, "template0")
            for step in ("migrate", "load-demo"):
                _run(step, environment(_named(name), home, demo=True))
            done.touch()
    return name
