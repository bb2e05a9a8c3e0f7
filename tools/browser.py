"""Find or install what the browser journeys need: Chromium and a Chinese font. Never stops the other tests."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SECONDS_TO_INSTALL = 600


def missing_for_journeys() -> list[str]:
    """What of browser and font is not on this machine, as names of Debian's packages."""
    found = []
    fetched_by_playwright = any((Path.home() / ".cache" / "ms-playwright").glob("chromium-*"))
    if not (os.environ.get("WOLONG_CHROMIUM") or any(map(shutil.which, BROWSERS)) or fetched_by_playwright):
        found.append("chromium")
    fonts = (
        shutil.which("fc-list")
        and subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout.strip()
    )
    if not fonts:
        found += ["fontconfig", "fonts-noto-cjk"]
    return found


def install(packages: list[str]) -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        print(f"▸ 安装 {' '.join(packages)} …", flush=True)
        for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *packages]):
            subprocess.run(
                ["apt-get", *command],
                env=environment,
                check=False,
                timeout=SECONDS_TO_INSTALL,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
    elif "chromium" in packages:
        print("▸ 以普通用户取得 Chromium …", flush=True)
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(command, check=False, timeout=SECONDS_TO_INSTALL)


def main() -> None:
    wanted = missing_for_journeys()
    if not wanted:
        return
    try:
        install(wanted)
    except subprocess.TimeoutExpired:
        print("✗ 安装超时", flush=True)
    left = missing_for_journeys()
    if left:
        print(
            f"✗ 缺少 {'、'.join(left)}，浏览器旅程将全部失败，其余测试照常运行。"
            f"请以 root 执行:apt-get install {' '.join(left)}",
            flush=True,
        )


if __name__ == "__main__":
    main()
