"""Rounds over the API: who walks where until when, and what is looked at."""

from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.pagination import paginate

from wolong.ground.exchange.api import Number, Paging, one_of, reads
from wolong.ground.people.states import TokenScope
from wolong.loop.plans.models import CheckItem, Round
from wolong.loop.plans.states import ItemState, RoundKind, RoundState

router = Router(tags=["rounds"])


class RoundOut(Schema):
    """One round; `items` are those that still stand, `items_done` those looked at."""

    id: int
    number: str
    area: str
    name: str
    kind: one_of(RoundKind)  # type: ignore[valid-type]
    state: one_of(RoundState)  # type: ignore[valid-type]
    inspector_id: int | None
    inspector: str | None
    starts_on: date
    due_on: date
    minutes: int
    items_all: int
    items_done: int
    cancelled_reason: str

    @staticmethod
    def resolve_area(round: Round) -> str:  # noqa: A002 - the glossary's word
        return round.area.code

    @staticmethod
    def resolve_inspector(round: Round) -> str | None:  # noqa: A002
        return round.inspector.name if round.inspector else None


class CheckItemOut(Schema):
    """One thing to look at, in walking order."""

    id: int
    position: int
    duty_id: int
    requirement_id: int
    clause: str
    sentence: str
    object_label: str
    place_id: int
    place: str
    minutes: Decimal
    reason: str
    state: one_of(ItemState)  # type: ignore[valid-type]

    @staticmethod
    def resolve_clause(item: CheckItem) -> str:
        return item.requirement.clause.number

    @staticmethod
    def resolve_sentence(item: CheckItem) -> str:
        return item.requirement.sentence

    @staticmethod
    def resolve_object_label(item: CheckItem) -> str:
        return item.duty.object_label

    @staticmethod
    def resolve_place(item: CheckItem) -> str:
        return item.place.full_name


class RoundWithItems(RoundOut):
    items: list[CheckItemOut]

    @staticmethod
    def resolve_items(round: Round) -> list[CheckItem]:  # noqa: A002
        return list(round.items.all())


def _rounds(request: HttpRequest) -> QuerySet[Round]:
    rows = Round.objects.visible_to(request.scope)  # type: ignore[attr-defined]
    return rows.select_related("area", "inspector").with_progress().order_by("-due_on", "-pk")  # type: ignore[no-any-return]


@router.get(
    "", **reads(TokenScope.READ, list[RoundOut], _("巡查"), _("mine=true 只要令牌持有人自己的；只给机关的人。"))
)
@paginate(Paging)
def list_rounds(
    request: HttpRequest,
    area: str = "",
    state: one_of(RoundState) | None = None,  # type: ignore[valid-type]
    kind: one_of(RoundKind) | None = None,  # type: ignore[valid-type]
    inspector_id: Number | None = None,
    mine: bool = False,
    due_from: date | None = None,
    due_to: date | None = None,
) -> QuerySet[Round]:
    """The rounds that the caller sees, due last first; `area` by code."""
    given = {
        "area__code": area or None,
        "state": state,
        "kind": kind,
        "inspector": inspector_id,
        "due_on__gte": due_from,
        "due_on__lte": due_to,
    }
    rows = _rounds(request).filter(**{name: value for name, value in given.items() if value is not None})
    return rows.filter(inspector=request.user.pk) if mine else rows


@router.get("{int:round_id}/", **reads(TokenScope.READ, RoundWithItems, _("一次巡查，连同检查项"), one=True))
def get_round(request: HttpRequest, round_id: int) -> Round:
    items = CheckItem.objects.standing().select_related("requirement__clause", "duty", "place").order_by("position")
    return get_object_or_404(_rounds(request).prefetch_related(Prefetch("items", items)), pk=round_id)
