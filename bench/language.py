"""`python bench/language.py`: how fast standards are read and linted, beside a reader that understands nothing and StrictDoc.

10,000 clauses in 200 files: cold from the command line with its memory, and one changed file again in one running process.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from wolong.language.linting import lint
from wolong.language.many import read_many
from wolong.language.reading import read_text

FILES, CLAUSES_EACH = 200, 50
COLD_S, PEAK_MB, AGAIN_MS = 3.0, 500.0, 100.0
# Budgets in seconds were set on a machine that reads the same files barely in this time; elsewhere they stretch with it.
BARE_S = 0.9
TIMES, EDITS = 3, 9
STRICTDOC_S = 900
TODAY = "2026-11-24"
SIDES = (
    "东",
    "南",
    "西",
    "北",
    "中",
    "前",
    "后",
    "左",
    "右",
    "内",
    "外",
    "新",
    "老",
    "甲",
    "乙",
    "丙",
    "丁",
    "戊",
    "己",
    "庚",
)
PLACES = ("大厅", "走廊", "楼梯间", "会议室", "卫生间", "电梯轿厢", "机房", "餐厅", "车库", "庭院")
# What a clause of a real standard looks like: measured, counted, timed, qualitative, conditional, vague.
SENTENCES = (
    "{place}地面每日清扫应不少于 {small} 次。",
    "{place}照度不应低于 {hundreds} lx。",
    "{place}空气中氨的浓度不应大于 0.{small} mg/m³，硫化氢的浓度不应大于 0.0{small} mg/m³。",
    "{place}夏季室内温度不应低于 26 ℃，冬季室内温度不应高于 20 ℃。",
    "接到{place}第 {number} 类报修后，应在 {tens} min 内到达现场。",
    "{place}墙面应无积尘、无污渍，踢脚线应完好。",
    "{place}设备应每{small}个月保养 1 次，并做好记录。",
    "{place}噪声不应大于 {tens} dB(A)。",
    "{place}的第 {number} 号标识宜清晰，指向可用箭头表示。",
    "{place}垃圾应及时清运。",
)
BARE = """
import sys
from pathlib import Path
import yaml
from markdown_it import MarkdownIt
markdown = MarkdownIt("commonmark").enable("table")
for path in sorted(Path(sys.argv[1]).rglob("*.md")):
    _, front, body = path.read_text("utf-8").split("---\\n", 2)
    yaml.load(front, Loader=yaml.CSafeLoader)
    markdown.parse(body)
"""


@dataclass(frozen=True)
class Run:
    """One program over all files: the median of its seconds, and the most memory of all its processes together."""

    seconds: float
    peak_mb: float


def standard(number: int) -> str:
    """One standard with fifty clauses, each with its execution line."""
    front = f"标准号: Q/BENCH BZ06-{number:03d}—2026\n名称: 第{number}项服务规范\n层级: 企业\n性质: 推荐\n发布: 2026-01-05\n实施: 2026-03-01"
    lines = [f"---\n{front}\n---\n\n# 第{number}项服务规范\n\n## 1 范围\n\n本文件规定了服务的要求。\n"]
    lines.append(
        "## 2 规范性引用文件\n\n本文件没有规范性引用文件。\n\n## 3 术语和定义\n\n本文件没有术语。\n\n## 4 要求\n"
    )
    for at in range(CLAUSES_EACH):
        turn = number * CLAUSES_EACH + at
        place = f"{SIDES[number % len(SIDES)]}区{PLACES[turn // len(SENTENCES) % len(PLACES)]}"
        sentence = SENTENCES[turn % len(SENTENCES)].format(
            place=place, small=turn % 7 + 2, tens=turn % 60 + 20, hundreds=(turn % 9 + 1) * 50, number=turn
        )
        method = "测量 | 证据:读数" if "不应" in sentence else "查看 | 证据:照片"
        lines.append(
            f"4.{at + 1} {sentence}\n> 对象:场所/{place} | 责任:保洁 | 检查:{method} | 频次:每月 | 等级:C | 扣分:0.5/处,上限3\n"
        )
    return "\n".join(lines)


def write_standards(folder: Path) -> list[Path]:
    """200 files under the folder, as a library has them."""
    paths = [folder / f"Q-BENCH-BZ06-{number:03d}-2026.md" for number in range(FILES)]
    for number, path in enumerate(paths):
        path.write_text(standard(number), "utf-8")
    return paths


def timed(command: Sequence[str], *, within: tuple[int, ...] = (0,)) -> float:
    """Seconds from the start of the program to its end."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    started = time.perf_counter()
    done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    seconds = time.perf_counter() - started
    if done.returncode not in within:
        raise SystemExit(done.stderr.decode()[-2000:])
    return seconds


def peak_mb(command: Sequence[str]) -> float:
    """The most proportional memory that the program and its children held together, looked at every 20 ms."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    most = 0.0
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, sum(_pss_mb(pid) for pid in _family(process.pid)))
            time.sleep(0.02)
    return most


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in _family(int(child)))]


def _pss_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def run(command: Sequence[str], *, times: int, within: tuple[int, ...] = (0,)) -> Run:
    """Several times for the clock, once more for the memory: looking at it takes time of its own."""
    seconds = statistics.median(timed(command, within=within) for _ in range(times))
    return Run(seconds, peak_mb(command))


def again_ms(paths: Sequence[Path]) -> float:
    """One file changes, is read and judged beside all others, in a process that knows them: the median of several edits."""
    documents = read_many([(path.read_bytes(), path.name) for path in paths])
    day = date.fromisoformat(TODAY)
    lint(documents, today=day)
    took = []
    for turn in range(EDITS):
        at = turn * 17 % len(documents)
        text = documents[at].source.replace("不应", "不得", turn + 1)
        started = time.perf_counter()
        documents[at] = read_text(text, file=documents[at].file)
        lint(documents, today=day, only={documents[at].file})
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took)


def write_requirements(folder: Path) -> None:
    """The same number of requirements for StrictDoc, in as many documents."""
    for number in range(FILES):
        pieces = [f"[DOCUMENT]\nTITLE: Standard {number}\n"]
        for at in range(CLAUSES_EACH):
            uid = f"REQ-{number:03d}-{at:03d}"
            pieces.append(
                f"[REQUIREMENT]\nUID: {uid}\nTITLE: Clause {at}\nSTATEMENT: >>>\nThe floor shall be dry ({uid}).\n<<<\n"
            )
        (folder / f"{number:03d}.sdoc").write_text("\n".join(pieces), "utf-8")


def strictdoc_s(folder: Path) -> float | str:
    """Seconds of StrictDoc's JSON export, or why it was not measured."""
    environment = folder / "venv"
    try:
        venv.create(environment, with_pip=True)
        command = [str(environment / "bin" / "pip"), "install", "--quiet", "strictdoc"]
        subprocess.run(command, check=True, capture_output=True, timeout=STRICTDOC_S)
    except (OSError, subprocess.SubprocessError) as hindrance:
        return f"could not be installed: {str(hindrance)[:120]}"
    (folder / "sdoc").mkdir()
    write_requirements(folder / "sdoc")
    command = [str(environment / "bin" / "strictdoc"), "export", "sdoc", "--formats=json", "--output-dir", "out"]
    started = time.perf_counter()
    try:
        subprocess.run(command, check=True, cwd=folder, capture_output=True, timeout=STRICTDOC_S)
    except subprocess.TimeoutExpired:
        return f"not done after {STRICTDOC_S} s"
    except subprocess.CalledProcessError as failed:
        return f"failed: {(failed.stderr or failed.stdout).decode('utf-8', 'replace').strip()[-200:]}"
    seconds = time.perf_counter() - started
    written = sum(path.read_text("utf-8").count('"REQ-') for path in (folder / "out").rglob("*.json"))
    return seconds if written == FILES * CLAUSES_EACH else f"wrote {written} requirements of {FILES * CLAUSES_EACH}"


def report(*, quick: bool = False) -> tuple[list[str], float]:
    """Prints the figures; the budgets that are broken, and how much slower this machine is than the one they are for."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "md").mkdir()
        paths = write_standards(folder / "md")
        command = [sys.executable, "-m", "wolong.entrance.command_line"]
        asked = ["lint", str(folder / "md"), "--format", "json", "--today", TODAY]
        times = 1 if quick else TIMES
        cold = run([*command, *asked], times=times, within=(0, 1))
        bare = run([sys.executable, "-c", BARE, str(folder / "md")], times=times)
        again = again_ms(paths)
        other = "left out of a quick run" if quick else strictdoc_s(folder)
    print(f"\n{FILES * CLAUSES_EACH:,} clauses in {FILES} files{'s':>16}{'MB':>8}{'x bare':>9}  budget")
    print(
        f"{'wolong lint, cold':<40}{cold.seconds:>5.2f}{cold.peak_mb:>8.0f}{cold.seconds / bare.seconds:>9.2f}  {COLD_S:g} s, {PEAK_MB:g} MB"
    )
    print(f"{'bare reader (markdown-it, yaml)':<40}{bare.seconds:>5.2f}{bare.peak_mb:>8.0f}{1:>9.2f}")
    if isinstance(other, float):
        print(
            f"{'StrictDoc, json export':<40}{other:>5.1f}{'':>8}{other / bare.seconds:>9.1f}  {other / cold.seconds:.1f} x wolong lint"
        )
    else:
        print(f"StrictDoc: {other}")
    print(f"one changed file again: {again:.0f} ms (budget {AGAIN_MS:g})", flush=True)
    broken, slower = [], bare.seconds / BARE_S
    print(f"this machine takes {slower:.2f} x the {BARE_S:g} s of the one that the budgets were set on", flush=True)
    if cold.seconds > COLD_S * slower:
        broken.append(f"wolong lint took {cold.seconds:.2f} s, budget {COLD_S * slower:.2f}")
    if cold.peak_mb > PEAK_MB:
        broken.append(f"wolong lint held {cold.peak_mb:.0f} MB, budget {PEAK_MB:g}")
    if again > AGAIN_MS * slower:
        broken.append(f"one changed file took {again:.0f} ms, budget {AGAIN_MS:g}")
    return broken, slower


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="once each and without StrictDoc, for a look; not for quoting"
    )
    broken, _slower = report(quick=parser.parse_args().quick)
    for line in broken:
        print("over budget:", line)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
