"""The columns of the list of notices."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wolong.ground.pages.generic import Column
from wolong.ground.workdays.queries import today
from wolong.loop.notices.states import State


def _state(row: Any) -> Any:
    return State(row.state)


COLUMNS = (
    Column(key="kind", label=_("种类"), value=lambda row: row.get_kind_display(), sort=("kind", "-pk"), width=96),
    Column(key="title", label=_("标题"), kind="link"),
    Column(key="window", label=_("发布单位"), value="window.unit", width=140, quiet=True),
    Column(key="concerns", label=_("涉及企业"), value=lambda row: row.concerns or "", width=130, quiet=True),
    Column(
        key="state",
        label=_("状态"),
        value=_state,
        kind="state",
        sort=("state", "-pk"),
        width=112,
        export_value=lambda row: row.get_state_display(),
    ),
    Column(
        key="answer_due_on",
        label=_("陈述截止"),
        value=lambda row: row.answer_due_on if row.state == State.SUBMITTED else None,
        kind="due",
        sort=("answer_due_on", "pk"),
        width=120,
        today=today,
        export_value=lambda row: row.answer_due_on,
    ),
    Column(key="published_at", label=_("公示时间"), kind="datetime", sort=("published_at", "pk"), width=120),
    Column(key="number", label=_("公示号"), sheet_only=True),
    Column(key="withdrawn_at", label=_("撤回时间"), kind="datetime", sheet_only=True),
)
WINDOW_COLUMNS = (
    Column(key="unit", label=_("单位"), value="unit.name"),
    Column(key="is_open", label=_("对外"), value=lambda row: _("开放") if row.is_open else _("关闭"), width=96),
    Column(key="answer_workdays", label=_("企业陈述期限（工作日）"), kind="number", width=180),
    Column(key="set_by", label=_("设置人"), value="set_by.name", width=100, quiet=True),
    Column(key="set_at", label=_("设置时间"), kind="datetime", width=130),
)
