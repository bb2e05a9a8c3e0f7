"""The columns of the finding list."""

import re

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wolong.ground.pages.generic import Column
from wolong.ground.workdays.queries import today
from wolong.loop.findings.models import Finding
from wolong.loop.findings.states import OPEN_STAGES

_BUILDING = re.compile(r"^.{1,20}?楼")


def building_of(finding: Finding) -> str:
    """3号楼 of 3号楼2层东侧卫生间; a place outside of buildings by its own name."""
    found = _BUILDING.match(finding.place.full_name)
    return found.group() if found else finding.place.name


COLUMNS = (
    Column(key="severity", label=_("等级"), kind="severity", sort=("severity", "due_on"), width=64),
    Column(key="title", label=_("问题"), kind="link"),
    Column(
        key="place",
        label=_("场所"),
        value=building_of,
        export_value=lambda row: row.place.full_name,
        sort=("place__path", "pk"),
        width=104,
        quiet=True,
    ),
    Column(
        key="clause",
        label=_("条款"),
        value="clause_label",
        url=lambda row: row.requirement.clause.get_absolute_url(),
        sort=("clause_label", "pk"),
        width=152,
        quiet=True,
    ),
    Column(
        key="responsible",
        label=_("责任单位"),
        value=lambda row: row.responsible or _("没有责任单位"),
        sort=("responsible__pinyin_key", "pk"),
        width=140,
        quiet=True,
    ),
    Column(key="state", label=_("状态"), value="stage", kind="state", sort=("stage", "due_on"), width=124),
    Column(
        key="due_on",
        label=_("期限"),
        value=lambda row: row.due_on if row.stage in OPEN_STAGES else None,
        kind="due",
        sort=("due_on", "pk"),
        width=124,
        today=today,
        export_value=lambda row: row.due_on,
    ),
    Column(key="number", label=_("编号"), sheet_only=True),
    Column(key="line", label=_("服务线"), value=lambda row: row.line.name if row.line else "", sheet_only=True),
    Column(key="found_at", label=_("发现时间"), kind="datetime", sheet_only=True),
    Column(key="found_by", label=_("发现人"), value="found_by.name", sheet_only=True),
    Column(key="points", label=_("扣分"), kind="number", sheet_only=True),
    Column(key="repeat", label=_("重复"), value=lambda row: row.repeat_of_id is not None, sheet_only=True),
    Column(
        key="withdrawn",
        label=_("撤销理由"),
        value="withdrawn_reason",
        sheet_only=True,
    ),
    Column(
        key="closed_on",
        label=_("闭环日期"),
        value=lambda row: timezone.localtime(row.closed_at).date() if row.closed_at else None,
        kind="date",
        sheet_only=True,
    ),
)
