"""What people give: filters, the quarter to open, a statement, its answer, a scheme."""

from datetime import date
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wolong.estate.places.models import OfficeArea
from wolong.loop.appraisal import queries
from wolong.loop.appraisal.models import Sheet
from wolong.loop.appraisal.rules.scheme import (
    LONGEST_NAME,
    MOST_ROWS,
    Band,
    Chapter,
    Part,
    Table,
    plain,
)
from wolong.loop.appraisal.states import PeriodState
from wolong.loop.findings.models import Finding

SPARE_ROWS = 2


def _choices(request: HttpRequest | None) -> dict[str, list[tuple[int, str]]]:
    """The areas and units of the sheets that a person sees; one query a request."""
    if request is None:
        return {"area": [], "unit": []}
    known: dict[str, list[tuple[int, str]]] | None = getattr(request, "_sheet_choices", None)
    if known is None:
        seen = Sheet.objects.filter(queries.visible_to(request.scope))  # type: ignore[attr-defined]
        columns = ("period__area", "period__area__name", "unit", "unit__short_name", "unit__name")
        rows = list(seen.order_by().values_list(*columns).distinct())
        areas = {(area, name) for area, name, *_rest in rows}
        units = {(unit, short or name) for _area, _name, unit, short, name in rows}
        known = {"area": _sorted(areas), "unit": _sorted(units)}
        request._sheet_choices = known  # type: ignore[attr-defined]  # noqa: SLF001 - what one request knows
    return known


def _sorted(pairs: set[tuple[int, str]]) -> list[tuple[int, str]]:
    return sorted(pairs, key=lambda pair: pair[1])


class SheetFilter(django_filters.FilterSet):
    area = django_filters.ChoiceFilter(label=_("办公区"), field_name="period__area_id", choices=())
    unit = django_filters.ChoiceFilter(label=_("单位"), field_name="unit_id", choices=())
    state = django_filters.ChoiceFilter(label=_("状态"), field_name="period__state", choices=PeriodState.choices)

    class Meta:
        model = Sheet
        fields = ("area", "unit", "state")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in _choices(self.request).items():
            self.filters[name].extra["choices"] = choices


class OpenForm(forms.Form):
    area = forms.ModelChoiceField(label=_("办公区"), queryset=OfficeArea.objects.none(), empty_label=None)
    day = forms.ChoiceField(label=_("季度"))

    def __init__(
        self, *args: Any, areas: QuerySet[OfficeArea], quarters: list[tuple[date, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        self.fields["day"].choices = [(first.isoformat(), label) for first, label in quarters]  # type: ignore[attr-defined]

    def clean_day(self) -> date:
        return date.fromisoformat(self.cleaned_data["day"])


class StateForm(forms.Form):
    finding = forms.ModelChoiceField(
        label=_("就哪个问题"),
        queryset=Finding.objects.none(),
        required=False,
        empty_label=_("整张考评表"),
        help_text=_("选一个问题，采纳后它不再扣分。"),
    )
    text = forms.CharField(
        label=_("陈述"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("写明事实和理由。国家秘密不得填入本系统。"),
    )

    def __init__(self, *args: Any, findings: QuerySet[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["finding"].queryset = findings  # type: ignore[attr-defined]


class DecideForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("决定"),
        choices=[("uphold", _("采纳：不扣分，重新冻结这张考评表")), ("reject", _("不采纳"))],
        widget=forms.RadioSelect,
    )
    reply = forms.CharField(label=_("答复和理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class SchemeForm(forms.Form):
    """A scheme in rows of plain fields; an empty row is no row."""

    repeat = forms.DecimalField(
        label=_("重复问题的倍数"), min_value=Decimal(1), max_value=Decimal(10), max_digits=4, decimal_places=2,
        help_text=_("同一条款、同一对象 90 天内再次不符合，扣分乘以它。"),
    )  # fmt: skip

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = table.parts
        self.fields["repeat"].initial = plain(table.repeat)
        for part in table.parts:
            self._number(f"share_{part.key}", part.name, plain(part.share), required=True)
        chapters = [(one.name, plain(one.weight), "、".join(one.lines)) for one in table.chapters]
        for number, (name, weight, lines) in enumerate([*chapters, *[("", "", "")] * SPARE_ROWS][:MOST_ROWS]):
            self._text(f"chapter_{number}_name", _("章"), name)
            self._number(f"chapter_{number}_weight", _("分值"), weight)
            self._text(f"chapter_{number}_lines", _("服务"), lines, longest=200)
        bands = [(one.name, plain(one.low), plain(one.pay)) for one in table.bands]
        for number, (name, low, pay) in enumerate([*bands, *[("", "", "")] * SPARE_ROWS][:MOST_ROWS]):
            self._text(f"band_{number}_name", _("等次"), name)
            self._number(f"band_{number}_low", _("起分（含）"), low)
            self._number(f"band_{number}_pay", _("付款 %"), pay)

    def _text(self, name: str, label: Any, initial: str, *, longest: int = LONGEST_NAME) -> None:
        self.fields[name] = forms.CharField(label=label, initial=initial, required=False, max_length=longest)

    def _number(self, name: str, label: Any, initial: str, *, required: bool = False) -> None:
        self.fields[name] = forms.DecimalField(
            label=label, initial=initial, required=required, min_value=0, max_value=100, max_digits=5, decimal_places=2
        )

    @property
    def shares(self) -> list[Any]:
        return [self[f"share_{part.key}"] for part in self.parts]

    def rows(self, kind: str, *names: str) -> list[list[Any]]:
        """The bound fields of one table, row by row."""
        count = sum(name.startswith(f"{kind}_") and name.endswith("_name") for name in self.fields)
        return [[self[f"{kind}_{number}_{name}"] for name in names] for number in range(count)]

    @property
    def chapter_rows(self) -> list[list[Any]]:
        return self.rows("chapter", "name", "weight", "lines")

    @property
    def band_rows(self) -> list[list[Any]]:
        return self.rows("band", "name", "low", "pay")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            given["table"] = self._table(given)
        return given

    def _filled(self, given: dict[str, Any], kind: str, *names: str) -> list[tuple[Any, ...]]:
        found = []
        for row in self.rows(kind, *names):
            values = tuple(given.get(bound.name) for bound in row)
            if any(value not in (None, "") for value in values):
                if any(value in (None, "") for value in values):
                    self.add_error(row[0].name, gettext("这一行没有填全。"))
                    continue
                found.append(values)
        return found

    def _table(self, given: dict[str, Any]) -> Table:
        chapters = [
            Chapter(name.strip(), weight, tuple(word for word in _words(lines)))
            for name, weight, lines in self._filled(given, "chapter", "name", "weight", "lines")
        ]
        bands = [Band(name.strip(), low, pay) for name, low, pay in self._filled(given, "band", "name", "low", "pay")]
        parts = tuple(Part(part.key, part.name, given[f"share_{part.key}"]) for part in self.parts)
        return Table(parts, tuple(chapters), tuple(sorted(bands, key=lambda band: -band.low)), given["repeat"])


def _words(text: str) -> list[str]:
    return [word for word in text.replace("，", "、").replace(",", "、").replace(" ", "、").split("、") if word]
