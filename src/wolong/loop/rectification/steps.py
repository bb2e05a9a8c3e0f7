"""The banner of an order: what is next for the person who looks, by when, and why."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.pages.dates import day
from wolong.ground.pages.generic import Button, NextStep
from wolong.ground.people.access import Scope
from wolong.ground.workdays.queries import calendar, today
from wolong.ground.workdays.rules import WorkCalendar
from wolong.loop.findings.states import Stage
from wolong.loop.rectification import access, queries
from wolong.loop.rectification.models import Extension, Order
from wolong.loop.rectification.rules import is_overdue, workdays_left
from wolong.loop.rectification.states import OWED_STATES, State

Kind = Literal["mine", "wait", "soon", "late", "done"]


@dataclass(frozen=True)
class Situation:
    """Everything the banner is made from; asked once by the page."""

    order: Order
    scope: Scope
    today: date
    calendar: WorkCalendar
    verifiers: list[str]
    extension: Extension | None = None
    is_followed_up: bool = True

    @property
    def is_nobody_else(self) -> bool:
        return not self.verifiers

    @property
    def left(self) -> str:
        """还剩 1 个工作日, 今天到期, 逾期 2 天"""
        late = (self.today - self.order.due_on).days
        if late > 0:
            return _("逾期 %(days)d 天") % {"days": late}
        if late == 0:
            return _("今天到期")
        days = workdays_left(due=self.order.due_on, today=self.today, calendar=self.calendar)
        return _("还剩 %(days)d 个工作日") % {"days": days}

    @property
    def due(self) -> str:
        provisional = _("（暂定，年历公布后重算）") if self.order.is_due_provisional else ""
        return _("期限 %(day)s%(note)s。") % {"day": day(self.order.due_on), "note": provisional}

    def kind(self, *, mine: bool) -> Kind:
        """Late is red for whoever looks; waiting turns amber when a working day is left."""
        if is_overdue(state=self.order.state, due=self.order.due_on, today=self.today):
            return "late"
        if mine:
            return "mine"
        near = workdays_left(due=self.order.due_on, today=self.today, calendar=self.calendar) <= 1
        return "soon" if near else "wait"


def situation(scope: Scope, order: Order) -> Situation:
    """The order as the banner sees it; asks only what its state needs."""
    day_now = today()
    verifiers: list[str] = []
    if order.state == State.ANSWERED:
        verifiers = [person.name for person in queries.verifiers(order, on=day_now)[:5]]
    is_asked = order.finding.stage == Stage.EXTENSION
    extension = queries.open_extension(order) if is_asked else None
    if extension is not None:
        extension.order = order
    return Situation(
        order=order,
        scope=scope,
        today=day_now,
        calendar=calendar(),
        verifiers=verifiers,
        extension=extension,
        is_followed_up=order.state != State.CLOSED or order.follow_ups.exists(),
    )


def _button(order: Order, verb: str, label: str, *, go: bool = False, **more: bool) -> Button:
    more = more or {"inline": True}
    return Button(label=label, url=reverse(f"rectification:{verb}", args=[order.pk]), go=go, **more)  # type: ignore[arg-type]


def next_step(here: Situation) -> NextStep:
    """One sentence and at most two buttons, from the moves that this person may make now."""
    order = here.order
    if order.state == State.CANCELLED:
        return NextStep(
            kind="done", sentence=_("通知单已撤销"), reason=_("问题已撤销，不用整改。"), icon="arrow-back-up"
        )
    if order.state == State.CLOSED:
        return _closed(here)
    if here.extension is not None and access.may_decide_extension(here.scope, here.extension):
        return _deciding(here, here.extension)
    if order.state == State.ANSWERED:
        return _verifying(here)
    return _owed(here)


def _closed(here: Situation) -> NextStep:
    order = here.order
    who = order.closed_by.name if order.closed_by else ""
    on = day(order.closed_at)
    sentence = _("已闭环，%(who)s %(on)s 复查通过") % {"who": who, "on": on}
    if here.is_followed_up or not access.may_follow_up(here.scope, order):
        return NextStep(kind="done", sentence=sentence, reason=_("留痕可查。"))
    return NextStep(
        sentence=_("已闭环，请回访场所的使用人"),
        reason=_("%(who)s %(on)s 复查通过。没修好可以重新打开。") % {"who": who, "on": on},
        primary=_button(order, "follow_up", _("记录回访"), go=True),
        icon="phone",
    )


def _deciding(here: Situation, extension: Extension) -> NextStep:
    reason = _("%(who)s申请延至 %(until)s，理由：%(why)s") % {
        "who": extension.asked_by.name,
        "until": day(extension.until),
        "why": extension.reason,
    }
    return NextStep(
        kind=here.kind(mine=True),
        sentence=_("等待您审批延期，%(left)s") % {"left": here.left},
        reason=f"{here.due}{reason}",
        primary=_button(here.order, "decide_extension", _("审批延期"), go=True),
        icon="calendar-due",
    )


def _verifying(here: Situation) -> NextStep:
    order = here.order
    given = _("%(who)s %(on)s 提交了证明；") % {
        "who": order.answered_by.name if order.answered_by else "",
        "on": f"{timezone.localtime(order.answered_at):%m-%d}" if order.answered_at else "",
    }
    if access.may_verify(here.scope, order, is_nobody_else=here.is_nobody_else):
        why = _("您没有参与发现和整改，可以复查。")
        if not access.is_on_verifying_side(here.scope, order):
            why = _("监督科室没有第三人能复查，由您复查。")
        return NextStep(
            kind=here.kind(mine=True),
            sentence=_("等待您复查，%(left)s") % {"left": here.left},
            reason=f"{here.due}{given}{why}",
            primary=_button(order, "accept", _("开始复查"), go=True),
            secondary=_button(order, "give_back", _("退回重改")),
            icon="eye-check",
        )
    who = "、".join(here.verifiers[:3]) if here.verifiers else _("%(centre)s负责人") % {"centre": order.area.centre}
    return NextStep(
        kind=here.kind(mine=False),
        sentence=_("等待%(who)s复查，%(left)s") % {"who": who, "left": here.left},
        reason=f"{here.due}{given}{_why_not(here)}",
    )


def _why_not(here: Situation) -> str:
    """Why this person is not the one, where that is a question."""
    if here.scope.person.pk == here.order.finding.found_by_id:
        return _("您发现了这个问题，不能再复查。")
    if access.is_of_unit(here.scope, here.order.responsible):
        return _("复查由监督的一方做。")
    return _("发现、整改、复查由三个不同的人做。")


def _owed(here: Situation) -> NextStep:
    order = here.order
    returned = _("上次的证明被退回，请看退回的理由。") if order.state == State.RETURNED else ""
    if access.may_answer(here.scope, order):
        verb = _("重新整改") if order.state == State.RETURNED else _("整改")
        if access.may_receive(here.scope, order):
            return NextStep(
                kind=here.kind(mine=True),
                sentence=_("等待您签收并整改，%(left)s") % {"left": here.left},
                reason=f"{here.due}{_('签收表示已知道，整改后提交原因、措施和证明。')}",
                primary=_button(order, "receive", _("签收"), go=True, post=True),
                secondary=_button(order, "answer", _("提交整改")),
                icon="signature",
            )
        return NextStep(
            kind=here.kind(mine=True),
            sentence=_("等待您%(verb)s，%(left)s") % {"verb": verb, "left": here.left},
            reason=f"{here.due}{returned or _('整改后提交原因、措施和证明。')}",
            primary=_button(order, "answer", _("提交整改"), go=True),
            secondary=None if here.extension else _button(order, "ask_extension", _("申请延期")),
            icon="tool",
        )
    waits = _("等待%(unit)s整改，%(left)s") if order.state != State.ISSUED else _("等待%(unit)s签收，%(left)s")
    reminded = _("今天已催办。") if order.reminded_on == here.today else ""
    may_remind = not reminded and order.state in OWED_STATES and access.may_remind(here.scope, order)
    kind = here.kind(mine=False)
    return NextStep(
        kind=kind,
        sentence=waits % {"unit": order.responsible, "left": here.left},
        reason=f"{here.due}{reminded}",
        secondary=_button(order, "remind", _("催办"), post=True) if kind == "late" and may_remind else None,
    )
