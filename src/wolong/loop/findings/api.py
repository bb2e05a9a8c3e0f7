"""Findings over the API: read, and log what was come across (登记问题)."""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Schema
from ninja.errors import AuthorizationError
from ninja.files import UploadedFile
from ninja.pagination import paginate

from wolong.ground.exchange.api import Number, Paging, check_sizes, once, one_of, reads, words, writes
from wolong.ground.exchange.rules import within
from wolong.ground.files.states import MOST_BYTES
from wolong.ground.people.states import TokenScope
from wolong.ground.workdays.queries import now
from wolong.loop.duties.models import Duty
from wolong.loop.findings import actions, queries
from wolong.loop.findings.models import Finding
from wolong.loop.findings.states import Stage
from wolong.loop.plans.access import may_look_unplanned
from wolong.norms.standards.states import Severity

router = Router(tags=["findings"])
MOST_PHOTOS = 9


class FindingOut(Schema):
    """One finding; `requirement_id` is that of the clause in force on its day. Within a deviation it is only noted."""

    id: int
    number: str
    area: str
    title: str
    description: str
    severity: one_of(Severity)  # type: ignore[valid-type]
    stage: one_of(Stage)  # type: ignore[valid-type]
    clause: str
    requirement_id: int
    duty_id: int
    observation_id: int
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
    deviation_id: int | None
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


@router.get("", **reads(TokenScope.READ, list[FindingOut], _("问题")))
@paginate(Paging)
def list_findings(
    request: HttpRequest,
    area: str = "",
    stage: one_of(Stage) | None = None,  # type: ignore[valid-type]
    severity: one_of(Severity) | None = None,  # type: ignore[valid-type]
    found_from: date | None = None,
    found_before: date | None = None,
) -> QuerySet[Finding]:
    """The findings that the caller sees, newest first; `area` by code, `found_before` without that day."""
    given = {
        "area__code": area or None,
        "stage": stage,
        "severity": severity,
        "found_at__gte": queries.midnight(within(found_from)) if found_from else None,
        "found_at__lt": queries.midnight(within(found_before)) if found_before else None,
    }
    return _findings(request).filter(**{name: value for name, value in given.items() if value is not None})


@router.get("{int:finding_id}/", **reads(TokenScope.READ, FindingOut, _("一个问题"), one=True))
def get_finding(request: HttpRequest, finding_id: int) -> Finding:
    return get_object_or_404(_findings(request), pk=finding_id)


class FindingIn(Schema):
    """What was come across at a duty's object. `value_text` with its unit where the clause measures (0.42 mg/m³), by the
    measure of number `measure_index`; else `remark` says what is wrong. `signed_name`: who signed where photographs are
    forbidden (禁拍).
    """

    duty_id: Number
    remark: words(500) = ""  # type: ignore[valid-type]
    value_text: words(60) = ""  # type: ignore[valid-type]
    measure_index: Number | None = None
    signed_name: words(60) = ""  # type: ignore[valid-type]


@router.post(
    "",
    **writes(
        TokenScope.LOG_FINDINGS, FindingOut, _("登记问题"),
        _("先记事实，再按条款判定：作为一次只有一项的随查。照片（photos）至多 9 张，每张 20 MB 以内。"),
    ),
)  # fmt: skip
@once(FindingOut)
def log_finding(request: HttpRequest, given: Form[FindingIn], photos: File[list[UploadedFile]] = []) -> Finding:  # noqa: B006 - as ninja reads it
    """Whoever checks in the area; a company sees its duties here, but may not log."""
    scope = request.scope  # type: ignore[attr-defined]
    rows = Duty.objects.current().visible_to(scope).select_related("area__centre", "requirement", "doer")
    duty = get_object_or_404(rows, pk=given.duty_id)
    if not may_look_unplanned(scope, duty.area):
        raise AuthorizationError(message=_("登记问题由这个办公区的巡查员、科室主管或中心负责人做。"))
    check_sizes(photos, most_bytes=MOST_BYTES, most_files=MOST_PHOTOS)
    finding = actions.log_finding(
        duty=duty,
        remark=given.remark,
        value_text=given.value_text,
        measure_index=given.measure_index,
        photos=photos,
        signed_name=given.signed_name,
        by=scope.person,
        at=now(),
    )
    return get_object_or_404(_findings(request), pk=finding.pk)
