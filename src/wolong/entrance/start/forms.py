"""What people give: one sheet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SheetForm(forms.Form):
    """A file; `faulty` holds the sheet when its rows hindered."""

    file = forms.FileField(
        label=_("文件"), help_text=_("按模板填好的 .xlsx"), widget=forms.FileInput(attrs={"accept": ".xlsx"})
    )
    faulty: Any = None
