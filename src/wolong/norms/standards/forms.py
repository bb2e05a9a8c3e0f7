"""What people type in: a draft as text or file, a first day, a reason."""

import contextlib
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wolong.norms.standards.rules import scoring
from wolong.norms.standards.states import Severity

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


MOST_TEXTS = 200
MOST_TEXT_BYTES = 40 * 1024 * 1024  # all together, unpacked


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Every chosen file, each checked as one would be."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(SeveralFilesField, self).clean(one, initial) for one in (data or [None])]


class TextsForm(forms.Form):
    """Several .md files, or a zip of them; `texts` are (name, text), `others` are files that hold no text, with why."""

    files = SeveralFilesField(
        label=_("标准的文本"), widget=SeveralFiles(attrs={"accept": ".md,.zip", "multiple": True}),
        help_text=_("可以一次选几个 .md 文件，或一个 .zip。UTF-8 文字。系统不处理国家秘密，请勿上传涉密内容。"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        found: list[tuple[str, bytes]] = []
        for upload in data.get("files") or []:
            if upload.size > BIGGEST_FILE:
                self.add_error("files", _("%(name)s 超过 8 MB。") % {"name": upload.name})
            elif upload.name.lower().endswith(".zip"):
                found += self._unpacked(upload)
            else:
                found.append((upload.name, upload.read()))
        if len(found) > MOST_TEXTS:
            self.add_error(
                "files", _("一次最多 %(most)d 个文件，这里有 %(n)d 个。") % {"most": MOST_TEXTS, "n": len(found)}
            )
        elif not self.errors and not any(name.lower().endswith(".md") for name, _bytes in found):
            self.add_error("files", _("没有 .md 文件。标准的文本是 .md 文件；考核表请用“考核表”上传。"))
        data["texts"], data["others"] = [], {}
        for name, content in found:
            try:
                text = content.decode("utf-8-sig")
            except UnicodeDecodeError:
                data["others"][name] = _("不是 UTF-8 文字，请另存为 UTF-8 再传。")
                continue
            if name.lower().endswith(".md"):
                data["texts"].append((name, text.replace("\r\n", "\n")))
            else:
                data["others"][name] = _("不是 .md 文件，没有读。")
        return data

    def _unpacked(self, upload: Any) -> list[tuple[str, bytes]]:
        """The files of a zip; what it says of its own sizes is not believed."""
        found, total = [], 0
        try:
            with zipfile.ZipFile(upload) as archive:
                parts = [part for part in archive.infolist() if not part.is_dir() and not _is_junk(part.filename)]
                if len(parts) > MOST_TEXTS:
                    self.add_error(
                        "files",
                        _("%(name)s 里有 %(n)d 个文件，一次最多 %(most)d 个。")
                        % {"name": upload.name, "n": len(parts), "most": MOST_TEXTS},
                    )
                    return []
                for part in parts:
                    with archive.open(part) as file:
                        content = file.read(BIGGEST_FILE + 1)
                    total += len(content)
                    if len(content) > BIGGEST_FILE or total > MOST_TEXT_BYTES:
                        self.add_error("files", _("%(name)s 解开后太大，没有读。") % {"name": upload.name})
                        return []
                    found.append((_name_in_zip(part), content))
        except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError):
            self.add_error("files", _("%(name)s 打不开：不是 .zip、已损坏，或有密码。") % {"name": upload.name})
            return []
        return found


def _is_junk(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1].startswith(".")


def _name_in_zip(part: zipfile.ZipInfo) -> str:
    """The file's own name; Windows packs Chinese names as GBK without saying so."""
    name = part.filename
    if not part.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("gbk")
    return name.rsplit("/", 1)[-1][:120]


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


def _pairs(words: Iterable[str], empty: Any = None) -> list[tuple[str, Any]]:
    return [*([("", empty)] if empty is not None else []), *((word, word) for word in words)]


class BringSheetForm(forms.Form):
    """A 考核表 as the company or the bureau has it, and the service that it is about."""

    file = forms.FileField(
        label=_("考核表"), widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_("一个 .xlsx 文件，不超过 5 MB。不用改成什么模板：有“考核内容”和“分值”或“评分细则”的列就行。"),
    )  # fmt: skip
    service = forms.ChoiceField(
        label=_("考核哪项服务"), help_text=_("谁做：合同里写着的服务线。个别条款不同的，后面可以改。")
    )

    def __init__(self, *args: Any, services: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = _pairs(services, _("请选"))  # type: ignore[attr-defined]


class ChooseTabForm(forms.Form):
    tab = forms.ChoiceField(label=_("哪一张是考核表"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, tabs: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tab"].choices = _pairs(tabs)  # type: ignore[attr-defined]


class LeaveOutForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("为什么不要"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("如：与另一条重复、是加分项、已在别的标准里。"),
    )  # fmt: skip


class RowForm(forms.Form):
    """A clause and its execution line, chosen instead of written. `KEY_OF` names the key that each field belongs to."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("条款"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    objects = forms.MultipleChoiceField(label=_("查哪里、查什么"), required=False, widget=forms.CheckboxSelectMultiple)
    posts = forms.CharField(
        label=_("或查哪个岗位"), required=False, max_length=80, help_text=_("如：保洁员。查人的着装、行为时写。")
    )
    papers = forms.CharField(
        label=_("或查哪种记录"), required=False, max_length=80, help_text=_("如：清运记录。只看台账时写。")
    )
    doer = forms.ChoiceField(label=_("谁做"), required=False)
    checker = forms.ChoiceField(label=_("谁查"), required=False)
    method = forms.ChoiceField(label=_("怎样查"), required=False, choices=_pairs(scoring.METHODS, _("请选")))
    cycle = forms.ChoiceField(label=_("多久查一次"), required=False)
    sample = forms.DecimalField(label=_("抽查比例(%)"), required=False, min_value=0, max_value=100, max_digits=5, decimal_places=2,
                                help_text=_("空着就是每一处都查。"))  # fmt: skip
    severity = forms.ChoiceField(
        label=_("不合格有多严重"), required=False, choices=[("", _("请选")), *Severity.choices]
    )
    points = forms.DecimalField(label=_("扣几分"), required=False, min_value=0, max_digits=6, decimal_places=2)
    per = forms.ChoiceField(
        label=_("按什么扣"),
        required=False,
        choices=[("", _("请选")), *((one, _("每%(one)s") % {"one": one}) for one in scoring.UNITS)],
    )
    cap = forms.DecimalField(label=_("最多扣几分"), required=False, min_value=0, max_digits=6, decimal_places=2)
    term = forms.ChoiceField(label=_("多久整改好"), required=False)
    claim = forms.CharField(
        label=_("赔偿"), required=False, max_length=60, help_text=_("合同里有相应条款才写，如：500元/次。")
    )
    evidence = forms.MultipleChoiceField(
        label=_("留什么证据"), required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "wl-inline"}),
        choices=_pairs(scoring.EVIDENCES),
    )  # fmt: skip

    KEY_OF = {
        "text": "条款", "objects": "对象", "doer": "责任", "checker": "监督", "method": "检查", "cycle": "频次", "severity": "等级",
        "points": "扣分", "term": "整改", "claim": "赔偿", "evidence": "证据",
    }  # fmt: skip

    def __init__(
        self, *args: Any, objects: list[tuple[str, list[tuple[str, str]]]], services: list[str], checkers: list[str],
        current: Mapping[str, Any], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        known = {at for _heading, pairs in objects for at, _word in pairs}
        other = [(at, at) for at in current["objects"] if at not in known]
        self.fields["objects"].choices = [*([(_("表上读出的"), other)] if other else []), *objects]  # type: ignore[attr-defined]
        for name, words, empty in (
            ("doer", services, _("请选")),
            ("checker", checkers, _("服务线的主管科室")),
            ("cycle", scoring.CYCLES, _("请选")),
            ("term", scoring.TERMS, _("按严重程度：重大 1、严重 3、一般 10 个工作日")),
        ):
            held = [current[name]] if current[name] and current[name] not in words else []
            self.fields[name].choices = _pairs([*held, *words], empty)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("points") and not data.get("per"):
            self.add_error("per", _("请选按处、按次还是按项扣。"))
        for name in ("posts", "papers", "claim"):
            if set(data.get(name) or "") & set("|/[]\n"):
                self.add_error(name, _("这里不能有 | / [ ] 这些符号。"))
        return data


class FromSheetForm(forms.Form):
    """What the draft is."""

    title = forms.CharField(label=_("名称"), max_length=200)
    number = forms.CharField(label=_("标准号"), max_length=80, help_text=_("前缀、编号和年号，如 Q/ABC KH01—2026。"))
    level = forms.ChoiceField(
        label=_("层级"), choices=[("合同附件", _("合同附件：对这份合同有约束力")), ("企业", _("企业标准：本单位自己的要求"))],
        widget=forms.RadioSelect, initial="合同附件",
    )  # fmt: skip
    effective = forms.DateField(
        label=_("从哪天起实施"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    keeper = forms.CharField(label=_("归口单位"), max_length=120, required=False)
