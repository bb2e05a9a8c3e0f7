"""Findings over the API."""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.pagination import LimitOffsetPagination, paginate

from wolong.loop.findings.models import Finding

router = Router(tags=["findings"])


class FindingOut(Schema):
    """`requirement_id` is pinned to the edition in force on the day it was found."""

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
    responsible: str | None
    points: Decimal
    found_at: datetime
    due_on: date | None
    closed_at: datetime | None
    repeat_of_id: int | None

    @staticmethod
    def resolve_area(finding: Finding) -> str:
        return finding.area.code

    @staticmethod
    def resolve_clause(finding: Finding) -> str:
        return finding.clause_label

    @staticmethod
    def resolve_responsible(finding: Finding) -> str | None:
        return finding.responsible.short_name if finding.responsible else None


def _findings(request: HttpRequest) -> QuerySet[Finding]:
    rows = Finding.objects.visible_to(request.scope)  # type: ignore[attr-defined]
    return rows.select_related("area", "responsible").order_by("-pk")  # type: ignore[no-any-return]


@router.get("", response=list[FindingOut])
@paginate(LimitOffsetPagination)
def list_findings(request: HttpRequest, area: str = "", stage: str = "", severity: str = "") -> QuerySet[Finding]:
    """The findings that the caller sees, newest first; `area` by code, `stage` and `severity` by value."""
    wanted = {"area__code": area, "stage": stage, "severity": severity}
    return _findings(request).filter(**{key: value for key, value in wanted.items() if value})


@router.get("{int:finding_id}/", response=FindingOut)
def get_finding(request: HttpRequest, finding_id: int) -> Finding:
    return get_object_or_404(_findings(request), pk=finding_id)
