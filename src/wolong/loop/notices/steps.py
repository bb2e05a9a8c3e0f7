"""The sentence on top of a notice: what is next, for whom, until when."""

from django.urls import reverse
from django.utils.translation import gettext as _

from wolong.ground.pages.dates import day
from wolong.ground.pages.generic import Button, NextStep
from wolong.ground.people.access import Scope
from wolong.ground.workdays.queries import today
from wolong.loop.notices import access, queries
from wolong.loop.notices.models import Notice
from wolong.loop.notices.rules.days import earliest_on, is_answer_over, is_too_early
from wolong.loop.notices.states import Kind, State


def _button(notice: Notice, verb: str, label: str, *, go: bool = False, post: bool = False) -> Button:
    url = reverse(f"notices:{verb}", args=[notice.pk])
    return Button(label=label, url=url, go=go, post=post, inline=not post)


def next_step(scope: Scope, notice: Notice) -> NextStep:
    if notice.state == State.SUBMITTED:
        return _submitted(scope, notice)
    if notice.state in (State.DRAFT, State.RETURNED):
        return _drafting(scope, notice)
    if notice.state == State.PUBLISHED:
        sentence = _("已公示，公示号 %(number)s") % {"number": notice.number}
        return NextStep(kind="done", sentence=sentence, reason=day(notice.published_at), icon="world")
    reason = _("公开页只留公示号、日期和理由：%(why)s") % {"why": notice.withdraw_reason}
    return NextStep(kind="done", sentence=_("已撤回，%(on)s") % {"on": day(notice.withdrawn_at)}, reason=reason)


def _drafting(scope: Scope, notice: Notice) -> NextStep:
    returned = notice.state == State.RETURNED
    if not access.may_revise(scope, notice):
        return NextStep(kind="wait", sentence=_("等待%(who)s送审") % {"who": notice.drafted_by.name})
    told = ""
    if notice.concerns is not None:
        told = _("送审时告知%(unit)s，满 %(n)d 个工作日才能公示。") % {
            "unit": notice.concerns,
            "n": notice.window.answer_workdays,
        }
    return NextStep(
        sentence=_("被退回：%(why)s") % {"why": notice.return_reason} if returned else _("请对照看一遍，然后送审"),
        reason=told + _("由您以外的负责人批准；隐去的字您不能自己恢复。"),
        primary=_button(notice, "submit", _("送审"), go=True),
        secondary=_button(notice, "revise", _("修改")) if notice.kind == Kind.NOTE else None,
        icon="arrow-back-up" if returned else "pencil",
    )


def _submitted(scope: Scope, notice: Notice) -> NextStep:
    first = earliest_on(notice.answer_due_on)
    early = is_too_early(due_on=notice.answer_due_on, today=today())
    if access.may_answer(scope, notice):
        until = _("%(day)s前可以陈述；没有意见可以不答。") % {"day": day(notice.answer_due_on)}
        if is_answer_over(due_on=notice.answer_due_on, today=today()):
            until = _("陈述期限 %(day)s 已过，批准之前仍可以陈述。") % {"day": day(notice.answer_due_on)}
        said = _("已陈述，批准之前可以再改。") if notice.answered_at else until
        return NextStep(
            kind="soon" if not notice.answered_at else "wait",
            sentence=_("%(unit)s拟公示涉及贵单位的内容") % {"unit": notice.window.unit},
            reason=said,
            primary=_button(notice, "answer", _("陈述意见"), go=True),
        )
    answered = _("企业已陈述，见下。") if notice.answered_at else ""
    if access.may_approve(scope, notice):
        if early:
            sentence = _("等待%(unit)s陈述，%(day)s起可以批准") % {"unit": notice.concerns, "day": day(first)}
            return NextStep(
                kind="wait", sentence=sentence, reason=answered, secondary=_button(notice, "give_back", _("退回"))
            )
        silent = _("企业在期限内没有陈述。") if notice.concerns is not None and not answered else ""
        return NextStep(
            sentence=_("等待您批准公示"),
            reason=answered + silent + _("%(who)s拟稿。批准后任何人都能看到。") % {"who": notice.drafted_by.name},
            primary=_button(notice, "approve", _("批准公示"), go=True),
            secondary=_button(notice, "give_back", _("退回")),
            icon="eye-check",
        )
    who = "、".join(person.name for person in queries.approvers(notice, on=today())[:3]) if scope.is_inside else ""
    sentence = _("等待%(who)s批准") % {"who": who or _("负责人")}
    since = _("%(day)s起可以批准。") % {"day": day(first)} if early else ""
    own = _("您拟的稿，不能自己批准。") if access.is_author(scope, notice) else ""
    return NextStep(kind="wait", sentence=sentence, reason=since + own + answered)
