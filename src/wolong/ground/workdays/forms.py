"""What is typed about the calendar."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DayForm(forms.Form):
    day = forms.DateField(label=_("日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    is_workday = forms.TypedChoiceField(
        label=_("安排"),
        choices=[("off", _("放假")), ("work", _("上班 (调休)"))],
        coerce=lambda value: value == "work",
    )
    name = forms.CharField(label=_("名称"), max_length=40, help_text=_("例如：国庆节、国庆节调休上班。"))


class YearForm(forms.Form):
    source = forms.CharField(label=_("依据"), max_length=200, help_text=_("国务院办公厅通知的名称或文号。"))
    days = forms.CharField(
        label=_("特殊日"),
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("一行一天：日期 放假/上班 名称，例如“2027-10-01 放假 国庆节”。"),
    )
