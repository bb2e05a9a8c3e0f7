"""A real installation in a home of its own: `wolong up` as an operator starts it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from wolong.entrance.supervisor.whereabouts import Whereabouts

PATIENCE_SECONDS = 120.0


def wait_for(what: Callable[[], Any], *, within: float = PATIENCE_SECONDS) -> Any:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        found = what()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited {within} s in vain")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Installation:
    home: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    database_url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        ours = ("WOLONG_", "DJANGO_", "PYTEST_")
        kept = {key: text for key, text in os.environ.items() if key == "WOLONG_PG_BIN" or not key.startswith(ours)}
        own = {"WOLONG_HOME": str(self.home), "WOLONG_PORT": str(self.port), "WOLONG_WEB_WORKERS": "1"}
        if self.database_url:
            own["WOLONG_DATABASE_URL"] = self.database_url
        return {**kept, **own}

    @property
    def output(self) -> str:
        return (self.home.parent / "output").read_text()

    def wolong(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.python("-m", "wolong.entrance.command_line", *arguments, **environment)

    def python(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        command, whole = [sys.executable, *arguments], {**self.environment, **environment}
        return subprocess.run(command, env=whole, capture_output=True, text=True, timeout=240, check=False)

    def start(self) -> None:
        """Start, and wait for the word that it has started."""
        self.home.parent.mkdir(exist_ok=True)
        (self.home.parent / "output").unlink(
            missing_ok=True
        )  # what an earlier start left running writes to the old one
        with (self.home.parent / "output").open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "wolong.entrance.command_line", "up"],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        wait_for(lambda: "卧龙已启动" in self.output or self.process.poll() is not None)
        assert "卧龙已启动" in self.output, self.output

    def pid(self, name: str) -> int | None:
        try:
            noted = json.loads((self.home / "children.json").read_text())["children"]
        except OSError:
            return None
        return next((each["pid"] for each in noted if each["name"] == name), None)

    def kill(self, name: str) -> None:
        """kill -9, and wait until the supervisor has started another."""
        old = self.pid(name)
        os.kill(old, signal.SIGKILL)
        wait_for(lambda: self.pid(name) not in {old, None})

    def end(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        return self.process.wait(PATIENCE_SECONDS)

    def answers(self) -> bool:
        """Whether a page that asks the database is answered."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=10) as answer:
                return answer.status < 500
        except urllib.error.HTTPError as refused:
            return refused.code < 500
        except OSError:
            return False

    def connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(Whereabouts(self.home).embedded_url, autocommit=True)

    def count(self, table: str) -> int:
        with self.connect() as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def processes(self) -> list[int]:
        """Every process that belongs to this home: by its environment, or the cluster by its arguments."""
        mark, found = os.fsencode(self.home), []
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal() and int(entry.name) != os.getpid():
                try:
                    read = (entry / "environ").read_bytes().split(b"\0")
                    read += (entry / "cmdline").read_bytes().split(b"\0")
                except OSError:
                    continue
                if any(part == b"WOLONG_HOME=" + mark or part.startswith(mark) for part in read):
                    found.append(int(entry.name))
        return found
