"""The figures as a table for a terminal."""

from collections.abc import Iterator
from typing import Any

from bench.simulation.outcome import COMPILED, FIXED, ROTATING, SEVERITIES

Json = dict[str, Any]
ROWS = (
    ("inspector hours used", "hours"),
    ("looks", "checks"),
    ("different things looked at", "looked_at"),
    ("of them itemised at least once", "itemised"),
    ("failures in the year", "failures"),
    ("found by inspectors", "found"),
    *((f"  severity {one}", f"found_by_severity.{one}") for one in SEVERITIES),
    ("  weighed A 5, B 2, C 1", "found_points"),
    ("noticed by others first", "noticed"),
    ("known to nobody at the end", "unknown"),
    ("median days until known", "median_days"),
    *((f"  severity {one}", f"median_days_by_severity.{one}") for one in SEVERITIES),
    ("median days until known, if hidden", "median_days_unnoticed"),
    ("median days, found by inspectors", "median_days_of_found"),
    ("unseen days a failure, mean", "unseen_days_a_failure"),
)
WANTED_FOUND, WANTED_DAYS = 1.5, 0.5


def report(found: Json) -> Iterator[str]:
    """One line a figure: the median over the seeds, and in brackets the least and the most of them."""
    sides = (COMPILED, FIXED, ROTATING)
    yield f"{'median over the seeds':<36}" + "".join(f"{name:>24}" for name in sides)
    for label, path in ROWS:
        cells = [
            _cell([value(one[name], path) for one in found["seeds"].values()], value(found["median"][name], path))
            for name in sides
        ]
        yield f"{label:<36}" + "".join(f"{cell:>24}" for cell in cells)
    for name in (FIXED, ROTATING):
        more, weighed = _shown(ratio(found, name, "found")), _shown(ratio(found, name, "found_points"))
        days, hidden = _shown(ratio(found, name, "median_days")), _shown(ratio(found, name, "median_days_unnoticed"))
        yield f"against {name}: found x {more}, weighed x {weighed} (wanted {WANTED_FOUND:g});"
        yield f"    days until known x {days}, of hidden failures x {hidden} (wanted {WANTED_DAYS:g})"


def ratio(found: Json, name: str, path: str) -> float | None:
    """The compiled plan's figure by another side's, of the medians."""
    ours, theirs = value(found["median"][COMPILED], path), value(found["median"][name], path)
    return ours / theirs if ours is not None and theirs else None


def value(figures: Json, path: str) -> Any:
    for part in path.split("."):
        figures = figures[part]
    return figures


def _cell(values: list[float | None], middle: float | None) -> str:
    known = [each for each in values if each is not None]
    return f"{middle:g} ({min(known):g}–{max(known):g})" if known else "—"


def _shown(number: float | None) -> str:
    return "—" if number is None else f"{number:.2f}"
