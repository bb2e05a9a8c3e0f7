"""Orders over the API."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.pagination import LimitOffsetPagination, paginate

from wolong.loop.rectification.models import Order

router = Router(tags=["orders"])


class OrderOut(Schema):
    """`due_on` is the last day, counted in working days; provisional where the calendar is not announced yet."""

    id: int
    number: str
    area: str
    finding_id: int
    title: str
    state: str
    responsible: str
    supervisor: str
    issued_at: datetime
    due_on: date
    is_due_provisional: bool
    answered_at: datetime | None
    closed_at: datetime | None
    times_returned: int
    escalation: int

    @staticmethod
    def resolve_area(order: Order) -> str:
        return order.area.code

    @staticmethod
    def resolve_title(order: Order) -> str:
        return order.finding.title

    @staticmethod
    def resolve_responsible(order: Order) -> str:
        return order.responsible.short_name

    @staticmethod
    def resolve_supervisor(order: Order) -> str:
        return order.supervisor.short_name


def _orders(request: HttpRequest) -> QuerySet[Order]:
    rows = Order.objects.visible_to(request.scope)  # type: ignore[attr-defined]
    return rows.select_related("area", "finding", "responsible", "supervisor").order_by("-pk")  # type: ignore[no-any-return]


@router.get("", response=list[OrderOut])
@paginate(LimitOffsetPagination)
def list_orders(request: HttpRequest, area: str = "", state: str = "") -> QuerySet[Order]:
    """The orders that the caller sees, newest first; `area` by code, `state` by value."""
    wanted = {"area__code": area, "state": state}
    return _orders(request).filter(**{key: value for key, value in wanted.items() if value})


@router.get("{int:order_id}/", response=OrderOut)
def get_order(request: HttpRequest, order_id: int) -> Order:
    return get_object_or_404(_orders(request), pk=order_id)
