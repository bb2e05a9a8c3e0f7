"""What people give with each verb on a notice."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from wolong.ground.people.access import Scope
from wolong.ground.people.models import Organization
from wolong.ground.people.states import OrganizationKind
from wolong.loop.notices import access
from wolong.loop.notices.actions.drafting import LONGEST_TEXT
from wolong.loop.notices.actions.hearing import LONGEST_ANSWER
from wolong.loop.notices.actions.marking import LONGEST_WORDS
from wolong.loop.notices.models import Notice, Window
from wolong.loop.notices.registries import providers
from wolong.loop.notices.rules.content import LONGEST_TITLE
from wolong.loop.notices.rules.days import ANSWER_WORKDAYS
from wolong.loop.notices.rules.days import LONGEST_ANSWER as MOST_DAYS
from wolong.loop.notices.states import BY_HAND, LIFTABLE, Hidden, Kind, State

MOST_CHOICES = 500


class Words(forms.CharField):
    def __init__(self, *, rows: int = 3, max_length: int = 500, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), max_length=max_length, **kwargs)


class NoticeFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label=_("种类"), choices=Kind.choices)
    state = django_filters.ChoiceFilter(label=_("状态"), choices=State.choices)
    published = django_filters.DateFromToRangeFilter(label=_("公示日期"), field_name="published_at")

    class Meta:
        model = Notice
        fields: tuple[str, ...] = ()


class WindowForm(forms.Form):
    unit = forms.ModelChoiceField(label=_("单位"), queryset=Organization.objects.none())
    is_open = forms.TypedChoiceField(
        label=_("对外开放"),
        choices=[("yes", _("开放：已批准的公示件任何人可以看")), ("no", _("关闭：对外什么都不显示"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer_workdays = forms.IntegerField(
        label=_("企业陈述期限（工作日）"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=ANSWER_WORKDAYS,
        help_text=_("涉及企业的，告知后满这些工作日才能公示。"),
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Organization.objects.exclude(kind__in=(OrganizationKind.SUPPLIER, OrganizationKind.TENANT))
        own = [unit.pk for unit in units if access.may_set_window(scope, unit)]
        self.fields["unit"].queryset = Organization.objects.filter(pk__in=own)  # type: ignore[attr-defined]


class _Drafting(forms.Form):
    window = forms.ModelChoiceField(label=_("发布单位"), queryset=Window.objects.none())

    def __init__(self, *args: Any, windows: list[Window], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["window"]
        field.queryset = Window.objects.filter(pk__in=[window.pk for window in windows]).select_related("unit")
        if len(windows) == 1:
            field.initial = windows[0]


class NoteForm(_Drafting):
    title = forms.CharField(label=_("标题"), max_length=LONGEST_TITLE)
    text = Words(
        label=_("正文"),
        rows=10,
        max_length=LONGEST_TEXT,
        help_text=_("一行一段。姓名、电话等会自动隐去，存下后可以对照看。"),
    )
    concerns = forms.ModelChoiceField(
        label=_("涉及企业"),
        required=False,
        queryset=Organization.objects.filter(kind=OrganizationKind.SUPPLIER),
        help_text=_("涉及某家企业的，先告知它，满陈述期限才能公示。"),
    )


class ReviseForm(NoteForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, windows=[], **kwargs)
        del self.fields["window"]


class ThingForm(forms.Form):
    """One thing that a room offers, for one window; grouped by both."""

    thing = forms.ChoiceField(
        label=_("内容"), choices=[], help_text=_("按今天的文本固定下来，以后原件再变，公示件不变。")
    )

    def __init__(self, *args: Any, scope: Scope, windows: list[Window], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["thing"]
        field.choices = [("", "—"), *(group for window in windows for group in self._groups(scope, window))]

    @staticmethod
    def _groups(scope: Scope, window: Window) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        rows = Notice.objects.filter(window=window).exclude(state=State.WITHDRAWN)
        taken = set(rows.values_list("provider", "source_key"))
        for provider in providers():
            things = provider.visible(scope, window.unit)[:MOST_CHOICES]
            choices = [
                (f"{window.pk}|{provider.key}|{thing.pk}", str(thing))
                for thing in things
                if (provider.key, str(thing.pk)) not in taken
            ]
            if choices:
                yield f"{window.unit} · {provider.label}", choices


class MarkForm(forms.Form):
    words = forms.CharField(
        label=_("要隐去的原文"),
        max_length=LONGEST_WORDS,
        help_text=_("照原文抄，凡是出现的地方都隐去；标记后拟稿人自己不能取消。"),
    )
    kind = forms.ChoiceField(
        label=_("种类"), choices=[(one, one.label) for one in BY_HAND], initial=Hidden.OTHER, widget=forms.RadioSelect
    )


class LiftForm(forms.Form):
    kind = forms.ChoiceField(label=_("种类"), choices=[(one, one.label) for one in LIFTABLE])
    words = forms.CharField(label=_("准予显示的原文"), max_length=LONGEST_WORDS)
    reason = Words(label=_("理由"), max_length=300, help_text=_("例如：对外公布的服务电话；不是人名。"))


class AnswerForm(forms.Form):
    answer = Words(label=_("陈述"), rows=6, max_length=LONGEST_ANSWER, help_text=_("批准人会看到；陈述本身不公开。"))


class ReturnForm(forms.Form):
    reason = Words(label=_("退回的理由"), help_text=_("哪里要改，拟稿人照着改。"))


class WithdrawForm(forms.Form):
    reason = Words(label=_("撤回的理由"), help_text=_("会公开：公示页只留公示号、日期和这条理由。"))
