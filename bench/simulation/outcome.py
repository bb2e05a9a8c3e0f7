"""What a side has to show for its hours. Pure."""

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any

from bench.simulation.failures import Failure, Side
from wolong.loop.plans.rules.budget import SEVERITY_POINTS

COMPILED, FIXED, ROTATING = "compiled", "fixed", "rotating"
SEVERITIES = "ABC"
HIDDEN_DAYS = 30
Json = dict[str, Any]


def outcome(side: Side, *, days: int) -> Json:
    """The figures of one side and one seed; `days` is how long the year was."""
    rows = [each for each in side.failures if each.known is None or each.known > 0]
    found = [each for each in rows if each.is_found]
    return {
        "failures": len(rows),
        "found": len(found),
        "found_by_severity": {one: sum(each.thing.severity == one for each in found) for one in SEVERITIES},
        "found_points": sum(SEVERITY_POINTS[each.thing.severity] for each in found) // SEVERITY_POINTS["C"],
        "noticed": sum(each.known is not None and not each.is_found for each in rows),
        "unknown": sum(each.known is None for each in rows),
        "median_days": middle(rows, days),
        "median_days_by_severity": {
            one: middle([each for each in rows if each.thing.severity == one], days) for one in SEVERITIES
        },
        "median_days_unnoticed": middle([each for each in rows if _is_hidden(each)], days),
        "median_days_of_found": rounded([each.known - each.begins for each in found if each.known is not None]),
        "unseen_days_a_failure": round(sum(_unseen(each, days) for each in rows) / len(rows), 1) if rows else None,
        "hours": round(side.minutes / 60, 2),
        "checks": side.checks,
        "looked_at": len(side.looked_at),
        "itemised": len(side.itemised),
        "things": len(side.things),
    }


def _is_hidden(failure: Failure) -> bool:
    """Whether nobody but an inspector would have known within a month: what inspecting is for."""
    return failure.planted.noticed - failure.begins > HIDDEN_DAYS


def _unseen(failure: Failure, days: int) -> float:
    """Days of the year that a failure stood and nobody knew."""
    return (days if failure.known is None else failure.known) - max(0.0, failure.begins)


def middle(rows: Iterable[Failure], days: int) -> float | None:
    """Median days from the beginning of a failure until anybody knew, by Kaplan and Meier: what nobody knew by the year's
    end has lasted so long at least. None where fewer than half were ever known."""
    spans = sorted(
        ((days if each.known is None else each.known) - each.begins, each.known is None) for each in rows
    )  # known before still unknown where both lasted alike
    left, share = len(spans), 1.0
    for span, is_unknown in spans:
        if not is_unknown:
            share *= 1 - 1 / left
            if share <= 0.5:
                return round(span, 1)
        left -= 1
    return None


def rounded(numbers: Sequence[float]) -> float | None:
    return round(median(numbers), 1) if numbers else None


def over_seeds(outcomes: Sequence[Json]) -> Json:
    """The median of each figure over the seeds; a side that had no figure in some seed is judged by the others."""
    found: Json = {}
    for name, first in outcomes[0].items():
        if isinstance(first, dict):
            found[name] = over_seeds([each[name] for each in outcomes])
        else:
            found[name] = rounded([each[name] for each in outcomes if each[name] is not None])
    return found
