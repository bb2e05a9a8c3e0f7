"""Made-up data for the gallery: every component once, with its states."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wolong.ground.pages.generic.parts import Button, Fact, HistoryLine, NextStep
from wolong.ground.pages.registries.thread import Bead, Stage
from wolong.ground.pages.registries.todos import Todo

TODAY = date(2026, 11, 23)


class ExampleForm(forms.Form):
    due_on = forms.DateField(label=_("整改期限"), help_text=_("按工作日算"), widget=forms.DateInput({"type": "date"}))
    severity = forms.ChoiceField(label=_("等级"), choices=[("A", _("重大")), ("B", _("严重")), ("C", _("一般"))])
    verdict = forms.ChoiceField(
        label=_("判定"), choices=[("ok", _("符合")), ("bad", _("不符合"))], widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("说明"), required=False, widget=forms.Textarea({"rows": 3}))
    sure = forms.BooleanField(label=_("已告知对方"), required=False)

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on < TODAY:
            raise forms.ValidationError(_("期限要在 11-23 周一之后"))
        return due_on


def _thread() -> list[Bead]:
    facts = {
        Stage.CLAUSE: Bead("done", _("第 6.2 条"), url="#thread"),
        Stage.DUTY: Bead("done", _("电梯线"), url="#thread"),
        Stage.PLAN: Bead("here", _("每月"), url="#thread"),
        Stage.FIELDWORK: Bead("cutoff", _("逾期 9 天未查"), _("11-14 应查，已逾期 9 天"), "#thread"),
    }
    beads = [facts.get(stage, Bead("ahead", _("未到"))) for stage in Stage]
    return [Bead(bead.state, bead.fact, bead.title, bead.url, stage) for bead, stage in zip(beads, Stage, strict=True)]


def _steps() -> list[NextStep]:
    return [
        NextStep(
            sentence=_("等待您复查，还剩 1 个工作日"),
            reason=_("轮到自己：一句话，一个主按钮"),
            icon="eye-check",
            primary=Button(label=_("开始复查"), url="#next", go=True),
            secondary=Button(label=_("退回重改"), url="#next"),
        ),
        NextStep(
            kind="wait", sentence=_("等待赵经理提交证明，到 11-25 周三"), reason=_("轮到别人：谁，到什么时候，没有按钮")
        ),
        NextStep(kind="soon", sentence=_("今天 17:30 前要答复"), reason=_("快到期：琥珀色")),
        NextStep(
            kind="late",
            sentence=_("已逾期 2 个工作日，应由示例物业公司提交"),
            reason=_("逾期：说清后果，给催办"),
            secondary=Button(label=_("催办"), url="#next"),
        ),
        NextStep(kind="done", sentence=_("11-24 复查通过，已闭环"), reason=_("用时 5 个工作日，计入四季度考评")),
    ]


def _todos() -> list[Todo]:
    return [
        Todo(
            due=TODAY - timedelta(days=3),
            sentence=_("决定是否准许延期：{}"),
            strong=_("2 号楼地下室集水坑水泵检修"),
            context=_("示例物业公司申请延至 11-30 周一，理由：配件到货"),
            verb=_("审批延期"),
            url="#todo",
        ),
        Todo(
            due=TODAY,
            sentence=_("复查 2 号楼 3 号电梯{}的整改"),
            strong=_("层门锁紧元件啮合不足 7 mm"),
            context=_("示例电梯公司 11-21 提交，附照片 4 张、读数 1 个 · A 重大"),
            verb=_("复查"),
            hint=_("17:30 前"),
            url="#todo",
        ),
        Todo(due=TODAY + timedelta(days=2), sentence=_("为 {} 确定路线和巡查人"), strong=_("12 月巡查"),
             context=_("62 个检查项已编好，还缺 1 名巡查人"), verb=_("去安排"), url="#todo"),
    ]  # fmt: skip


def _waiting() -> list[Todo]:
    return [
        Todo(due=date(2026, 11, 27), since=date(2026, 11, 22), sentence="{}", strong=_("提交 4 层吊顶渗水的整改证明"),
             waiting_for=_("示例物业公司 赵经理"), url="#wait"),
        Todo(due=None, since=date(2026, 11, 19), sentence="{}", strong=_("签认 1 号配电室技术档案"),
             waiting_for=_("服务中心 陈主任"), url="#wait"),
    ]  # fmt: skip


def _history() -> list[HistoryLine]:
    def at(day: int, hour: int, minute: int) -> datetime:
        return timezone.make_aware(datetime(2026, 11, day, hour, minute))  # noqa: DTZ001 - made aware right here

    return [
        HistoryLine(text=_("复查结论后自动闭环，计入四季度考评"), state="will"),
        HistoryLine(text=_("等待李主管复查"), hint=_("到 11-24 周二"), state="now"),
        HistoryLine(text=_("赵经理提交整改证明"), at=at(20, 16, 42), hint=_("示例物业公司"),
                    say=_("风口和电机已更换，自测氨 0.18 mg/m³。照片 2 张，读数 1 个。")),
        HistoryLine(text=_("周工发现问题，判为 B 严重"), at=at(16, 10, 12)),
    ]  # fmt: skip


STATES = [
    ("", "file-pencil", _("待下发")), ("", "send", _("已下发")), ("", "signature", _("已签收")),
    ("run", "progress", _("整改中")), ("run", "eye-check", _("待复查")), ("warn", "arrow-back-up", _("退回重改")),
    ("warn", "calendar-question", _("延期待批")), ("warn", "message-2-question", _("申诉中")),
    ("bad", "alert-triangle", _("逾期 2 天")), ("bad", "flag", _("挂牌督办")), ("ok", "circle-check", _("已闭环")),
    ("", "circle-dotted", _("未检查")),
]  # fmt: skip


def examples() -> dict[str, Any]:
    """Everything the gallery's template shows."""
    wrong = ExampleForm({"due_on": "2026-11-19", "severity": "B", "verdict": "bad"})
    wrong.is_valid()
    return {
        "today": TODAY,
        "beads": _thread(),
        "steps": _steps(),
        "todos": _todos(),
        "waiting": _waiting(),
        "history_lines": _history(),
        "states": STATES,
        "form": wrong,
        "facts": [
            Fact(_("地点"), _("3 号楼 2 层东侧卫生间"), "#facts"),
            Fact(_("责任单位"), _("示例物业公司")),
            Fact(_("限值"), "0.3 mg/m³", verify=True),
            Fact(_("整改期限"), _("3 个工作日，11-24 周二")),
        ],
        "limit_points": [(0.42, "11-16", False), (0.18, _("11-20 自测"), True)],
        "range_points": [(27.1, _("27.1 超出 1.1"), False)],
        "service_days": [date(2026, 9, 4), date(2026, 9, 18), date(2026, 10, 2), date(2026, 10, 19), date(2026, 11, 2),
                         date(2026, 11, 16)],
        "severity_rows": [
            (_("保洁"), "#bars", {"B": 4, "C": 5}), (_("公用设施设备"), "#bars", {"A": 1, "B": 2, "C": 3}),
            (_("电梯"), "#bars", {"A": 1, "B": 1, "C": 2}), (_("绿化"), "#bars", {}), (_("会务"), "", None),
        ],
        "gap_points": [(_("1 季"), 21.8), (_("2 季"), 18.2), (_("3 季"), 16.0), (_("本季"), 13.6)],
        "dots": ["ok"] * 7 + ["bad"] * 2 + ["open"] * 4,
        "segs": ["o"] * 6 + ["x"] + ["o"] * 7 + ["here"] + [""] * 3,
        "sum_rows": [
            (_("日常巡查"), "85.00 × 50 %", "42.50", [(_("垃圾桶满溢"), _("5.3.1 条 · 1 处 × 0.5"), "−0.5", "#sum")]),
            (_("联合考评"), "87.50 × 30 %", "26.25", None),
        ],
        "photos": [
            {"src": static("pages/example-before.svg"), "alt": _("排风口积尘，地面有积水"), "tag": _("整改前"),
             "caption": _("排风口积尘，地面有积水")},
            {"src": static("pages/example-after.svg"), "alt": _("清洗风口，更换排风电机"), "tag": _("整改后"),
             "caption": _("清洗风口，更换排风电机")},
        ],
    }  # fmt: skip
