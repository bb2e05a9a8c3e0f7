"""What people give: filters of the list, a reason, a unit."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wolong.estate.contracts.models import Contract, ServiceLine
from wolong.estate.equipment.models import Equipment, System
from wolong.estate.places.models import Place
from wolong.ground.people.models import Organization
from wolong.ground.people.states import OrganizationKind
from wolong.loop.duties.models import Duty
from wolong.loop.findings.models import Finding
from wolong.loop.findings.states import Stage
from wolong.norms.standards.models import Clause
from wolong.norms.standards.states import Severity

# Set by links from other pages only; they show as chips, never as a list of thousands to choose from.
QUIET = ("place", "equipment", "system", "duty", "clause", "contract", "found_by", "repeated")


class QuietForm(forms.Form):
    """Shows only what a person would choose; the rest comes with a link."""

    def __iter__(self) -> Iterator[Any]:
        return (field for field in super().__iter__() if field.name not in QUIET)


def service_lines(request: HttpRequest) -> list[ServiceLine]:
    """The lines that a person sees: they name areas, services and units to filter by; one query a request."""
    known: list[ServiceLine] | None = getattr(request, "_finding_lines", None)
    if known is None:
        scope = request.scope  # type: ignore[attr-defined]
        rows = ServiceLine.objects.filter(scope.visible(centre="area__centre", unit="performer"))
        known = list(rows.select_related("area", "performer", "supervisor").order_by("area__code", "name"))
        request._finding_lines = known  # type: ignore[attr-defined]  # noqa: SLF001
    return known


def unit_choices(lines: list[ServiceLine], name: str) -> list[tuple[int, str]]:
    units = {getattr(line, name).pk: str(getattr(line, name)) for line in lines if getattr(line, name) is not None}
    return sorted(units.items(), key=lambda pair: pair[1])


class FindingFilter(django_filters.FilterSet):
    area = django_filters.ChoiceFilter(label=_("办公区"), field_name="area_id", choices=[])
    stage = django_filters.ChoiceFilter(label=_("状态"), choices=Stage.choices)
    severity = django_filters.ChoiceFilter(label=_("等级"), choices=Severity.choices)
    line = django_filters.ChoiceFilter(label=_("服务线"), field_name="line__name", choices=[])
    responsible = django_filters.ChoiceFilter(label=_("责任单位"), field_name="responsible_id", choices=[])
    supervisor = django_filters.ChoiceFilter(label=_("监督"), field_name="supervisor_id", choices=[])
    found = django_filters.DateFromToRangeFilter(label=_("发现日期"), field_name="found_at")
    place = django_filters.ModelChoiceFilter(label=_("场所"), queryset=Place.objects.all(), method="by_place")
    equipment = django_filters.ModelChoiceFilter(label=_("设备"), queryset=Equipment.objects.all())
    system = django_filters.ModelChoiceFilter(
        label=_("系统"), queryset=System.objects.all(), field_name="equipment__system"
    )
    repeated = django_filters.ChoiceFilter(
        label=_("重复"), choices=[("yes", _("90 天内重复的"))], field_name="repeat_of", method="by_repeat"
    )
    departed = django_filters.ChoiceFilter(
        label=_("偏离"), choices=[("yes", _("有偏离"))], field_name="deviation", method="by_deviation"
    )
    duty = django_filters.ModelChoiceFilter(
        label=_("职责"), queryset=Duty.objects.select_related("requirement__clause")
    )
    clause = django_filters.ModelChoiceFilter(
        label=_("条款"), queryset=Clause.objects.select_related("edition"), method="by_clause"
    )
    contract = django_filters.ModelChoiceFilter(
        label=_("合同"), queryset=Contract.objects.all(), field_name="line__contract"
    )

    class Meta:
        model = Finding
        fields: tuple[str, ...] = ()
        form = QuietForm

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = service_lines(self.request)
        choices = {
            "area": sorted({(line.area_id, line.area.name) for line in lines}),
            "line": sorted({(line.name, line.name) for line in lines}),
            "responsible": unit_choices(lines, "performer"),
            "supervisor": unit_choices(lines, "supervisor"),
        }
        for name, found in choices.items():
            self.filters[name].extra["choices"] = found
        self._restrict()

    def _restrict(self) -> None:
        """A link to something that this person does not see filters by nothing, and its name is not shown."""
        scope, rows = self.request.scope, self.queryset.order_by()
        lookups = {"place": "place", "equipment": "equipment", "duty": "duty", "clause": "requirement__clause"}
        for name, lookup in lookups.items():
            chosen = self.filters[name]
            if not scope.is_inside:
                chosen.queryset = chosen.queryset.filter(pk__in=rows.values(lookup))
            elif name != "clause":
                chosen.queryset = chosen.queryset.filter(scope.areas("area__centre"))
        contracts = self.filters["contract"]
        contracts.queryset = contracts.queryset.filter(scope.visible(centre="area__centre", unit="supplier"))

    def by_place(self, rows: QuerySet[Finding], _name: str, place: Place) -> QuerySet[Finding]:
        """A place and everything below it."""
        return rows.filter(place__path__startswith=place.path) if place.path else rows.filter(place=place)

    def by_repeat(self, rows: QuerySet[Finding], _name: str, _value: str) -> QuerySet[Finding]:
        return rows.filter(repeat_of__isnull=False)

    def by_deviation(self, rows: QuerySet[Finding], _name: str, _value: str) -> QuerySet[Finding]:
        """Found within an approved deviation: noted, without order or points."""
        return rows.filter(deviation__isnull=False)

    def by_clause(self, rows: QuerySet[Finding], _name: str, clause: Clause) -> QuerySet[Finding]:
        """A clause over all editions of its standard."""
        return rows.filter(
            requirement__clause__number=clause.number, requirement__edition__standard_id=clause.edition.standard_id
        )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("撤销的理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("理由会留痕，问题保留、不计扣分，已下发的通知单随之撤销。"),
    )


class AssignForm(forms.Form):
    """The units that work in the area: companies with a line there, and the sections of its centre."""

    responsible = forms.ModelChoiceField(label=_("责任单位"), queryset=Organization.objects.none())

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        performers = ServiceLine.objects.filter(area=finding.area).values("performer")
        units = Organization.objects.filter(pk__in=performers) | Organization.objects.exclude(
            kind=OrganizationKind.SUPPLIER
        ).filter(path__startswith=finding.area.centre.path or "/")
        self.fields["responsible"].queryset = units.order_by("kind", "path")  # type: ignore[attr-defined]
