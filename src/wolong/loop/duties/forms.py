"""What an area sets about the standards that it adopts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wolong.loop.duties.models import Parameter
from wolong.norms.standards.models import Standard


class AdoptForm(forms.Form):
    standard = forms.ModelChoiceField(label=_("标准"), queryset=Standard.objects.none(), empty_label=None)

    def __init__(self, *args: Any, standards: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["standard"].queryset = standards  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ExcludeForm(ReasonForm):
    clause_number = forms.CharField(
        label=_("条款号"), max_length=60, help_text=_("它下面的条款一起排除，如 5.1 包括 5.1.2。")
    )
    field_order = ("clause_number", "reason")


class ParameterForm(forms.Form):
    clause_number = forms.CharField(
        label=_("条款号"), max_length=60, required=False, help_text=_("不填：这项标准的全部条款。")
    )
    key = forms.ChoiceField(label=_("参数"), choices=Parameter.Key.choices)
    value = forms.CharField(
        label=_("取值"),
        max_length=60,
        help_text=_("频次如“每月”“每季度抽查 20%”；抽查如“20%”“全数”；责任是服务名称或科室；监督是科室。"),
    )


class AskDeviationForm(forms.Form):
    reason = forms.CharField(label=_("为什么现在做不到"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    measure = forms.CharField(
        label=_("补偿措施"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("这段时间用什么办法代替，如“每 2 小时人工巡查一次”。检查时会看它落实没有。"),
    )
    until = forms.DateField(
        label=_("到期日"), widget=forms.DateInput(attrs={"type": "date"}), help_text=_("当天仍有效；最长一年。")
    )


class DecideDeviationForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("意见"), choices=[("approve", _("批准")), ("refuse", _("不批准"))], widget=forms.RadioSelect
    )
    decision = forms.CharField(
        label=_("说明"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("不批准时必填，申请人会看到。"),
    )
