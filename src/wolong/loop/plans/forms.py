"""What is asked when a month is compiled and its rounds are arranged."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wolong.estate.places.models import OfficeArea
from wolong.ground.people.models import Person
from wolong.loop.plans.rules.budget import DEFAULT_MINUTES


class CompileForm(forms.Form):
    area = forms.ModelChoiceField(OfficeArea.objects.none(), label=_("办公区"))
    month = forms.DateField(
        label=_("月份"),
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
    )

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]


class SeedForm(forms.Form):
    value = forms.CharField(
        label=_("您的一段种子"),
        max_length=64,
        help_text=_("任意数字或文字，例如当天某个公开的数。另一个人给出另一段之前，别人看不到它，只看到承诺值。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("理由"), max_length=100, widget=forms.Textarea(attrs={"rows": 2}))


class AssignForm(forms.Form):
    inspector = forms.ModelChoiceField(Person.objects.none(), label=_("巡查员"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["inspector"].queryset = people  # type: ignore[attr-defined]


class DueForm(forms.Form):
    due_on = forms.DateField(label=_("新的期限"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class HoursForm(forms.Form):
    inspector = forms.ModelChoiceField(Person.objects.none(), label=_("巡查员"))
    hours = forms.DecimalField(label=_("本月小时"), min_value=0, max_value=200, decimal_places=2)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["inspector"].queryset = people  # type: ignore[attr-defined]


class MinutesForm(forms.Form):
    method = forms.ChoiceField(label=_("检查方法"), choices=[(name, name) for name in DEFAULT_MINUTES])
    minutes = forms.DecimalField(label=_("每次分钟"), min_value=0, max_value=480, decimal_places=1)
