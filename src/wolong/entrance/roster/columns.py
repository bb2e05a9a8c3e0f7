"""What the sheets of units and of people look like."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wolong.ground.papers.sheets import Column
from wolong.ground.people.states import OrganizationKind, Role


def _labelled(choices: Any) -> dict[str, Any]:
    return {str(choice.label): choice.value for choice in choices}


UNITS = (
    Column(
        key="short_name", title=_("简称"), required=True, longest=40, width=20, example="某某中心",
        note=_("按简称对应已有的单位；同名的写成“上级/简称”。"),
    ),
    Column(key="name", title=_("全称"), longest=120, width=32, example="某某办公区服务中心", note=_("不填就用简称；已有的单位不填就不改。")),
    Column(
        key="kind", title=_("性质"), kind="choice", required=True, choices=_labelled(OrganizationKind), example="事业单位",
        note=_("物业、电梯等公司选“供应商”。建立后不能改。"),
    ),
    Column(
        key="parent", title=_("上级"), longest=200, width=32, example="某某机关事务管理局",
        note=_("上级单位的简称或全称，可以在同一张表里；空着是最上级。建立后不能改。"),
    ),
)  # fmt: skip
PEOPLE = (
    Column(key="account", title=_("账号"), required=True, longest=60, width=18, note=_("字母和数字，登录用；按账号对应已有的人。"), example="zhangsan"),
    Column(key="name", title=_("姓名"), required=True, longest=60, width=12, example="示例"),
    Column(
        key="unit", title=_("单位"), required=True, longest=200, width=32, example="某某办公区服务中心",
        note=_("单位的简称或全称；同名的写成“上级/简称”。"),
    ),
    Column(key="post", title=_("岗位"), longest=60, width=16, note=_("不填就不改。"), example="巡查员"),
    Column(key="phone", title=_("电话"), longest=30, width=16, note=_("不填就不改。"), example=""),
    Column(
        key="role", title=_("角色"), kind="choice", choices=_labelled(Role), width=18, example="巡查员",
        note=_("决定能看什么、能做什么；一人几个角色就写几行。不填就只有账号。"),
    ),
    Column(key="at", title=_("在哪个单位"), longest=200, width=32, note=_("角色所在的单位；空着是本人的单位。"), example=""),
    Column(key="since", title=_("从哪天起"), kind="date", width=14, note=_("空着是今天。"), example="2026-12-01"),
    Column(key="until", title=_("最后一天"), kind="date", width=14, note=_("空着就一直有效。"), example=""),
)  # fmt: skip
PASSWORDS = (
    Column(key="name", title=_("姓名"), width=14),
    Column(key="unit", title=_("单位"), width=32),
    Column(key="account", title=_("账号"), width=20),
    Column(key="password", title=_("一次性密码"), width=24),
)
