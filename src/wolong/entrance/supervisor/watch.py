"""`wolong up`: start everything in order, start again what falls, stop all cleanly."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from wolong.entrance.supervisor.at_hand import holding
from wolong.entrance.supervisor.children import Child, end_leftovers, note_children
from wolong.entrance.supervisor.cluster import Cluster, cluster_of
from wolong.entrance.supervisor.doors import WEB_ENVIRONMENT, Door, granian_command
from wolong.entrance.supervisor.whereabouts import CannotStart, Whereabouts

QUICK_DEATH_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 15.0
SECONDS_TO_OPEN = 60.0
LARGEST_LOG_BYTES = 20 * 1024 * 1024
Say = Callable[[str], None]


class Stopped(Exception):
    """Somebody asked to stop."""


@dataclass
class Supervisor:
    """One home with its database, web server and worker."""

    places: Whereabouts
    door: Door
    say: Say
    children: list[Child] = field(default_factory=list)
    cluster: Cluster | None = None
    wakeup: int = -1
    is_stopping: bool = False

    def run(self) -> None:
        """Start, watch until told to stop, stop. Raises `CannotStart` with what hinders."""
        with holding(self.places):
            self._listen_to_signals()
            try:
                self._start()
                while True:
                    self._look_after_children()
                    self._pause(1.0)
            except Stopped:
                self.say("正在停止 …")
            finally:
                self._stop()
        self.say("已停止。")

    def _listen_to_signals(self) -> None:
        self.wakeup, writer = os.pipe()
        os.set_blocking(self.wakeup, False)
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(each, self._note_stop)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)  # only to wake the loop

    def _note_stop(self, _number: int, _frame: object) -> None:
        self.is_stopping = True

    def _pause(self, seconds: float) -> None:
        """Sleep until a signal comes (a child fell, or stop) or the time is over."""
        if self.is_stopping:
            raise Stopped
        if select.select([self.wakeup], [], [], seconds)[0]:
            os.read(self.wakeup, 4096)
        if self.is_stopping:
            raise Stopped

    def _start(self) -> None:
        ended = end_leftovers(self.places.children_file)
        if ended:
            self.say(f"上次没有正常停止，已结束遗留的 {ended} 个进程")
        self.door.require_open()
        (self.places.home / "files").mkdir(mode=0o700, exist_ok=True)
        self.places.log_folder.mkdir(exist_ok=True)
        environment = {
            **os.environ,
            "WOLONG_HOME": str(self.places.home),
            "WOLONG_ALLOWED_HOSTS": os.environ.get("WOLONG_ALLOWED_HOSTS", self.door.allowed_hosts),
            "WOLONG_DATABASE_URL": self._start_database(),
        }
        self._prepare(environment)
        own = [sys.executable, "-m", "wolong.entrance.command_line"]
        web = Child("web", granian_command(sys.executable, self.door), environment={**environment, **WEB_ENVIRONMENT})
        for child in (web, Child("worker", [*own, "worker"], environment=environment)):
            self._launch(child)
        self._wait_for_door(web)
        self._welcome()

    def _launch(self, child: Child) -> None:
        child.start()
        self.children.append(child)
        note_children(self.places.children_file, self.children)

    def _start_database(self) -> str:
        if os.environ.get("WOLONG_DATABASE_URL"):
            return os.environ["WOLONG_DATABASE_URL"]
        self.cluster, note = cluster_of(self.places)
        if note:
            self.say(note)
        log = self.places.log_folder / "postgres.log"
        if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
            log.replace(log.with_suffix(".log.1"))
        if self.cluster.make():
            self.say(f"已在 {self.cluster.data} 建立数据库")
        child = self.cluster.child(log=log)
        self.children.append(child)
        self.cluster.start(child)
        note_children(self.places.children_file, self.children)
        self.cluster.make_database()
        self.say(f"数据库已启动(PostgreSQL {self.cluster.version})")
        return self.places.database_url

    def _prepare(self, environment: dict[str, str]) -> None:
        """Migrate, gather static files, load the story: in a process of its own, the supervisor stays small."""
        command = [sys.executable, "-m", "wolong.entrance.command_line", "prepare"]
        prepared = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, start_new_session=True)
        try:
            while prepared.poll() is None:
                self._pause(0.2)
        except Stopped:
            prepared.terminate()
            prepared.wait()
            raise
        if prepared.returncode:
            raise CannotStart("准备数据库时出错，原因见上。数据没有改动的部分保持原样，改正后再启动即可。")

    def _wait_for_door(self, web: Child) -> None:
        deadline = time.monotonic() + SECONDS_TO_OPEN
        while not self.door.answers():
            if time.monotonic() > deadline or not web.is_running:
                raise CannotStart("网页服务没有启动成功，原因见上。")
            self._pause(0.1)

    def _welcome(self) -> None:
        self.say(f"卧龙已启动：{self.door.address}    (Ctrl-C 停止)")
        if not self.door.is_local:
            self.say("同一网络的手机可扫码打开:")
            self.say(self.door.picture())

    def _look_after_children(self) -> None:
        for child in self.children:
            if child.is_running:
                continue
            lived = time.monotonic() - child.started_at
            child.quick_deaths = child.quick_deaths + 1 if lived < QUICK_DEATH_SECONDS else 0
            self.say(f"{child.name} 意外结束，正在重新启动 …")
            child.end_group()
            self._pause(min(LONGEST_PAUSE_SECONDS, 0.1 * 2**child.quick_deaths))
            if self.cluster is not None and child.name == "postgres":
                self.cluster.start(child)
            else:
                child.start()
            note_children(self.places.children_file, self.children)
            self.say(f"{child.name} 已恢复")

    def _stop(self) -> None:
        """The last started is the first to stop: nobody loses the database while still working."""
        for child in reversed(self.children):
            child.stop()
        if self.cluster is not None:
            self.cluster.leave()
        self.places.children_file.unlink(missing_ok=True)
