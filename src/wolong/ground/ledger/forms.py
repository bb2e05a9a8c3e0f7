"""The input of a verification."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _


class VerifyForm(forms.Form):
    old_head = forms.CharField(
        label=_("旧链首"),
        required=False,
        max_length=80,
        validators=[RegexValidator(r"^\s*[0-9a-fA-F]{64}\s*$", _("链首是 64 个字母和数字。"))],
        help_text=_("可以不填。填上以前打印或下载的链首，还能查出整条链被重算过。"),
    )

    def clean_old_head(self) -> str:
        return str(self.cleaned_data["old_head"]).strip().lower()
