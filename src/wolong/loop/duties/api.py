"""Duties over the API: who does what where and who checks it, what lacks, the supervision gap index, and deviations."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.pagination import paginate

from wolong.estate.places.models import OfficeArea
from wolong.ground.exchange.api import Number, Paging, one_of, reads
from wolong.ground.people.states import TokenScope
from wolong.ground.workdays.queries import today
from wolong.loop.duties import access, queries
from wolong.loop.duties.models import Deviation, Duty
from wolong.loop.duties.queries import Tally
from wolong.loop.duties.states import DeviationStanding, Gap, Standing
from wolong.norms.standards.models import Requirement

router = Router(tags=["duties"])
deviations = Router(tags=["deviations"])


class DutyOut(Schema):
    """`doer` or `checker` is null where nobody is named: a gap. `fingerprint` is that of the requirement's text;
    `is_to_verify` (待核): its values are not confirmed against their source. `gaps`: what it lacks before anybody can keep
    it. `is_suspect`: the clause was changed and nobody has looked at the duty since. `overall` (概查) and `self` (自查) looks
    close no gap.
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
    line: str | None
    doer: str | None
    checker: str | None
    cycle_months: int | None
    is_event_driven: bool
    sample_percent: Decimal | None
    since: date | None
    gaps: list[one_of(Gap)]  # type: ignore[valid-type]
    is_suspect: bool
    fingerprint: str
    last_itemised_on: date | None
    last_overall_on: date | None
    last_self_on: date | None
    last_result: str
    failures: int
    last_failed_on: date | None
    complaints: int

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
    def resolve_line(duty: Duty) -> str | None:
        return duty.line.name if duty.line else None

    @staticmethod
    def resolve_since(duty: Duty) -> date | None:
        return duty.valid.lower  # type: ignore[no-any-return]

    @staticmethod
    def resolve_gaps(duty: Duty) -> list[str]:
        lacking = {
            Gap.DOER: duty.doer_id is None,
            Gap.CHECKER: duty.checker_id is None,
            Gap.CYCLE: duty.cycle_months is None and not duty.is_event_driven,
        }
        return [gap.value for gap, lacks in lacking.items() if lacks]

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
        "area", "requirement__edition", "requirement__clause", "line", "doer", "checker"
    ).order_by("pk")


LACKS = {
    "doer": Q(doer__isnull=True),
    "checker": Q(checker__isnull=True),
    "cycle": Q(cycle_months__isnull=True, is_event_driven=False),
    "suspect": Q(is_suspect=True),
}
Lacks = Literal["doer", "checker", "cycle", "suspect"]


@router.get(
    "", **reads(TokenScope.READ, list[DutyOut], _("今天的职责"), _("gap 筛出没人做、没人查、没有频次、待重新确认的。"))
)
@paginate(Paging)
def list_duties(
    request: HttpRequest,
    area: str = "",
    place_id: Number | None = None,
    equipment_id: Number | None = None,
    clause: str = "",
    gap: Lacks | None = None,
) -> QuerySet[Duty]:
    """The duties of today that the caller sees; `area` by code, `clause` by number."""
    found = _duties(request)
    given = {
        "area__code": area, "place": place_id, "equipment": equipment_id, "requirement__clause__number": clause,
    }  # fmt: skip
    found = found.filter(**{name: value for name, value in given.items() if value not in ("", None)})
    return found.filter(LACKS[gap]) if gap else found


class GapIndexOut(Schema):
    """The supervision gap index of an area today (rule 18): `open` of `required`, in percent; null where nothing is
    required. What was looked at only as 概查 or 自查 is still open and counted apart; what is bound to events has no period.
    """

    area: str
    on: date
    percent: Decimal | None
    required: int
    closed: int
    open: int
    events: int
    only_overall: int
    only_self: int
    objects: int
    objects_checked: int
    share_objects: Decimal | None


def _areas(request: HttpRequest) -> QuerySet[OfficeArea]:
    """What lacks in an area is the bureau's own to know."""
    scope = request.scope  # type: ignore[attr-defined]
    rows = OfficeArea.objects.filter(scope.areas("centre")) if access.may_oversee(scope) else OfficeArea.objects.none()
    return rows.order_by("code")


@router.get(
    "gap-index/",
    **reads(TokenScope.READ, list[GapIndexOut], _("监督缺口指数"), _("每个办公区一行，以今天为准；只给机关的人。")),
)
@paginate(Paging)
def list_gap_indexes(request: HttpRequest) -> list[dict[str, Any]]:
    on = today()
    areas = {area.pk: area for area in _areas(request)}
    names = [name for name in GapIndexOut.model_fields if name not in ("area", "on")]
    return [
        {"area": areas[pk].code, "on": on, **{name: getattr(index, name) for name in names}}
        for pk, index in sorted(queries.gap_indexes(areas.values(), on).items(), key=lambda pair: areas[pair[0]].code)
    ]


class GapOut(Schema):
    """One 应 of an area with what it lacks and how its objects were looked at within the last full period."""

    area: str
    requirement_id: int
    standard: str
    clause: str
    sentence: str
    gaps: list[one_of(Gap)]  # type: ignore[valid-type]
    standing: one_of(Standing)  # type: ignore[valid-type]
    cycle_months: int | None
    objects: int
    objects_needed: int
    objects_itemised: int
    objects_overall: int
    objects_self: int


@router.get(
    "gaps/",
    **reads(
        TokenScope.READ, list[GapOut], _("一个办公区的监督缺口"),
        _("本应有人做、有人查、按期查而没有的要求；standing=open 是没有按期查的。只给机关的人。"), one=True,
    ),
)  # fmt: skip
@paginate(Paging)
def list_gaps(
    request: HttpRequest,
    area: str,
    standing: one_of(Standing) | None = None,  # type: ignore[valid-type]
    gap: one_of(Gap) | None = None,  # type: ignore[valid-type]
) -> list[dict[str, Any]]:
    """Every 应 of an area that lacks something or was not checked in time; `area` by code."""
    here = get_object_or_404(_areas(request), code=area)
    found = [
        tally
        for tally in queries.tallies(here, today())
        if (tally.standing == standing if standing else tally.gaps or tally.standing == Standing.OPEN)
        and (gap is None or gap in tally.gaps)
    ]
    rows = Requirement.objects.select_related("edition", "clause").defer("edition__text")
    texts = rows.in_bulk([tally.requirement_id for tally in found])
    return [_gap(here, tally, texts[tally.requirement_id]) for tally in found]


def _gap(area: OfficeArea, tally: Tally, requirement: Requirement) -> dict[str, Any]:
    coverage = tally.coverage
    return {
        "area": area.code,
        "requirement_id": requirement.pk,
        "standard": requirement.edition.number,
        "clause": requirement.clause.number,
        "sentence": requirement.sentence,
        "gaps": [gap.value for gap in tally.gaps],
        "standing": tally.standing.value,
        "cycle_months": coverage.cycle_months,
        "objects": coverage.objects,
        "objects_needed": coverage.needed,
        "objects_itemised": coverage.itemised,
        "objects_overall": coverage.overall,
        "objects_self": coverage.by_self,
    }


@router.get("{int:duty_id}/", **reads(TokenScope.READ, DutyOut, _("一条职责"), one=True))
def get_duty(request: HttpRequest, duty_id: int) -> Duty:
    return get_object_or_404(_duties(request), pk=duty_id)


class DeviationOut(Schema):
    """For some days one 应 (`requirement_id`) need not be kept at one object by one doer; `measure` takes its place.

    `duty_id` is the duty as it stood when asked. `since` is null until it is approved; it holds up to and including
    `until_on`, or up to the day it was ended. What is found meanwhile is noted only.
    """

    id: int
    number: str
    state: one_of(DeviationStanding)  # type: ignore[valid-type]
    area: str
    standard: str
    clause: str
    requirement_id: int
    sentence: str
    duty_id: int
    object_label: str
    doer: str | None
    reason: str
    measure: str
    since: date | None
    until_on: date
    asked_by: str
    asked_at: datetime
    decision: str
    decided_by: str | None
    decided_at: datetime | None
    ended_reason: str
    ended_at: datetime | None

    @staticmethod
    def resolve_state(deviation: Deviation) -> str:
        return deviation.standing_on(today()).value

    @staticmethod
    def resolve_area(deviation: Deviation) -> str:
        return deviation.duty.area.code

    @staticmethod
    def resolve_standard(deviation: Deviation) -> str:
        return deviation.duty.requirement.edition.number

    @staticmethod
    def resolve_clause(deviation: Deviation) -> str:
        return deviation.duty.requirement.clause.number

    @staticmethod
    def resolve_requirement_id(deviation: Deviation) -> int:
        return deviation.duty.requirement_id

    @staticmethod
    def resolve_sentence(deviation: Deviation) -> str:
        return deviation.duty.requirement.sentence

    @staticmethod
    def resolve_object_label(deviation: Deviation) -> str:
        return deviation.duty.object_label

    @staticmethod
    def resolve_doer(deviation: Deviation) -> str | None:
        return deviation.duty.doer.short_name if deviation.duty.doer else None

    @staticmethod
    def resolve_since(deviation: Deviation) -> date | None:
        return deviation.valid.lower if deviation.valid else None

    @staticmethod
    def resolve_asked_by(deviation: Deviation) -> str:
        return deviation.asked_by.name

    @staticmethod
    def resolve_decided_by(deviation: Deviation) -> str | None:
        return deviation.decided_by.name if deviation.decided_by else None


def _deviations(request: HttpRequest) -> QuerySet[Deviation]:
    rows = Deviation.objects.visible_to(request.scope)  # type: ignore[attr-defined]
    duties = Prefetch("duty", Duty.objects.joined())
    return rows.select_related("asked_by", "decided_by").prefetch_related(duties).order_by("-asked_at", "-pk")


@deviations.get(
    "",
    **reads(
        TokenScope.READ, list[DeviationOut], _("偏离"), _("公司只看得到自己的职责上的。state=expired 是已到期的。")
    ),
)
@paginate(Paging)
def list_deviations(
    request: HttpRequest,
    area: str = "",
    state: one_of(DeviationStanding) | None = None,  # type: ignore[valid-type]
    duty_id: Number | None = None,
    held_on: date | None = None,
) -> QuerySet[Deviation]:
    """The deviations that the caller sees, newest first; `area` by code, `held_on` those that held on a day."""
    given = {"duty__area__code": area or None, "duty": duty_id, "valid__contains": held_on}
    found = _deviations(request).filter(**{name: value for name, value in given.items() if value is not None})
    return found.standing(DeviationStanding(state), on=today()) if state else found


@deviations.get("{int:deviation_id}/", **reads(TokenScope.READ, DeviationOut, _("一份偏离"), one=True))
def get_deviation(request: HttpRequest, deviation_id: int) -> Deviation:
    return get_object_or_404(_deviations(request), pk=deviation_id)
