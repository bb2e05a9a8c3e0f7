"""What people give with each verb on an order."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wolong.estate.places.models import OfficeArea
from wolong.loop.rectification.models import Order
from wolong.loop.rectification.states import Cause, State
from wolong.norms.standards.states import Severity

MOST_PHOTOS = 9


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Words(forms.CharField):
    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), max_length=500, **kwargs)


class Photographs(forms.FileInput):
    allow_multiple_selected = True


class PhotographsField(forms.FileField):
    """Several photographs; whether each is one is decided where it is kept."""

    widget = Photographs

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MOST_PHOTOS:
            raise forms.ValidationError(_("一次最多 %(most)d 张照片。") % {"most": MOST_PHOTOS})
        return [super(PhotographsField, self).clean(one, initial) for one in given]


def areas_seen(request: HttpRequest) -> QuerySet[OfficeArea]:
    """What a link may narrow the list to; a company is not told which areas there are."""
    scope = request.scope  # type: ignore[attr-defined]
    return OfficeArea.objects.filter(scope.areas("centre")) if scope.is_inside else OfficeArea.objects.none()


class OrderFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label=_("状态"), choices=State.choices)
    severity = django_filters.ChoiceFilter(label=_("等级"), field_name="finding__severity", choices=Severity.choices)
    responsible = django_filters.ChoiceFilter(label=_("责任单位"), field_name="responsible_id", choices=[])
    watched = django_filters.BooleanFilter(
        label=_("挂牌督办"), field_name="watched_at", lookup_expr="isnull", exclude=True
    )
    issued = django_filters.DateFromToRangeFilter(label=_("签发日期"), field_name="issued_at")
    area = django_filters.ModelChoiceFilter(label=_("办公区"), queryset=areas_seen, widget=forms.HiddenInput)

    class Meta:
        model = Order
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, units: list[tuple[int, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = units if units is not None else getattr(self.request, "order_units", [])
        self.filters["responsible"].extra["choices"] = known


class IssueForm(forms.Form):
    due_on = forms.DateField(label=_("整改期限"), widget=DayInput())
    demand = Words(label=_("整改要求"), required=False, help_text=_("写清要做到什么程度，整改单位会看到。"))


class AnswerForm(forms.Form):
    cause_kind = forms.ChoiceField(label=_("原因类别"), choices=Cause.choices, widget=forms.RadioSelect)
    cause = Words(label=_("原因"), help_text=_("为什么会发生，而不只是发生了什么。"))
    measure = Words(label=_("措施"), help_text=_("做了什么，怎样防止再发生。"))
    value_text = forms.CharField(label=_("自测值"), max_length=60, required=False)
    photos = PhotographsField(label=_("整改后的照片"), required=False)

    def __init__(self, *args: Any, limit: str = "", is_no_photo: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if limit:
            self.fields["value_text"].required = True
            self.fields["value_text"].help_text = limit
        else:
            del self.fields["value_text"]
        if is_no_photo:
            del self.fields["photos"]
        else:
            self.fields["photos"].widget.attrs.update({"accept": "image/*", "multiple": True})
            self.fields["photos"].required = not limit
            self.fields["photos"].help_text = _("与整改前同一位置、同一角度。照片里不要出现涉密内容。")


class AcceptForm(forms.Form):
    remark = Words(label=_("复查意见"), required=False)


class ReturnForm(forms.Form):
    remark = Words(label=_("退回的理由"), help_text=_("差在哪里，整改单位照着改。"))
    due_on = forms.DateField(label=_("新的期限"), widget=DayInput(), required=False, help_text=_("不填就仍按原期限。"))


class ExtensionForm(forms.Form):
    until = forms.DateField(label=_("申请延至"), widget=DayInput())
    reason = Words(label=_("理由"))


class DecideForm(forms.Form):
    is_granted = forms.TypedChoiceField(
        label=_("审批"),
        choices=[("yes", _("准许延期")), ("no", _("不准延期"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    decision = Words(label=_("意见"), required=False, help_text=_("不准时必须写明理由。"))


class FollowUpForm(forms.Form):
    is_fixed = forms.TypedChoiceField(
        label=_("修好了吗"),
        choices=[("yes", _("修好了")), ("no", _("没修好，重新打开"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    said_by = forms.CharField(label=_("受访人"), max_length=60, help_text=_("单位和称呼，例如：二层办公室 王主任。"))
    remark = Words(label=_("受访人的话"), required=False)


class AccountForm(forms.Form):
    account = forms.CharField(
        label=_("做了什么"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("改了哪项制度、合同、人手或设备，从哪天起。"),
    )  # fmt: skip


class VerdictForm(forms.Form):
    result = forms.ChoiceField(
        label=_("是否有效"), choices=[("worked", _("有效")), ("failed", _("无效"))], widget=forms.RadioSelect
    )
    verdict = forms.CharField(
        label=_("依据什么判断"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("如：同一条款上半年 9 次不合格，下半年 1 次。"),
    )  # fmt: skip
