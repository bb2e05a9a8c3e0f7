"""What the company says before something about it is public, and how long it may."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Actor, Refused
from wolong.ground.people.models import Person
from wolong.ground.workdays.queries import calendar
from wolong.loop.notices import access, signals
from wolong.loop.notices.actions.held import hold, local_day, scope_at
from wolong.loop.notices.models import Notice
from wolong.loop.notices.rules import content
from wolong.loop.notices.rules.days import answer_due_on
from wolong.loop.notices.states import State

LONGEST_ANSWER = 1000


@transaction.atomic
def answer_notice(*, notice: Notice, answer: str, by: Person, at: datetime) -> Notice:
    """The company concerned says what it has to say; the approver reads it. A later answer stands for the earlier one.

    Announces `notice_answered`. Refuses others, an empty answer, and one after the decision.
    """
    notice = hold(notice)
    if not access.is_concerned(scope_at(by, at), notice):
        raise Refused(_("只有涉及的企业才能陈述。"))
    if notice.state != State.SUBMITTED:
        raise Refused(_("这件公示件现在是“%(state)s”，不再接受陈述。") % {"state": notice.get_state_display()})
    answer = content.clean(answer)
    if not answer or len(answer) > LONGEST_ANSWER:
        raise Refused(_("请写 1 至 %(most)d 字的陈述。") % {"most": LONGEST_ANSWER})
    notice.answer, notice.answered_by, notice.answered_at = answer, by, at
    notice.save(update_fields=["answer", "answered_by", "answered_at"])
    write_entry(verb="answer_notice", sentence=_("提交陈述"), subject=notice, by=by, at=at, payload={"say": answer})
    signals.notice_answered.send(Notice, notice=notice, by=by, at=at)
    return notice


@transaction.atomic
def recount_days(*, first: date, last: date, by: Actor | None, at: datetime) -> int:
    """The last days to answer are counted anew where the calendar changed. Returns how many moved."""
    rows = Notice.objects.filter(state=State.SUBMITTED, told_at__date__lte=last, answer_due_on__gte=first)
    moved = 0
    for notice in map(hold, rows.order_by("pk")):
        if notice.told_at is None or notice.state != State.SUBMITTED:
            continue
        told, old = local_day(notice.told_at), notice.answer_due_on
        new = answer_due_on(told_on=told, workdays=notice.window.answer_workdays, calendar=calendar()).on
        if new == old:
            continue
        notice.answer_due_on = new
        notice.save(update_fields=["answer_due_on"])
        sentence = _("年历变动，陈述期限由 %(old)s 重算为 %(new)s") % {"old": old, "new": new}
        payload = {"old": str(old), "new": str(new)}
        write_entry(verb="recount_days", sentence=sentence, subject=notice, by=by, at=at, payload=payload)
        moved += 1
    return moved
