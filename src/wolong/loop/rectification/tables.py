"""The columns of the order list."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wolong.ground.pages.generic import Column
from wolong.ground.workdays.queries import today
from wolong.loop.rectification.states import OPEN_STATES, State


def state_of(row: Any) -> Any:
    return State(row.state)


COLUMNS = (
    Column(
        key="severity",
        label=_("等级"),
        value="finding.severity",
        kind="severity",
        sort=("finding__severity", "due_on"),
        width=64,
    ),
    Column(key="number", label=_("编号"), sort="number", width=172, kind="link"),
    Column(key="title", label=_("问题"), value="finding.title"),
    Column(key="responsible", label=_("责任单位"), sort=("responsible__pinyin_key", "pk"), width=140, quiet=True),
    Column(
        key="state",
        label=_("状态"),
        value=state_of,
        kind="state",
        sort=("state", "due_on"),
        width=124,
        export_value=lambda row: row.get_state_display(),
    ),
    Column(
        key="due_on",
        label=_("期限"),
        value=lambda row: row.due_on if row.state in OPEN_STATES else None,
        kind="due",
        sort=("due_on", "pk"),
        width=124,
        today=today,
        export_value=lambda row: row.due_on,
    ),
    Column(key="provisional", label=_("期限暂定"), value="is_due_provisional", sheet_only=True),
    Column(key="place", label=_("场所"), value="finding.place.full_name", sheet_only=True),
    Column(key="clause", label=_("条款"), value="finding.clause_label", sheet_only=True),
    Column(key="issued_at", label=_("签发时间"), kind="datetime", sheet_only=True),
    Column(key="answered_at", label=_("提交时间"), kind="datetime", sheet_only=True),
    Column(key="closed_at", label=_("闭环时间"), kind="datetime", sheet_only=True),
    Column(key="times_returned", label=_("退回次数"), kind="number", sheet_only=True),
    Column(key="watched", label=_("挂牌督办"), value=lambda row: row.watched_at is not None, sheet_only=True),
)
