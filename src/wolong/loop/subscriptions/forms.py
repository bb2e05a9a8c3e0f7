"""What is typed about a receiver."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wolong.ground.people.models import Person
from wolong.loop.subscriptions.rules.addresses import LONGEST
from wolong.loop.subscriptions.states import Event


class OwnerChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Person) -> str:
        return f"{obj.name}（{obj.organization}）"


class ReceiverForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=80, help_text=_("哪个系统、谁在管。"))
    address = forms.CharField(
        label=_("地址"),
        max_length=LONGEST,
        help_text=_("http 或 https 开头的完整地址，例如 https://oa.example.gov.cn/hooks/wolong"),
    )
    owner = OwnerChoice(
        Person.objects.none(), label=_("归属人"), help_text=_("只通知这个人看得到的事；有故障也告诉他。")
    )
    events = forms.MultipleChoiceField(
        label=_("事件"), choices=Event.choices, widget=forms.CheckboxSelectMultiple(), help_text=_("至少选一个。")
    )

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        active = Person.objects.filter(is_active=True).select_related("organization")
        self.fields["owner"].queryset = active.order_by("pinyin_key", "pk")  # type: ignore[attr-defined]
