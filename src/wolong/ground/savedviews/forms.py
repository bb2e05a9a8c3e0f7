"""What a view is called, and whether it may take the place of another."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wolong.ground.savedviews.rules import LONGEST_NAME


class NameForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=LONGEST_NAME)


class SaveForm(NameForm):
    replace = forms.BooleanField(label=_("覆盖同名的视图"), required=False)
