"""A real server with the demo story: its own database, its own home, its own port; shared by the tests of one session."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

SECONDS_TO_OPEN = 60


@dataclass(frozen=True)
class DemoServer:
    """`url` without a slash at its end; `database_url` for looking behind the pages."""

    url: str
    database_url: str
    home: Path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _named(url: str, name: str) -> str:
    head, mark, query = url.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}{mark}{query}"


@contextlib.contextmanager
def _database(name: str) -> Iterator[str]:
    """An empty database beside the tests' own; gone afterwards."""
    url = os.environ["WOLONG_DATABASE_URL"]
    identifier = sql.Identifier(name)
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(identifier)
    with psycopg.connect(_named(url, "postgres"), autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(identifier))
    try:
        yield _named(url, name)
    finally:
        with psycopg.connect(_named(url, "postgres"), autocommit=True) as connection:
            connection.execute(drop)


def _wait_until_open(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS_TO_OPEN
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        with contextlib.suppress(urllib.error.URLError, ConnectionError), urllib.request.urlopen(url, timeout=2):
            return
        time.sleep(0.2)
    raise AssertionError(f"the demo server did not open at {url}")


@contextlib.contextmanager
def demo_server(name: str, *, demo: bool = True) -> Iterator[DemoServer]:
    """Migrate, load the story, serve it."""
    with _database(name) as database_url, tempfile.TemporaryDirectory(prefix="wolong-demo-") as folder:
        port = _free_port()
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("PYTEST")},
            "WOLONG_DATABASE_URL": database_url,
            "WOLONG_HOME": folder,
            "WOLONG_DEMO": "1" if demo else "0",
            "WOLONG_PORT": str(port),
            "DJANGO_SETTINGS_MODULE": "wolong.entrance.settings",
        }
        wolong = [sys.executable, "-c", "from wolong.entrance.command_line import app; app()"]
        steps = ["migrate", "load-demo"] if demo else ["migrate"]
        for step in steps:
            subprocess.run([*wolong, step], env=environment, check=True, stdout=subprocess.DEVNULL)
        with (
            Path(folder, "web.log").open("wb") as log,
            subprocess.Popen([*wolong, "web"], env=environment, stdout=log, stderr=log) as process,
        ):
            try:
                url = f"http://127.0.0.1:{port}"
                _wait_until_open(f"{url}/account/login/", process)
                yield DemoServer(url, database_url, Path(folder))
            finally:
                process.terminate()
                process.wait(20)
