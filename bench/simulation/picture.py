"""The figures as one picture: what was found, by severity, and how long a failure stood until anybody knew."""

from collections.abc import Iterator
from html import escape
from typing import Any

from bench.simulation.outcome import COMPILED, FIXED, ROTATING, SEVERITIES

NAMES = {COMPILED: "编排的计划", FIXED: "固定清单", ROTATING: "接着走的清单"}
TONES = {"A": "#B42318", "B": "#B54708", "C": "#475467"}
BLUE = "#1D5FBF"
LEFT, WIDE, ROW = 150, 420, 44


def picture(median: dict[str, Any]) -> str:
    """An SVG of two small charts with bars from zero and their figures beside them."""
    found = list(_found(median, 60))
    days = list(_days(median, 60 + ROW * len(median) + 60))
    height = 60 + 2 * ROW * len(median) + 80
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 {height}" width="720" height="{height}" '
        f'font-family="PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif" font-size="15">'
        f'<rect width="720" height="{height}" fill="#fff"/>{"".join(found)}{"".join(days)}</svg>\n'
    )


def _text(x: float, y: float, words: str, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" {more}>{escape(words)}</text>'


def _found(median: dict[str, Any], top: int) -> Iterator[str]:
    yield _text(20, top - 24, "同样的工时，一年里巡查发现多少故障？", 'font-size="18" font-weight="600"')
    most = max(sum(side["found_by_severity"].values()) for side in median.values()) or 1
    for number, (name, side) in enumerate(median.items()):
        y, x = top + ROW * number, float(LEFT)
        yield _text(20, y + 20, NAMES[name])
        for severity in SEVERITIES:
            width = WIDE * side["found_by_severity"][severity] / most
            yield f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="28" fill="{TONES[severity]}"/>'
            if width > 24:
                yield _text(x + 6, y + 20, severity, 'fill="#fff"')
            x += width
        yield _text(x + 10, y + 20, f"{side['found']:g}")


def _days(median: dict[str, Any], top: int) -> Iterator[str]:
    yield _text(20, top - 24, "故障从发生到有人知道，中位数多少天？", 'font-size="18" font-weight="600"')
    most = max(side["median_days"] or 0 for side in median.values()) or 1
    for number, (name, side) in enumerate(median.items()):
        y = top + ROW * number
        width = WIDE * (side["median_days"] or 0) / most
        yield _text(20, y + 20, NAMES[name])
        yield f'<rect x="{LEFT}" y="{y}" width="{width:.1f}" height="28" fill="{BLUE}"/>'
        yield _text(LEFT + width + 10, y + 20, f"{side['median_days']} 天")
