"""Orders over the API."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.pagination import LimitOffsetPagination, paginate

from wolong.loop.rectification import queries
from wolong.loop.rectification.models import Order

router = Router(tags=["orders"])


class OrderOut(Schema):
    """One order; `is_due_provisional` (暂定): the deadline reaches into a year whose calendar is not announced."""

    id: int
    number: str
    area: str
    finding_id: int
    finding: str
    responsible: str
    supervisor: str
    state: str
    issued_at: datetime
    due_on: date
    is_due_provisional: bool
    answered_at: datetime | None
    closed_at: datetime | None
    times_returned: int
    is_watched: bool

    @staticmethod
    def resolve_area(order: Order) -> str:
        return order.area.code

    @staticmethod
    def resolve_finding(order: Order) -> str:
        return order.finding.number

    @staticmethod
    def resolve_responsible(order: Order) -> str:
        return str(order.responsible)

    @staticmethod
    def resolve_supervisor(order: Order) -> str:
        return str(order.supervisor)

    @staticmethod
    def resolve_is_watched(order: Order) -> bool:
        return order.watched_at is not None


def _orders(request: HttpRequest) -> QuerySet[Order]:
    rows = Order.objects.filter(queries.visible_to(request.scope))  # type: ignore[attr-defined]
    return rows.select_related("area", "finding", "responsible", "supervisor").order_by("-pk")


@router.get("", response=list[OrderOut])
@paginate(LimitOffsetPagination)
def list_orders(request: HttpRequest, state: str = "") -> QuerySet[Order]:
    """The orders that the caller sees, newest first; `state` by value (answered)."""
    rows = _orders(request)
    return rows.filter(state=state) if state else rows


@router.get("{int:order_id}/", response=OrderOut)
def get_order(request: HttpRequest, order_id: int) -> Order:
    return get_object_or_404(_orders(request), pk=order_id)
