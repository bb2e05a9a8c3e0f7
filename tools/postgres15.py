"""Run every test on the PostgreSQL 15 of Debian 12, in a private cluster."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = Path("/usr/lib/postgresql/15/bin")


def is_debian_12() -> bool:
    try:
        lines = Path("/etc/os-release").read_text().replace('"', "").splitlines()
    except OSError:
        return False
    return "ID=debian" in lines and "VERSION_ID=12" in lines


def main() -> int:
    if not is_debian_12():
        print("✗ 这不是 Debian 12，没有它的 PostgreSQL 15。(This is not Debian 12.)", file=sys.stderr)
        return 2
    if os.geteuid() != 0:
        print("✗ 需要 root 来安装 PostgreSQL 15。(Root is needed to install it.)", file=sys.stderr)
        return 2
    if not (PROGRAMS / "initdb").exists():
        print("▸ 安装 postgresql-15 …", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "postgresql-15"]):
            if subprocess.run(["apt-get", *command], env=environment, stdin=subprocess.DEVNULL, check=False).returncode:
                print("✗ 安装 postgresql-15 失败，原因见上。", file=sys.stderr)
                return 2
    environment = {key: value for key, value in os.environ.items() if key != "WOLONG_DATABASE_URL"}
    environment["WOLONG_PG_BIN"] = str(PROGRAMS)
    subprocess.run([sys.executable, "tools/browser.py"], cwd=ROOT, check=False)
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", *sys.argv[1:]]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
