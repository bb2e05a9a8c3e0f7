"""What people give: filters of the lists, a contract, a service line, its end."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wolong.estate.contracts.models import Contract, ServiceLine
from wolong.estate.contracts.states import SERVICES, SupplyMode, TermKind
from wolong.estate.places.models import OfficeArea, Place
from wolong.estate.places.states import Level
from wolong.ground.people.models import Organization
from wolong.ground.people.states import OrganizationKind

Day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
IN_HOUSE = Organization.objects.exclude(kind__in=(OrganizationKind.SUPPLIER, OrganizationKind.TENANT))


def lines_seen(request: HttpRequest) -> list[ServiceLine]:
    """The lines that a person sees: they name what there is to filter by; one query a request."""
    known: list[ServiceLine] | None = getattr(request, "_contract_lines", None)
    if known is None:
        rows = ServiceLine.objects.visible_to(request.scope).select_related("area", "performer", "supervisor")  # type: ignore[attr-defined]
        known = list(rows)
        request._contract_lines = known  # type: ignore[attr-defined]  # noqa: SLF001
    return known


def _choices(request: HttpRequest | None, name: str) -> list[tuple[int, str]]:
    if request is None:
        return []
    things = {getattr(line, name) for line in lines_seen(request)} - {None}
    return sorted(((thing.pk, str(thing)) for thing in things), key=lambda pair: pair[1])


class LineFilter(django_filters.FilterSet):
    area = django_filters.ChoiceFilter(label=_("办公区"), field_name="area_id", choices=())
    name = django_filters.ChoiceFilter(label=_("服务"), choices=())
    performer = django_filters.ChoiceFilter(label=_("承担单位"), field_name="performer_id", choices=())
    supervisor = django_filters.ChoiceFilter(label=_("主管科室"), field_name="supervisor_id", choices=())
    mode = django_filters.ChoiceFilter(label=_("供给方式"), choices=SupplyMode.choices)

    class Meta:
        model = ServiceLine
        fields = ("area", "name", "performer", "supervisor", "mode")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("area", "performer", "supervisor"):
            self.filters[name].extra["choices"] = _choices(self.request, name)
        names = {line.name for line in lines_seen(self.request)} if self.request else set()
        self.filters["name"].extra["choices"] = [(name, name) for name in sorted(names)]


class ContractForm(forms.Form):
    area = forms.ModelChoiceField(label=_("办公区"), queryset=OfficeArea.objects.none(), empty_label=None)
    supplier = forms.ModelChoiceField(
        label=_("供应商"), queryset=Organization.objects.filter(kind=OrganizationKind.SUPPLIER)
    )
    number = forms.CharField(label=_("合同编号"), max_length=60)
    name = forms.CharField(label=_("名称"), max_length=120)
    signed_on = forms.DateField(label=_("签订日期"), widget=Day, required=False)
    since = forms.DateField(label=_("开始日期"), widget=Day)
    until = forms.DateField(label=_("结束日期"), widget=Day, required=False, help_text=_("含这一天；不填是没有期限。"))

    def __init__(self, *args: Any, areas: QuerySet[OfficeArea], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]


class LineForm(forms.Form):
    """A line of a contract; without a contract, one that a section performs itself."""

    name = forms.ChoiceField(label=_("服务"), choices=[(name, name) for name in SERVICES])
    performer = forms.ModelChoiceField(label=_("承担单位"), queryset=IN_HOUSE)
    supervisor = forms.ModelChoiceField(
        label=_("主管科室"), queryset=IN_HOUSE, help_text=_("检查和监督这项服务的科室。")
    )
    mode = forms.ChoiceField(
        label=_("供给方式"),
        choices=[(SupplyMode.OWN, SupplyMode.OWN.label), (SupplyMode.BUDGET, SupplyMode.BUDGET.label)],
    )
    root = forms.ModelChoiceField(
        label=_("范围"),
        queryset=Place.objects.none(),
        required=False,
        empty_label=_("整个办公区"),
        help_text=_("只管一栋楼或一层时才选。"),
    )
    monthly_fee_yuan = forms.DecimalField(
        label=_("月费"), min_value=0, max_digits=12, decimal_places=2, required=False, help_text=_("元")
    )
    since = forms.DateField(label=_("开始日期"), widget=Day)
    until = forms.DateField(label=_("结束日期"), widget=Day, required=False, help_text=_("含这一天；不填是没有期限。"))

    def __init__(self, *args: Any, area: OfficeArea, contract: Contract | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = Place.objects.filter(area=area, level__in=(Level.BUILDING, Level.FLOOR)).in_use()
        self.fields["root"].queryset = parts  # type: ignore[attr-defined]
        for name in ("performer", "supervisor"):
            within = IN_HOUSE.filter(path__startswith=area.centre.path or "?")
            self.fields[name].queryset = within  # type: ignore[attr-defined]
        if contract is not None:
            del self.fields["performer"], self.fields["mode"]


class TermForm(forms.Form):
    number = forms.CharField(label=_("条号"), max_length=40, help_text=_("如：第 9.2 条。"))
    kind = forms.ChoiceField(label=_("内容"), choices=TermKind.choices)
    text = forms.CharField(label=_("原文"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class EndForm(forms.Form):
    on = forms.DateField(label=_("最后一天"), widget=Day)
    reason = forms.CharField(label=_("原因"), max_length=200)
