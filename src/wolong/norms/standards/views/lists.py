"""The library as a list, and as the 标准明细表."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.ground.pages.generic import Button, Column, Empty, ListPage, Tab
from wolong.ground.workdays.queries import today
from wolong.norms.standards import access
from wolong.norms.standards.models import Standard
from wolong.norms.standards.queries import listed_standards
from wolong.norms.standards.states import EditionState


class StandardFilter(django_filters.FilterSet):
    level = django_filters.ChoiceFilter(
        label=_("层级"), choices=[(word, word) for word in ("国家", "行业", "地方", "团体", "企业", "合同附件")]
    )
    position = django_filters.CharFilter(label=_("体系位置"), lookup_expr="icontains")
    state = django_filters.ChoiceFilter(label=_("最新版本"), field_name="newest_state", choices=EditionState.choices)
    to_verify = django_filters.BooleanFilter(label=_("有待核的值"), method="filter_to_verify")

    class Meta:
        model = Standard
        fields: tuple[str, ...] = ()

    def filter_to_verify(self, rows: QuerySet[Standard], _name: str, value: bool) -> QuerySet[Standard]:
        return rows.filter(to_verify__gt=0) if value else rows.filter(Q(to_verify__isnull=True) | Q(to_verify=0))


def _newest_label(row: Any) -> str:
    return str(EditionState(row.newest_state).label) if row.newest_state else ""


class StandardList(ListPage):
    title = _("标准")
    unit = _("项")
    search_fields = ("code", "title", "pinyin_key")
    filterset_class = StandardFilter
    default_sort = ("code", "pk")
    tabs = (
        Tab(key="all", label=_("全部"), where=Q()),
        Tab(key="ruling", label=_("现行"), where=Q(ruling_id__isnull=False)),
        Tab(
            key="coming",
            label=_("草案和即将实施"),
            where=Q(newest_state__in=[EditionState.DRAFT, EditionState.APPROVED]),
        ),
    )
    columns = (
        Column(
            key="code",
            label=_("标准号"),
            value=lambda s: s.ruling_number or s.newest_number or s.code,
            sort="code",
            width=196,
        ),
        Column(key="title", label=_("名称"), kind="link", sort="pinyin_key"),
        Column(key="level", label=_("层级"), sort="level", width=64),
        Column(key="nature", label=_("性质"), sort="nature", sheet_only=True),
        Column(key="position", label=_("体系位置"), sort="position", width=176, quiet=True),
        Column(key="bound", label=_("“应”"), kind="number", value=lambda s: s.bound or 0, sort="bound", width=60),
        Column(
            key="to_verify",
            label=_("待核"),
            kind="number",
            value=lambda s: s.to_verify or "",
            sort="to_verify",
            width=70,
        ),
        Column(key="newest_state", label=_("最新版本"), value=_newest_label, sort="newest_state", width=92),
        Column(
            key="effective_on", label=_("实施"), value=lambda s: s.effective_on or "", sort="effective_on", width=116
        ),
        Column(
            key="review_due_on",
            label=_("复审"),
            value=lambda s: s.review_due_on or "",
            sort="review_due_on",
            sheet_only=True,
        ),
    )
    empty = Empty(_("标准库是空的"), _("起草一份标准，或由系统管理员载入标准库。"))

    def may(self, request: HttpRequest) -> bool:
        return access.may_read(request.scope)  # type: ignore[attr-defined]

    def get_rows(self, request: HttpRequest) -> QuerySet[Any]:
        del request
        return listed_standards(today())

    def row_url(self, row: Any) -> str:
        pk = row.ruling_id or row.newest_id
        return reverse("standards:edition", args=[pk]) if pk else ""

    def get_buttons(self, request: HttpRequest) -> list[Button]:
        buttons = [Button(label=_("试读一条"), url=reverse("standards:try"), icon="flask")]
        if access.may_draft(request.scope):  # type: ignore[attr-defined]
            buttons.append(Button(label=_("考核表"), url=reverse("standards:sheets"), icon="file-import"))
            buttons.append(Button(label=_("一次几份"), url=reverse("standards:draft_many"), icon="files"))
            buttons.append(Button(label=_("起草标准"), url=reverse("standards:draft"), icon="plus", go=True))
        return buttons
