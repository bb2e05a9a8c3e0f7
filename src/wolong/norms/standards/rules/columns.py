"""An execution line as the columns that lists filter by and later rooms compute with."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wolong.language.execution import Cycle, ExecutionLine, Sample, Term, parse_execution

DAYS_OF_A_MONTH = Decimal("30.4375")
MONTHS_OF_A_SPOT_CHECK = 3  # a spot check without a period is the quarterly one (docs/rules.md, Planning)


def months_of(cycle: Cycle | None, sample: Sample | None) -> int | None:
    """The check cycle in whole months. What is wanted more often than monthly is one monthly look (docs/rules.md, Planning)."""
    if cycle is None:
        return MONTHS_OF_A_SPOT_CHECK if sample is not None else None
    if cycle.kind == "event":
        return None
    if cycle.months_amount:
        return cycle.months_amount
    return max(1, int((cycle.days or 0) / DAYS_OF_A_MONTH))


def term_columns(term: Term | None) -> dict[str, Any]:
    """立即 is the same day: no working day is added."""
    if term is None:
        return {}
    days = {"now": 0, "workdays": term.amount}.get(term.kind)
    return {
        "term_label": str(term),
        "term_workdays": days,
        "term_hours": term.amount if term.kind == "hours" else None,
    }


def columns_of(execution: Mapping[str, Any] | None) -> dict[str, Any]:
    """The columns of a requirement that come from its execution line; what can't be read stays empty."""
    line, _faults = parse_execution(execution or {})
    written = execution or {}
    return {
        "selectors": "、".join(str(selector) for selector in line.objects),
        "doer": line.doer or "",
        "checker": line.checker or "",
        "method": line.method.value if line.method else "",
        "cycle_label": str(written.get("频次", "")) if line.cycle or line.sample else "",
        "cycle_months": months_of(line.cycle, line.sample),
        "is_event_driven": line.cycle is not None and line.cycle.kind == "event",
        "sample_percent": line.sample.value if line.sample and line.sample.kind == "percent" else None,
        "severity": line.severity or "",
        "window": line.window or "",
        "evidence": list(line.evidence),
        "source": line.source or "",
        "is_to_verify": line.to_verify,
        **_deduction(line),
        **term_columns(line.term),
    }


def _deduction(line: ExecutionLine) -> dict[str, Any]:
    if line.deduction is None:
        return {}
    return {
        "points": line.deduction.points,
        "points_per": line.deduction.per or "",
        "points_cap": line.deduction.cap,
    }
