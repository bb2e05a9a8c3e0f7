"""What people give: one sheet."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from wolong.estate.places.actions import Fault


class SheetForm(forms.Form):
    """A file; `faults` are those of its rows, when they hindered."""

    file = forms.FileField(
        label=_("文件"),
        help_text=_("按模板填好的 .xlsx 或 .csv"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    faults: Sequence[Fault] = ()
