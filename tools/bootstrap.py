"""From a bare checkout to a working .venv; needs Python 3.11 with pip, nothing else (not even the venv module).

python3 tools/bootstrap.py run    what it takes to run
python3 tools/bootstrap.py dev    and to develop and test
"""

import contextlib
import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV_LOCK = ROOT / "tools" / "uv.txt"
BUILD_LOCK = ROOT / "tools" / "build.txt"
LOCKS = {"run": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}
STAMP = VENV / ".wolong-installed"
OLDEST_PYTHON = (3, 11)
CERTIFICATES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")


def main(purpose: str) -> None:
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(f"✗ 需要 Python 3.11 或更新的版本,现在是 {sys.version.split()[0]}。")
    if is_current(purpose):
        return
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # `make run` and `make test` may be started together
        if not is_current(purpose):
            install(purpose if read_stamp().get("purpose") != "dev" else "dev")


def install(purpose: str) -> None:
    install_uv()
    mirror = mirror_of_pip()
    if not works() or read_stamp().get("root", str(ROOT)) != str(ROOT):
        say(f"建立 .venv(Python {sys.version.split()[0]})…")
        uv("venv", "--clear", "--python", sys.executable, str(VENV))
    say(f"安装 {LOCKS[purpose].name} 中锁定的依赖 …")
    uv("pip", "sync", "--python", str(PYTHON), str(LOCKS[purpose]), **mirror)
    say("安装卧龙自身 …")
    own = ["--python", str(PYTHON), "--no-deps", "--build-constraints", str(BUILD_LOCK), "--editable", str(ROOT)]
    uv("pip", "install", *own, **mirror)
    STAMP.write_text("\n".join([purpose, fingerprint(purpose), str(ROOT)]))


def is_current(purpose: str) -> bool:
    stamp = read_stamp()
    enough = stamp.get("purpose") in {purpose, "dev"}
    return enough and stamp["fingerprint"] == fingerprint(stamp["purpose"]) and stamp["root"] == str(ROOT) and works()


def read_stamp() -> dict[str, str]:
    try:
        purpose, mark, root = STAMP.read_text().split("\n", 2)
    except (OSError, ValueError):
        return {}
    return {"purpose": purpose, "fingerprint": mark, "root": root} if purpose in LOCKS else {}


def fingerprint(purpose: str) -> str:
    read = b"".join(path.read_bytes() for path in (LOCKS[purpose], ROOT / "pyproject.toml", BUILD_LOCK))
    return hashlib.sha256(read).hexdigest()


def works() -> bool:
    """Whether .venv has a Python that starts: the one it was made from may have gone."""
    with contextlib.suppress(OSError):
        return subprocess.run([PYTHON, "-c", ""], capture_output=True, check=False).returncode == 0
    return False


def install_uv() -> None:
    mark = TOOLS / "uv.installed"
    wanted = hashlib.sha256(UV_LOCK.read_bytes()).hexdigest()
    if mark.exists() and mark.read_text() == wanted and (TOOLS / "bin" / "uv").exists():
        return
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        sys.exit(f"✗ {sys.executable} 没有 pip。Debian 上请先执行:apt-get install python3-pip")
    say("取得安装工具 uv …")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    arguments = [
        "--no-warn-script-location",
        "--target",
        str(TOOLS),
        "--upgrade",
        "--require-hashes",
        "-r",
        str(UV_LOCK),
    ]
    ran = subprocess.run(
        [*command, *arguments], env={**os.environ, "PIP_USER": "0", "PIP_ROOT_USER_ACTION": "ignore"}, check=False
    )
    if ran.returncode:
        sys.exit("✗ 取得 uv 失败，原因见上(网络不通时可用 PIP_INDEX_URL 指定镜像)。")
    mark.write_text(wanted)


def uv(*arguments: str, **environment: str) -> None:
    quiet = {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"}
    if any(map(os.path.exists, CERTIFICATES)):  # an office network may have its own authority
        quiet["UV_SYSTEM_CERTS"] = os.environ.get("UV_SYSTEM_CERTS", "1")
    command = [str(TOOLS / "bin" / "uv"), "--quiet", *arguments]
    ran = subprocess.run(command, cwd=ROOT, env={**os.environ, **quiet, **environment}, check=False)
    if ran.returncode:
        sys.exit(f"✗ uv {' '.join(arguments[:2])} 失败，原因见上。")


def mirror_of_pip() -> dict[str, str]:
    """The package mirror that this machine's pip uses, told to uv, which doesn't read pip's settings."""
    if os.environ.get("UV_DEFAULT_INDEX"):
        return {}
    asked = subprocess.run(
        [sys.executable, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True, check=False
    )
    index = os.environ.get("PIP_INDEX_URL") or asked.stdout.strip()
    return {"UV_DEFAULT_INDEX": index} if index else {}


def say(line: str) -> None:
    print(f"▸ {line}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        sys.exit(__doc__)
    main(sys.argv[1])
