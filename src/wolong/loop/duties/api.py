"""Duties over the API."""

from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.pagination import LimitOffsetPagination, paginate

from wolong.loop.duties.models import Duty

router = Router(tags=["duties"])


class DutyOut(Schema):
    """`doer` or `checker` is null where nobody is named: a gap. `fingerprint` is that of the requirement's text;
    `is_to_verify` (待核): its values are not confirmed against their source.
    """

    id: int
    area: str
    standard: str
    clause: str
    requirement_id: int
    sentence: str
    is_to_verify: bool
    place_id: int
    equipment_id: int | None
    object_label: str
    doer: str | None
    checker: str | None
    cycle_months: int | None
    fingerprint: str
    last_itemised_on: date | None
    last_result: str
    failures: int

    @staticmethod
    def resolve_area(duty: Duty) -> str:
        return duty.area.code

    @staticmethod
    def resolve_standard(duty: Duty) -> str:
        return duty.requirement.edition.number

    @staticmethod
    def resolve_clause(duty: Duty) -> str:
        return duty.requirement.clause.number

    @staticmethod
    def resolve_sentence(duty: Duty) -> str:
        return duty.requirement.sentence

    @staticmethod
    def resolve_is_to_verify(duty: Duty) -> bool:
        return duty.requirement.is_to_verify

    @staticmethod
    def resolve_doer(duty: Duty) -> str | None:
        return duty.doer.short_name if duty.doer else None

    @staticmethod
    def resolve_checker(duty: Duty) -> str | None:
        return duty.checker.short_name if duty.checker else None


def _duties(request: HttpRequest) -> QuerySet[Duty]:
    rows = Duty.objects.visible_to(request.scope).filter(valid__endswith__isnull=True)  # type: ignore[attr-defined]
    return rows.select_related(  # type: ignore[no-any-return]
        "area", "requirement__edition", "requirement__clause", "doer", "checker"
    ).order_by("pk")


@router.get("", response=list[DutyOut])
@paginate(LimitOffsetPagination)
def list_duties(request: HttpRequest, area: str = "") -> QuerySet[Duty]:
    """The duties of today that the caller sees; `area` by code."""
    found = _duties(request)
    return found.filter(area__code=area) if area else found


@router.get("{int:duty_id}/", response=DutyOut)
def get_duty(request: HttpRequest, duty_id: int) -> Duty:
    return get_object_or_404(_duties(request), pk=duty_id)
