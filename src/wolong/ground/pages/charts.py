"""Where things stand in a drawing, in percent of its width, so that the SVG needs neither script nor style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

EDGE = 9.0  # percent; a label nearer to an edge is anchored to it, not centred


def anchor(at: float) -> str:
    """How a label at this place hangs so that it stays inside the drawing."""
    return "start" if at < EDGE else "end" if at > 100 - EDGE else "middle"


def label_at(at: float) -> float:
    """Where a label near an edge is pinned."""
    return 0.0 if at < EDGE / 2 else 100.0 if at > 100 - EDGE / 2 else round(at, 2)


@dataclass(frozen=True)
class Mark:
    at: float
    text: str
    is_ok: bool = True

    @property
    def anchor(self) -> str:
        return anchor(self.at)

    @property
    def label_at(self) -> float:
        return label_at(self.at)


@dataclass(frozen=True)
class Band:
    at: float
    width: float
    is_ok: bool


@dataclass(frozen=True)
class JudgeScale:
    bands: list[Band]
    limits: list[Mark]
    points: list[Mark]
    low_end: str
    high_end: str


def judge_scale(
    low: float | None, high: float | None, points: Sequence[tuple[float, str, bool]], unit: str = ""
) -> JudgeScale:
    """The judge's drawing: allowed green, forbidden red, a tick at each limit, values above.

    From 0 (with two limits: low minus half the range) to the larger of 1.6 × the limit and the value + 10 %.
    """
    values = [value for value, _text, _ok in points]
    limits = [limit for limit in (low, high) if limit is not None]
    top_limit = max(limits, default=1.0)
    if low is not None and high is not None:
        half = (high - low) / 2 or abs(high) * 0.3 or 1.0
        start, end = low - half, high + half
    else:
        start, end = min(0.0, 1.6 * top_limit), max(1.6 * top_limit, 0.0)
    if start == end:
        start, end = start - 1, end + 1
    spread = end - start
    start = min([start, *(value - spread * 0.1 for value in values if value < start)])
    end = max([end, *(value + spread * 0.1 for value in values if value > end - spread * 0.05)])

    def at(value: float) -> float:
        return round((value - start) / (end - start) * 100, 2)

    edges = [0.0, *(at(limit) for limit in limits), 100.0]
    sides = {(True, True): [False, True, False], (False, True): [True, False], (True, False): [False, True]}
    ok = sides.get((low is not None, high is not None), [True])
    bands = [
        Band(left, round(right - left, 2), is_ok) for left, right, is_ok in zip(edges, edges[1:], ok, strict=False)
    ]
    return JudgeScale(
        bands=bands,
        limits=_limit_marks([(at(limit), limit) for limit in limits], unit),
        points=[Mark(at(value), text, is_ok) for value, text, is_ok in points],
        low_end=f"{start:g}" if start == 0 else "",
        high_end="",
    )


def _limit_marks(limits: Sequence[tuple[float, float]], unit: str) -> list[Mark]:
    """One limit is called so; of two only the upper carries the unit."""
    last = f" {unit}" if unit else ""
    if len(limits) == 1:
        return [Mark(at, _("限值 %(limit)s") % {"limit": f"{limit:g}{last}"}) for at, limit in limits]
    return [Mark(at, f"{limit:g}{last if limit == limits[-1][1] else ''}") for at, limit in limits]


@dataclass(frozen=True)
class Event:
    at: float
    text: str
    anchor: str


@dataclass(frozen=True)
class Gap:
    at: float
    end: float
    middle: float
    days: int
    is_over: bool


@dataclass(frozen=True)
class GapLine:
    events: list[Event]
    gaps: list[Gap]
    longest: int
    limit: int | None
    is_ok: bool


MOST_EVENTS = 7
_MARGIN = 5.0


def gap_line(days: Sequence[date], limit: int | None) -> GapLine:
    """A frequency as its gaps (rule: the largest gap is the measure). Draws the last seven events; judges them all."""
    ordered = sorted(days)
    lengths = [(later - earlier).days for earlier, later in pairwise(ordered)]
    longest = max(lengths, default=0)
    shown = ordered[-MOST_EVENTS:]
    total = (shown[-1] - shown[0]).days if len(shown) > 1 else 1

    def at(day: date) -> float:
        return round(_MARGIN + (day - shown[0]).days / (total or 1) * (100 - 2 * _MARGIN), 2)

    gaps = []
    for earlier, later in pairwise(shown):
        length = (later - earlier).days
        over = limit is not None and length > limit
        gaps.append(Gap(at(earlier), at(later), round((at(earlier) + at(later)) / 2, 2), length, over))
    events = [Event(at(day), f"{day:%m-%d}", "middle") for day in shown]
    return GapLine(events, gaps, longest, limit, limit is None or longest <= limit)


@dataclass(frozen=True)
class Segment:
    letter: str
    count: int
    at: float
    width: float
    middle: float


@dataclass(frozen=True)
class SeverityRow:
    label: str
    url: str
    total: int | None
    segments: list[Segment]
    hint: str = ""


def severity_rows(rows: Sequence[tuple[str, str, dict[str, int] | None]]) -> list[SeverityRow]:
    """Stacked bars from zero on one scale; a row of None was not checked and is hatched, never 0."""
    most = max((sum(counts.values()) for _label, _url, counts in rows if counts), default=0) or 1
    found = []
    for label, url, counts in rows:
        if counts is None:
            found.append(SeverityRow(label, url, None, []))
            continue
        at, segments = 0.0, []
        for letter in "ABCO":
            if count := counts.get(letter, 0):
                width = count / most * 100
                segments.append(Segment(letter, count, round(at, 2), round(width, 2), round(at + width / 2, 2)))
                at += width
        found.append(SeverityRow(label, url, sum(counts.values()), segments))
    return found


@dataclass(frozen=True)
class LinePoint:
    at: float
    y: float
    label: str
    text: str
    is_last: bool


@dataclass(frozen=True)
class LineChart:
    points: list[LinePoint]
    lines: list[tuple[float, float, float, float]]
    grid: list[tuple[float, str]]
    goal: tuple[float, str] | None
    rows: list[tuple[str, str]]


TOP, BOTTOM = 34.0, 176.0  # px of the drawing's height of 208


def line_chart(
    points: Sequence[tuple[str, float | None]], unit: str = "", goal: float | None = None, goal_label: str = ""
) -> LineChart:
    """A line from zero with direct labels; a missing value breaks the line."""
    values = [value for _label, value in points if value is not None]
    step = _step(max([*values, goal or 0, 1e-9]))
    top = step * max(1, -(-max([*values, goal or 0, 1e-9]) // step))

    def y(value: float) -> float:
        return round(BOTTOM - value / top * (BOTTOM - TOP), 1)

    left, right = 19.0, 92.0
    width = (right - left) / max(1, len(points) - 1)
    drawn = [
        LinePoint(round(left + x * width, 2), y(value), label, f"{value:g}", x == len(points) - 1)
        for x, (label, value) in enumerate(points)
        if value is not None
    ]
    neighbours = [(a, b) for a, b in pairwise(drawn) if b.at - a.at < width * 1.5]
    return LineChart(
        points=drawn,
        lines=[(a.at, a.y, b.at, b.y) for a, b in neighbours],
        grid=[(y(step * i), f"{step * i:g}{' ' + unit if unit else ''}") for i in range(round(top / step) + 1)],
        goal=(y(goal), goal_label) if goal is not None else None,
        rows=[(label, "—" if value is None else f"{value:g}{' ' + unit if unit else ''}") for label, value in points],
    )


def _step(most: float) -> float:
    """A round step that gives two to five lines."""
    size: float = 1.0
    while size * 5 < most:
        size *= 10
    while size > most:
        size /= 10
    for factor in (1.0, 2.0, 5.0):
        if most / (size * factor) <= 4:
            return size * factor
    return size * 10


COVERAGE_STEPS = (50, 70, 80, 90)


def coverage_class(percent: Any) -> int:
    """1…5: below 50, 50, 70, 80, 90 and more."""
    return 1 + sum(1 for step in COVERAGE_STEPS if float(percent) >= step)
