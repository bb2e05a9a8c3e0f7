"""Whom the database runs as: PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wolong.entrance.supervisor.whereabouts import CannotStart, Whereabouts

SYSTEM_USER = "wolong"


@dataclass(frozen=True)
class Account:
    """A user of the operating system."""

    name: str
    uid: int
    gid: int

    @classmethod
    def of(cls, uid: int) -> "Account":
        try:
            found = pwd.getpwuid(uid)
        except KeyError as missing:
            raise CannotStart(f"系统里没有编号为 {uid} 的用户，数据库无法以它运行。") from missing
        return cls(found.pw_name, found.pw_uid, found.pw_gid)

    @property
    def is_another(self) -> bool:
        return self.uid != os.geteuid()

    def for_process(self) -> dict[str, Any]:
        """The arguments with which `subprocess` starts a process as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_another else {}

    def own(self, path: Path) -> None:
        if self.is_another:
            os.chown(path, self.uid, self.gid)

    def reaches(self, path: Path, *, how: str = "-x") -> bool:
        """Whether this account may read (-r), write (-w) or enter and run (-x) a path; asked of the system itself."""
        asked = subprocess.run(["/usr/bin/test", how, str(path)], cwd="/", check=False, **self.for_process())
        return asked.returncode == 0


def cluster_account(places: Whereabouts) -> Account:
    """The account of the cluster: oneself; for root the owner of what is there already, else a system user."""
    if os.geteuid() != 0:
        return Account.of(os.geteuid())
    elsewhere = Path(places.cluster_pointer.read_text().strip()) if places.cluster_pointer.exists() else places.home
    for folder in (places.cluster_folder, elsewhere, places.home):
        if folder.exists() and folder.stat().st_uid != 0:
            return Account.of(folder.stat().st_uid)
    return unprivileged_account()


def unprivileged_account() -> Account:
    """The system user of the database, made when it is missing; `nobody` where no user can be made."""
    for name in (SYSTEM_USER, "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            if name == SYSTEM_USER and _make_system_user():
                found = pwd.getpwnam(name)
            else:
                continue
        return Account(found.pw_name, found.pw_uid, found.pw_gid)
    raise CannotStart("请用普通用户启动：以 root 启动时数据库需要一个系统用户，这里建立不了。")


def _make_system_user() -> bool:
    command = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if command is None:
        return False
    arguments = ["--system", "--user-group", "--no-create-home", "-d", "/nonexistent", "-s", "/usr/sbin/nologin"]
    return subprocess.run([command, *arguments, SYSTEM_USER], capture_output=True, check=False).returncode == 0
