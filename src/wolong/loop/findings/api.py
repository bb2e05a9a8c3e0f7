"""Findings over the API."""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.pagination import LimitOffsetPagination, paginate

from wolong.loop.findings import queries
from wolong.loop.findings.models import Finding

router = Router(tags=["findings"])


class FindingOut(Schema):
    """One finding; `requirement_id` is that of the clause in force on its day."""

    id: int
    number: str
    area: str
    title: str
    severity: str
    stage: str
    clause: str
    requirement_id: int
    place_id: int
    equipment_id: int | None
    line: str | None
    responsible: str | None
    supervisor: str | None
    points: Decimal
    found_at: datetime
    due_on: date | None
    closed_at: datetime | None
    repeat_of_id: int | None
    withdrawn_reason: str

    @staticmethod
    def resolve_area(finding: Finding) -> str:
        return finding.area.code

    @staticmethod
    def resolve_clause(finding: Finding) -> str:
        return finding.clause_label

    @staticmethod
    def resolve_line(finding: Finding) -> str | None:
        return finding.line.name if finding.line else None

    @staticmethod
    def resolve_responsible(finding: Finding) -> str | None:
        return str(finding.responsible) if finding.responsible else None

    @staticmethod
    def resolve_supervisor(finding: Finding) -> str | None:
        return str(finding.supervisor) if finding.supervisor else None


def _findings(request: HttpRequest) -> QuerySet[Finding]:
    rows = Finding.objects.filter(queries.visible_to(request.scope))  # type: ignore[attr-defined]
    return rows.select_related("area", "line", "responsible", "supervisor").order_by("-pk")


@router.get("", response=list[FindingOut])
@paginate(LimitOffsetPagination)
def list_findings(request: HttpRequest, stage: str = "", severity: str = "") -> QuerySet[Finding]:
    """The findings that the caller sees, newest first; `stage` by value (answered), `severity` A, B, C or O."""
    rows = _findings(request)
    if stage:
        rows = rows.filter(stage=stage)
    return rows.filter(severity=severity) if severity else rows


@router.get("{int:finding_id}/", response=FindingOut)
def get_finding(request: HttpRequest, finding_id: int) -> Finding:
    return get_object_or_404(_findings(request), pk=finding_id)
