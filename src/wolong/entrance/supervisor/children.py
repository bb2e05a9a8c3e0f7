"""Processes that never outlive their supervisor."""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from wolong.entrance.supervisor.accounts import Account

PR_SET_PDEATHSIG = 1
SECONDS_TO_STOP = 20.0
SECONDS_FOR_THE_KILLED = 3.0
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass
class Child:
    """One process with its group. `stop_signal` asks it to end, and is sent to it should the supervisor be killed."""

    name: str
    command: Sequence[str]
    stop_signal: signal.Signals = signal.SIGTERM
    account: Account | None = None
    environment: Mapping[str, str] | None = None
    log: Path | None = None
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    starts: int = 0
    quick_deaths: int = field(default=0)

    def start(self) -> None:
        output: IO[bytes] | None = self.log.open("ab") if self.log else None
        try:
            self.process = subprocess.Popen(
                list(self.command),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/" if self.account else None,
                env=None if self.environment is None else dict(self.environment),
                start_new_session=True,  # Ctrl-C of the terminal reaches the supervisor only, which stops in order
                preexec_fn=_bind_to_parent(os.getpid(), self.stop_signal),  # noqa: PLW1509 - the supervisor has one thread
                **(self.account.for_process() if self.account else {}),
            )
        finally:
            if output:
                output.close()
        self.started_at = time.monotonic()
        self.starts += 1

    @property
    def is_running(self) -> bool:
        """Whether it runs; reaps it when it has ended."""
        return self.process is not None and self.process.poll() is None

    def stop(self, *, within: float = SECONDS_TO_STOP) -> None:
        """End it: politely, then not; what it left in its group goes with it."""
        if self.process is None:
            return
        if self.is_running:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(self.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(within)
        if self.is_running:
            self.process.send_signal(signal.SIGQUIT)  # PostgreSQL stops at once, and repairs itself at the next start
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(within)
        self.end_group()
        self.process.wait()

    def end_group(self) -> None:
        """End whatever still lives in its group: workers whose parent was killed would keep the port."""
        if self.process is not None and self.stop_signal != signal.SIGINT:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


def _bind_to_parent(parent: int, death_signal: signal.Signals) -> Callable[[], None]:
    def in_child() -> None:
        signal.set_wakeup_fd(-1)
        if sys.platform == "linux":
            _libc.prctl(PR_SET_PDEATHSIG, death_signal)
            if os.getppid() != parent:  # it was killed before we asked to follow it
                os._exit(1)

    return in_child


def birth_of(pid: int) -> str | None:
    """When a process began, in the kernel's own count: a number alone may be somebody else's by now."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return None
    return None if after_name[0] == "Z" else after_name[19]


def note_children(path: Path, children: Sequence[Child]) -> None:
    """Write down who runs, for the next start to end should this supervisor and its children part ways."""
    running = [
        {"name": child.name, "pid": process.pid, "birth": birth_of(process.pid), "stop": int(child.stop_signal)}
        for child in children
        if (process := child.process) is not None and child.is_running
    ]
    new = path.with_suffix(".new")
    new.write_text(json.dumps({"boot": _boot(), "children": running}))
    new.replace(path)


def end_leftovers(path: Path, *, within: float = SECONDS_TO_STOP) -> int:
    """End what an earlier supervisor left running; answers how many there were."""
    try:
        noted = json.loads(path.read_text())
    except (OSError, ValueError):
        return 0
    path.unlink(missing_ok=True)
    if noted["boot"] != _boot():
        return 0
    left = [each for each in noted["children"] if _still_lives(each) or _has_group(each)]
    for each in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(each["pid"], each["stop"])
    _wait_until(lambda: not any(map(_still_lives, left)), within)
    for each in left:  # also groups whose leader is gone: the workers of a killed web server keep its port
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(each["pid"], signal.SIGKILL)
    _wait_until(lambda: not any(map(_has_group, left)), SECONDS_FOR_THE_KILLED)
    return len(left)


def _still_lives(noted: dict[str, Any]) -> bool:
    return noted["birth"] is not None and birth_of(noted["pid"]) == noted["birth"]


def _has_group(noted: dict[str, Any]) -> bool:
    """Whether its group outlives it. A number can't be given to a new process while a group still bears it."""
    try:
        os.killpg(noted["pid"], 0)
    except (ProcessLookupError, PermissionError):
        return False
    return birth_of(noted["pid"]) in {None, noted["birth"]}


def _wait_until(true: Callable[[], bool], within: float) -> None:
    deadline = time.monotonic() + within
    while not true() and time.monotonic() < deadline:
        time.sleep(0.05)


def _boot() -> str:
    """Which start of the machine this is: numbers of processes begin anew with each."""
    with contextlib.suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return ""
