"""What `make dist` builds runs on its own: no checkout, no make, no node; the first start asks how to begin."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.entrance.installation import free_port, wait_for
from tests.house.law import ROOT

pytestmark = pytest.mark.slow
UV = ROOT / ".tools" / "bin" / "uv"
SECONDS = 120


def run(*command: object, **environment: str) -> None:
    given = {**os.environ, "UV_OFFLINE": "1", **environment}  # what was installed once is in the cache
    ran = subprocess.run(
        [str(one) for one in command], cwd=ROOT, env=given, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def installed(open_folder: Path) -> Path:
    """An environment of its own with nothing but the wheel; its dependencies are those of this checkout, by a path file."""
    folder = open_folder / "wheel"
    run(sys.executable, ROOT / "tools" / "dist.py", folder / "dist")
    environment = folder / "environment"
    run(UV, "venv", "--python", sys.executable, environment)
    (wheel,) = (folder / "dist").glob("*.whl")
    run(UV, "pip", "install", "--python", environment / "bin" / "python", "--no-deps", "--no-index", wheel)
    (site,) = environment.glob("lib/python*/site-packages")
    dependencies = next(path for path in sys.path if path.endswith("site-packages"))
    # A folder named in a path file is searched, its own path files are not: the checkout itself stays out.
    (site / "dependencies.pth").write_text(dependencies)
    return environment


@pytest.fixture
def home(open_folder: Path, request: pytest.FixtureRequest) -> dict[str, str]:
    """The environment of an operator whose path holds neither make nor node."""
    own = open_folder / request.node.name
    (own / "path").mkdir(parents=True)
    return {
        "PATH": str(own / "path"), "HOME": str(own), "LANG": "C.UTF-8", "WOLONG_HOME": str(own / "之 家"),
        "WOLONG_PORT": str(free_port()), "WOLONG_WEB_WORKERS": "1",
    }  # fmt: skip


def test_the_wheel_brings_its_own_code_and_standards(installed: Path, home: dict[str, str]) -> None:
    ask = "from wolong.entrance import settings; import wolong; print(wolong.__file__); print(settings.LIBRARY)"
    ran = subprocess.run(
        [installed / "bin" / "python", "-c", ask],
        env=home,
        cwd=home["HOME"],
        capture_output=True,
        text=True,
        check=True,
    )
    code, library = map(Path, ran.stdout.split())
    assert installed in code.parents
    assert installed in library.parents
    assert len(list(library.rglob("*.md"))) > 40


def test_the_wheel_serves_the_sign_in_page_and_its_sheets(installed: Path, home: dict[str, str]) -> None:
    begun = {**home, "WOLONG_ADMIN_ACCOUNT": "jia", "WOLONG_ADMIN_NAME": "甲", "WOLONG_ADMIN_UNIT": "某局"}
    output = Path(home["HOME"], "output")
    with output.open("wb") as log:
        process = subprocess.Popen(
            [installed / "bin" / "wolong", "up"], env=begun, cwd=home["HOME"], stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )  # fmt: skip
    try:
        wait_for(lambda: "卧龙已启动" in output.read_text() or process.poll() is not None)
        assert "卧龙已启动" in output.read_text(), output.read_text()
        assert "一次性密码" in output.read_text()
        url = f"http://127.0.0.1:{home['WOLONG_PORT']}"
        with urllib.request.urlopen(f"{url}/account/login/", timeout=20) as answer:
            page = answer.read().decode()
        assert "密码" in page
        sheet = re.search(r'href="(/static/[^"]+\.css)"', page)
        assert sheet
        with urllib.request.urlopen(url + sheet.group(1), timeout=20) as answer:
            assert answer.status == 200
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(SECONDS)


def test_the_first_start_asks_demo_or_empty(installed: Path, home: dict[str, str]) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [installed / "bin" / "wolong", "up"], env=home, cwd=home["HOME"], stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    try:
        asked = heard(ours, until="请选 1 或 2")
        assert "演示" in asked
        assert "从空的开始" in asked
        os.write(ours, "第三种\n".encode())
        assert "请回答 1 或 2" in heard(ours, until="不是")
        assert process.wait(SECONDS) == 1
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert not Path(home["WOLONG_HOME"], "postgres").exists()


def heard(terminal: int, *, until: str) -> str:
    found, deadline = b"", time.monotonic() + SECONDS
    while until not in found.decode(errors="ignore") and time.monotonic() < deadline:
        if select.select([terminal], [], [], 1)[0]:
            try:
                found += os.read(terminal, 4096)
            except OSError:  # the program has ended
                break
    return found.decode(errors="ignore")
