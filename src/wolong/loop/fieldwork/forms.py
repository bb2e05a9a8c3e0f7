"""What is asked when a visit is submitted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

AGREES = {"agrees": True, "objects": False, "nobody": None}


class SubmitForm(forms.Form):
    """陪同确认, and the reason for what was not looked at."""

    rest_reason = forms.CharField(
        label=_("没有检查的原因"),
        required=False,
        max_length=300,
        help_text=_("对上面列出的全部未检项有效，记为因故未检。"),
    )
    companion = forms.ChoiceField(
        label=_("陪同人"),
        choices=[("agrees", _("在场，认可")), ("objects", _("在场，有意见")), ("nobody", _("无人陪同"))],
        widget=forms.RadioSelect,
        initial="agrees",
    )
    companion_name = forms.CharField(label=_("陪同人姓名"), required=False, max_length=60)
    companion_unit = forms.CharField(label=_("陪同人单位"), required=False, max_length=120)
    companion_remark = forms.CharField(
        label=_("意见或无人陪同的原因"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """What the action wants: one word for agreeing, none of a companion who was not there."""
        data: dict[str, Any] = super().clean() or {}
        word = data.pop("companion", "agrees")
        data["companion_agrees"] = AGREES[word]
        if word == "nobody":
            data["companion_name"] = data["companion_unit"] = ""
        return data
