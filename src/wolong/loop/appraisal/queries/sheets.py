"""Sheets with their latest score, who sees them, and whether a frozen score still stands."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from wolong.estate.places.models import OfficeArea
from wolong.ground.people.access import Scope
from wolong.ground.questions import asked
from wolong.loop.appraisal.models import Period, Scheme, Score, Sheet, Statement
from wolong.loop.appraisal.queries.inputs import Scored, inputs_of
from wolong.loop.appraisal.rules.scoring import hash_of, score
from wolong.loop.appraisal.states import StatementState
from wolong.loop.findings.models import Finding


def visible_to(scope: Scope) -> Q:
    """The bureau sees the sheets of its areas, a company its own and nothing else."""
    return scope.visible(centre="period__area__centre", unit="unit")


def with_score(rows: QuerySet[Sheet]) -> QuerySet[Sheet]:
    """Each sheet with `total` and `grade` of its latest frozen score."""
    last = Score.objects.filter(sheet=OuterRef("pk")).order_by("-version")
    return rows.annotate(total=Subquery(last.values("total")[:1]), grade=Subquery(last.values("grade")[:1]))


def with_page() -> QuerySet[Sheet]:
    return Sheet.objects.select_related(
        "period__area__centre",
        "period__presented_by",
        "period__closed_by",
        "scheme",
        "unit",
        "contract",
        "confirmed_by",
    )


def of_period(period: Period) -> QuerySet[Sheet]:
    return with_score(Sheet.objects.filter(period=period).select_related("unit", "contract", "scheme"))


def latest(sheet: Sheet) -> Score | None:
    """The frozen score that stands; None while the period is under way."""
    return Score.objects.filter(sheet=sheet).select_related("frozen_by").order_by("-version").first()


def current_schemes(area: OfficeArea) -> list[Scheme]:
    """The newest version of each of an area's schemes."""
    return list(Scheme.objects.filter(area=area).order_by("name", "-version").distinct("name"))


def is_replayed(frozen: Score) -> bool:
    """Whether the frozen inputs have their hash, and give the frozen result again."""
    return hash_of(frozen.inputs) == frozen.inputs_hash and score(frozen.inputs) == frozen.result


def differs_now(sheet: Sheet, frozen: Score) -> bool:
    """Whether today's records would be other inputs than the frozen ones: a finding was withdrawn since, or closed."""
    return hash_of(inputs_of(Scored.quarter(sheet))) != frozen.inputs_hash


def statements_open(period: Period) -> QuerySet[Statement]:
    return Statement.objects.filter(sheet__period=period, state=StatementState.STATED)


def exported(sheet: Sheet) -> dict[str, Any]:
    """The frozen score, or today's interim, with its inputs."""
    frozen = latest(sheet)
    if frozen is not None:
        inputs, result, digest = frozen.inputs, frozen.result, frozen.inputs_hash
    else:
        inputs = inputs_of(Scored.quarter(sheet))
        result, digest = score(inputs), hash_of(inputs)
    return {
        "inputs_sha256": digest,
        "frozen_at": timezone.localtime(frozen.frozen_at).isoformat() if frozen else None,
        "inputs": inputs,
        "result": result,
    }


def sheet_of_finding(finding: Finding, *, found_on: date) -> Mapping[str, Any] | None:
    """The sheet on which a finding counts: pk, state and period; one query."""
    if finding.line_id is None:
        return None
    return next(iter(asked(_of_line_on, finding.line_id, finding.area_id, found_on)), None)


def _of_line_on(line: int, area: int, on: date) -> QuerySet[Any, Any]:
    performed = Q(contract__lines=line) | Q(contract=None, unit__performed_lines=line)
    rows = Sheet.objects.filter(performed, period__area_id=area, period__first_on__lte=on, period__last_on__gte=on)
    return rows.order_by("pk").values("pk", "period__state", "period__first_on")
