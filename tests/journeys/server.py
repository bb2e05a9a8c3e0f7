"""A real server with the demo story: its own database, its own home, its own port; shared by the tests of one session."""

import contextlib
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.databases import WOLONG, empty_house, environment, told_house

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
    """Serve a copy of the demo story, or an empty house."""
    with tempfile.TemporaryDirectory(prefix="wolong-demo-") as folder:
        house = told_house if demo else empty_house
        with house(name, Path(folder)) as database_url, _serving(database_url, Path(folder), demo=demo) as url:
            yield DemoServer(url, database_url, Path(folder))


@contextlib.contextmanager
def _serving(database_url: str, home: Path, *, demo: bool) -> Iterator[str]:
    port = _free_port()
    given = {**environment(database_url, home, demo=demo), "WOLONG_PORT": str(port)}
    with (
        Path(home, "web.log").open("wb") as log,
        subprocess.Popen([*WOLONG, "web"], env=given, stdout=log, stderr=log) as process,
    ):
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_until_open(f"{url}/account/login/", process)
            yield url
        finally:
            process.terminate()
            process.wait(20)
