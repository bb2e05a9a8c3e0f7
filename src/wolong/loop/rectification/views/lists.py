"""The orders that a person sees; a company its own."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wolong.estate.contracts.models import ServiceLine
from wolong.ground.pages.generic import BulkAction, Empty, ListPage, Tab
from wolong.ground.workdays.queries import now, today
from wolong.loop.rectification import access, actions, queries
from wolong.loop.rectification.forms import OrderFilter
from wolong.loop.rectification.models import Order
from wolong.loop.rectification.states import OPEN_STATES, OWED_STATES, State
from wolong.loop.rectification.tables import COLUMNS

TABS = (
    Tab(key="open", label=_("未闭环"), where=Q(state__in=OPEN_STATES)),
    Tab(key="late", label=_("已逾期"), where=lambda _request: Q(state__in=OWED_STATES, due_on__lt=today())),
    Tab(key="answered", label=_("待复查"), where=Q(state=State.ANSWERED)),
    Tab(key="watched", label=_("挂牌督办"), where=Q(watched_at__isnull=False, state__in=OPEN_STATES)),
    Tab(key="all", label=_("全部"), where=Q()),
)


def remind_all(request: HttpRequest, rows: QuerySet[Order]) -> None:
    """Remind the units of the picked orders, all or none."""
    for order in rows.order_by("finding_id"):
        actions.remind(order=order, by=request.user, at=now())  # type: ignore[arg-type]


class OrderList(ListPage):
    title = _("整改通知单")
    unit = _("张")
    columns = COLUMNS
    tabs = TABS
    filterset_class = OrderFilter
    search_fields = ("number", "finding__title", "finding__clause_label")
    default_sort = ("due_on", "-pk")
    empty = Empty(_("没有整改通知单"), _("问题下发后，整改通知单会出现在这里。"))

    def may(self, request: HttpRequest) -> bool:
        return access.may_list(request.scope)  # type: ignore[attr-defined]

    @property
    def bulk_actions(self) -> Sequence[BulkAction]:  # type: ignore[override]
        return [
            BulkAction(
                key="remind",
                label=_("催办"),
                icon="bell-ringing",
                run=remind_all,
                may=lambda request: request.scope.is_inside,  # type: ignore[attr-defined]
                confirm=_("给这些通知单的责任单位发催办？"),
            )
        ]

    def get_rows(self, request: HttpRequest) -> QuerySet[Order]:
        scope = request.scope  # type: ignore[attr-defined]
        if not hasattr(request, "order_units"):
            lines = ServiceLine.objects.filter(scope.visible(centre="area__centre", unit="performer"))
            units: dict[int, Any] = {line.performer_id: line.performer for line in lines.select_related("performer")}
            request.order_units = sorted((pk, str(unit)) for pk, unit in units.items())  # type: ignore[attr-defined]
        rows = Order.objects.filter(queries.visible_to(scope))
        if request.method == "POST" or "export" in request.GET:
            return rows.select_related("finding__place", "responsible")
        return rows.prefetch_related("finding", "responsible")
