"""Half-year reports over the API: their figures, and why the clauses that fail most do so."""

from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.pagination import paginate

from wolong.ground.exchange.api import Paging, one_of, reads
from wolong.ground.people.states import TokenScope
from wolong.loop.analysis import access, queries
from wolong.loop.analysis.models import Problem, Report
from wolong.loop.analysis.states import ReportState

router = Router(tags=["reports"])


class ReportOut(Schema):
    """One half-year of an area. A draft's figures are computed anew each night, an issued one's stand."""

    id: int
    area: str
    half: str
    first_on: date
    last_on: date
    state: one_of(ReportState)  # type: ignore[valid-type]
    computed_at: datetime
    issued_at: datetime | None

    @staticmethod
    def resolve_area(report: Report) -> str:
        return report.area.code

    @staticmethod
    def resolve_half(report: Report) -> str:
        return str(report)


class ProblemOut(Schema):
    """A clause that failed often, gravely or again; `why` is empty until somebody answered, then one of the two acts is there."""

    id: int
    standard: str
    clause: str
    label: str
    sentence: str
    failures: int
    why: str
    remark: str
    answered_at: datetime | None
    systemic_order_id: int | None
    proposal_id: int | None

    @staticmethod
    def resolve_standard(problem: Problem) -> str:
        return problem.standard.code

    @staticmethod
    def resolve_clause(problem: Problem) -> str:
        return problem.clause_number

    @staticmethod
    def resolve_systemic_order_id(problem: Problem) -> int | None:
        return problem.order_id


class ReportWithFigures(ReportOut):
    """`figures` as they are kept: totals, by clause, line, company, place and month, the gap index; `url` leads to the list."""

    comment: str
    figures: dict[str, Any]
    problems: list[ProblemOut]

    @staticmethod
    def resolve_problems(report: Report) -> list[Problem]:
        return list(report.problems.all())


def _reports(request: HttpRequest) -> QuerySet[Report]:
    scope = request.scope  # type: ignore[attr-defined]
    rows = Report.objects.filter(queries.visible_to(scope)) if access.may_list(scope) else Report.objects.none()
    return rows.select_related("area").order_by("-first_on", "pk")


@router.get("", **reads(TokenScope.READ_SCORES, list[ReportOut], _("半年分析报告"), _("只给机关的人。")))
@paginate(Paging)
def list_reports(
    request: HttpRequest,
    area: str = "",
    state: one_of(ReportState) | None = None,  # type: ignore[valid-type]
    first_on: date | None = None,
) -> QuerySet[Report]:
    """The reports that the caller sees, the latest first; `area` by code, `first_on` the half-year's first day."""
    given = {"area__code": area or None, "state": state, "first_on": first_on}
    return _reports(request).filter(**{name: value for name, value in given.items() if value is not None})


@router.get(
    "{int:report_id}/",
    **reads(TokenScope.READ_SCORES, ReportWithFigures, _("一份半年分析报告，连同数字和突出问题"), one=True),
)
def get_report(request: HttpRequest, report_id: int) -> Report:
    problems = Problem.objects.select_related("standard").order_by("-failures", "pk")
    return get_object_or_404(_reports(request).prefetch_related(Prefetch("problems", problems)), pk=report_id)
