"""What people give: the half-year, a comment, why, what is to be done."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wolong.estate.places.models import OfficeArea
from wolong.ground.people.models import Organization
from wolong.loop.analysis.states import Why

Lines = forms.Textarea(attrs={"rows": 4})


class MakeForm(forms.Form):
    area = forms.ModelChoiceField(label=_("办公区"), queryset=OfficeArea.objects.none(), empty_label=None)
    day = forms.ChoiceField(label=_("半年"))

    def __init__(self, *args: Any, areas: QuerySet[OfficeArea], halves: list[tuple[date, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        self.fields["day"].choices = [(first.isoformat(), label) for first, label in halves]  # type: ignore[attr-defined]

    def clean_day(self) -> date:
        return date.fromisoformat(self.cleaned_data["day"])


class CommentForm(forms.Form):
    text = forms.CharField(label=_("评语"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 8}))


class WhyForm(forms.Form):
    why = forms.ChoiceField(label=_("为什么"), choices=Why.choices, widget=forms.RadioSelect)
    remark = forms.CharField(
        label=_("怎么看出来的"), max_length=1000, widget=Lines,
        help_text=_("如：三次都在夜班，夜班没有培训。常不合格不等于条款不好。"),
    )  # fmt: skip


class OrderForm(forms.Form):
    demand = forms.CharField(label=_("要改什么"), max_length=1000, widget=Lines)
    owner = forms.ModelChoiceField(label=_("责任单位"), queryset=Organization.objects.none())
    due_on = forms.DateField(label=_("期限"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, units: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = units  # type: ignore[attr-defined]


class ProposeForm(forms.Form):
    wanted = forms.CharField(label=_("建议改成"), max_length=4000, required=False, widget=Lines)
    evidence = forms.CharField(
        label=_("依据"),
        max_length=1000,
        required=False,
        widget=Lines,
        help_text=_("要放宽限值，除了不合格多还要有别的依据。"),
    )
