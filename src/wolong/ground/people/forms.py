"""What is typed about units, people, grants, leave and tokens."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wolong.ground.people.models import Organization, Person
from wolong.ground.people.states import OrganizationKind, Role, TokenScope


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **more: Any) -> None:
        super().__init__(format="%Y-%m-%d", **more)


class UnitChoice(forms.ModelChoiceField):
    """A unit, shown at its depth in the tree."""

    def __init__(self, **more: Any) -> None:
        super().__init__(queryset=Organization.objects.order_by("path"), **more)

    def label_from_instance(self, obj: Any) -> str:
        depth = max((obj.path or "").count("/") - 2, 0)
        return "\u3000" * depth + obj.name


class OrganizationForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=120)
    short_name = forms.CharField(label=_("简称"), max_length=40, required=False, help_text=_("不填就用全名。"))
    kind = forms.ChoiceField(label=_("性质"), choices=OrganizationKind.choices)
    parent = UnitChoice(label=_("上级"), required=False, help_text=_("供应商和最上级单位不填。"))


class RenameForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=120)
    short_name = forms.CharField(label=_("简称"), max_length=40, required=False)


class PersonForm(forms.Form):
    name = forms.CharField(label=_("姓名"), max_length=60)
    organization = UnitChoice(label=_("单位"))
    post = forms.CharField(label=_("岗位"), max_length=60, required=False)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)


class NewPersonForm(PersonForm):
    account = forms.CharField(label=_("账号"), max_length=60, help_text=_("字母、数字或 . _ - @。"))
    field_order = ("account", "name", "organization", "post", "phone")


class GrantForm(forms.Form):
    role = forms.ChoiceField(label=_("角色"), choices=Role.choices)
    organization = UnitChoice(label=_("在哪个单位"), help_text=_("对这个单位和它下面的单位都有效。"))
    since = forms.DateField(label=_("从哪天起"), widget=DayInput())
    until = forms.DateField(label=_("最后一天"), widget=DayInput(), required=False, help_text=_("不填就一直有效。"))
    acting_for = forms.ModelChoiceField(
        Person.objects.none(), label=_("代理谁"), required=False, help_text=_("填了就只在他请假的日子有效。")
    )

    def __init__(self, *args: Any, person: Person, **more: Any) -> None:
        super().__init__(*args, **more)
        colleagues = Person.objects.filter(is_active=True).exclude(pk=person.pk)
        self.fields["acting_for"].queryset = colleagues  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    since = forms.DateField(label=_("第一天"), widget=DayInput())
    until = forms.DateField(label=_("最后一天"), widget=DayInput())
    reason = forms.CharField(label=_("事由"), max_length=120, required=False)


class TokenForm(forms.Form):
    name = forms.CharField(label=_("给谁用、做什么"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=_("可以做什么"),
        choices=TokenScope.choices,
        initial=[TokenScope.READ],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只选对方系统用得着的；您自己做不了的，令牌也做不了。"),
        error_messages={"required": _("至少选一项。")},
    )
    expires_on = forms.DateField(label=_("到期日"), widget=DayInput(), help_text=_("一年以内；到期后不能再用。"))
