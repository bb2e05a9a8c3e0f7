"""What people type in: a draft as text or file, a first day, a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

BIGGEST_FILE = 8 * 1024 * 1024  # bytes


class DraftForm(forms.Form):
    """A text pasted or a file chosen; the file wins."""

    text = forms.CharField(
        label=_("标准文本"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "wl-code"}),
        help_text=_("从文件头 --- 开始粘贴全文。系统不处理国家秘密，请勿粘贴涉密内容。"),
    )
    file = forms.FileField(
        label=_("或选一个 .md 文件"), required=False, help_text=_("UTF-8 文字，不超过 8 MB。选了文件就用文件。")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        # A browser sends every line break of a text field as CRLF; what people typed is one sign.
        data["text"] = (data.get("text") or "").replace("\r\n", "\n")
        upload = data.get("file")
        if upload is not None:
            data["text"] = self._read(upload)
        if not (data.get("text") or "").strip():
            self.add_error("text", _("请粘贴文本，或选一个文件。"))
        return data

    def _read(self, upload: Any) -> str:
        if upload.size > BIGGEST_FILE:
            self.add_error("file", _("文件超过 8 MB。"))
            return ""
        try:
            return str(upload.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            self.add_error("file", _("文件不是 UTF-8 文字，请另存为 UTF-8 再上传。"))
            return ""


class FirstDayForm(forms.Form):
    """The day from which an edition rules."""

    on = forms.DateField(
        label=_("从哪天起实施"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("今天或以前：立即实施；以后：到那天自动实施。"),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ProposeForm(forms.Form):
    reason = forms.CharField(
        label=_("哪里不合适"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("如：频次做不到、限值与现场不符、说法没法检查。"),
    )  # fmt: skip
    wanted = forms.CharField(
        label=_("建议改成"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    evidence = forms.CharField(
        label=_("依据"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("测试、上级标准、同类单位的做法等；只有“常不合格”不能放宽限值。"),
    )  # fmt: skip


class DecideForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("决定"), choices=[("accept", _("受理，起草新版")), ("reject", _("不采纳"))], widget=forms.RadioSelect
    )
    decision = forms.CharField(
        label=_("意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class FromProposalForm(DraftForm):
    evidence = forms.CharField(
        label=_("依据"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("放宽限值时要有失败率以外的依据。"),
    )  # fmt: skip
    field_order = ("evidence", "text", "file")


class TryForm(forms.Form):
    """One clause with its execution line, and the area in which to look what it would make."""

    text = forms.CharField(
        label=_("条款"),
        required=False,
        strip=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "class": "wl-code"}),
        help_text=_("一条条款，下面一行 > 开头写执行行。"),
    )
    area = forms.ChoiceField(label=_("办公区"), required=False)

    def __init__(self, *args: Any, areas: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [(str(pk), name) for pk, name in areas]  # type: ignore[attr-defined]
        if not areas:
            del self.fields["area"]
