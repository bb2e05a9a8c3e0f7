"""The columns and filters of the list of rounds."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wolong.estate.places.models import OfficeArea
from wolong.ground.pages.generic import Column
from wolong.ground.workdays.queries import today
from wolong.loop.plans.models import Round
from wolong.loop.plans.states import RoundKind, RoundState


def progress(round: Round) -> str:  # noqa: A002 - the glossary's word
    return f"{getattr(round, 'items_done', 0)} / {getattr(round, 'items_all', 0)}"


COLUMNS = [
    Column(key="number", label=_("编号"), kind="code", sort="number", width=168),
    Column(key="name", label=_("巡查"), kind="link"),
    Column(key="kind", label=_("种类"), value=lambda row: row.get_kind_display(), sort="kind", width=100, quiet=True),
    Column(key="inspector", label=_("巡查员"), value="inspector.name", sort="inspector__pinyin_key", width=96),
    Column(key="progress", label=_("进度"), value=progress, kind="number", width=96),
    Column(key="minutes", label=_("预计分钟"), kind="number", sort="minutes", width=96),
    Column(key="state", label=_("状态"), kind="state", sort="state", width=116),
    Column(key="due_on", label=_("期限"), kind="due", sort="due_on", width=128, today=today),
]


def _areas_seen(request: HttpRequest) -> QuerySet[OfficeArea]:
    return OfficeArea.objects.filter(request.scope.areas("centre"))  # type: ignore[attr-defined]


class RoundFilter(django_filters.FilterSet):  # type: ignore[misc]
    state = django_filters.ChoiceFilter(choices=RoundState.choices, label=_("状态"))
    kind = django_filters.ChoiceFilter(choices=RoundKind.choices, label=_("种类"))
    due = django_filters.DateFromToRangeFilter(label=_("期限"), field_name="due_on")
    area = django_filters.ModelChoiceFilter(label=_("办公区"), queryset=_areas_seen, widget=forms.HiddenInput)

    class Meta:
        model = Round
        fields = ["state", "kind"]
