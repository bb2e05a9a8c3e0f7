"""The sheets that a person sees; a company its own."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.ground.pages.generic import Button, Empty, ListPage, Tab
from wolong.loop.appraisal import access, queries
from wolong.loop.appraisal.forms import SheetFilter
from wolong.loop.appraisal.models import Sheet
from wolong.loop.appraisal.states import PeriodState
from wolong.loop.appraisal.tables import COLUMNS


class SheetList(ListPage):
    title = gettext_lazy("考评")
    unit = gettext_lazy("张考评表")
    columns = COLUMNS
    tabs = (
        Tab(key="now", label=gettext_lazy("进行中"), where=~Q(period__state=PeriodState.CLOSED)),
        Tab(key="closed", label=gettext_lazy("已结账"), where=Q(period__state=PeriodState.CLOSED)),
        Tab(key="all", label=gettext_lazy("全部"), where=Q()),
    )
    filterset_class = SheetFilter
    search_fields = ("unit__name", "unit__short_name", "contract__number", "contract__name")
    default_sort = ("-period__first_on", "unit__pinyin_key", "pk")
    empty = Empty(
        gettext_lazy("没有考评表"),
        gettext_lazy("服务中心负责人开启一个季度，每份合同和每个自办单位就有一张考评表。"),
    )

    def may(self, request: HttpRequest) -> bool:
        return access.may_list(request.scope)  # type: ignore[attr-defined]

    def get_rows(self, request: HttpRequest) -> QuerySet[Sheet]:
        rows = Sheet.objects.filter(queries.visible_to(request.scope))  # type: ignore[attr-defined]
        return queries.with_score(rows.select_related("period__area", "unit", "contract"))

    def get_buttons(self, request: HttpRequest) -> list[Button]:
        scope = request.scope  # type: ignore[attr-defined]
        if not scope.is_inside:
            return []
        buttons = [Button(label=_("考评办法"), url=reverse("appraisal:schemes"), icon="list-details")]
        if access.may_chair_somewhere(scope):
            buttons.append(Button(label=_("开启一个季度"), url=reverse("appraisal:open"), icon="plus", go=True))
        return buttons
