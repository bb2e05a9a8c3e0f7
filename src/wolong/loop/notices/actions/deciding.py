"""Approve, return, withdraw."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person
from wolong.loop.notices import access, signals
from wolong.loop.notices.actions.held import cleaned, hide_again, hold, local_day, scope_at, step
from wolong.loop.notices.models import Notice
from wolong.loop.notices.queries import known_words, not_holding
from wolong.loop.notices.rules.days import earliest_on, is_too_early
from wolong.loop.notices.rules.redaction import redact

# One number at a time; an arbitrary figure that nothing else in the house uses.
NUMBERING = 0x6E6F7463


@transaction.atomic
def approve_notice(*, notice: Notice, by: Person, at: datetime) -> Notice:
    """Somebody of the right role, never the author, makes it public, once the company's days to answer are over.

    The text is searched once more by what is known today. Announces `notice_published`. Refuses with the day on which it
    may appear, where that has not come.
    """
    notice = hold(notice)
    target = step(notice, "approve")
    scope = scope_at(by, at)
    if access.is_author(scope, notice):
        raise Refused(_("拟稿人不能批准自己的公示件，请由另一位负责人批准。"))
    if not access.has_right_role(scope, notice):
        raise Refused(_("只有本单位的负责人或科室主管才能批准公示。"))
    if not notice.window.is_open:
        raise Refused(_("%(unit)s的公示窗口没有开放，请先由负责人开放。") % {"unit": notice.window.unit})
    if not_holding([notice], on=local_day(at)):
        raise Refused(_("原件已不再现行，不能公示；请退回，另拟现行的。"))
    if notice.concerns_id is not None and notice.answer_due_on is None:
        raise Refused(_("还没有告知涉及的企业，请退回重新送审。"))
    if is_too_early(due_on=notice.answer_due_on, today=local_day(at)):
        raise Refused(
            _("%(unit)s可以陈述到 %(due)s，%(day)s起才能公示。") % {
                "unit": notice.concerns, "due": notice.answer_due_on, "day": earliest_on(notice.answer_due_on),
            }
        )  # fmt: skip
    hidden = hide_again(notice)
    notice.state, notice.number = target, _next_number(local_day(at).year)
    notice.published_by, notice.published_at = by, at
    notice.save()
    sentence = _("批准公示，公示号 %(number)s，隐去 %(n)d 处") % {"number": notice.number, "n": hidden}
    payload = {"number": notice.number, "title": notice.title, "sha256": notice.sha256, "hidden": hidden}
    write_entry(verb="approve_notice", sentence=sentence, subject=notice, by=by, at=at, payload=payload)
    signals.notice_published.send(Notice, notice=notice, by=by, at=at)
    return notice


@transaction.atomic
def return_notice(*, notice: Notice, reason: str, by: Person, at: datetime) -> Notice:
    """The approver gives it back to its author with the reason. Announces `notice_returned`."""
    notice = hold(notice)
    target = step(notice, "give_back")
    if not access.may_decide(scope_at(by, at), notice):
        raise Refused(_("只有拟稿人以外的负责人或科室主管才能退回。"))
    reason = cleaned(reason)
    if not reason:
        raise Refused(_("请写明退回的理由。"))
    notice.state, notice.return_reason = target, reason
    notice.returned_by, notice.returned_at = by, at
    notice.save()
    write_entry(verb="return_notice", sentence=_("退回公示稿"), subject=notice, by=by, at=at, payload={"say": reason})
    signals.notice_returned.send(Notice, notice=notice, by=by, at=at)
    return notice


@transaction.atomic
def withdraw_notice(*, notice: Notice, reason: str, by: Person, at: datetime) -> Notice:
    """Somebody of the right role takes it back; the public page keeps number, day and reason, and nothing of the content.

    The reason is public, hence searched for what must be hidden. Announces `notice_withdrawn`.
    """
    notice = hold(notice)
    target = step(notice, "withdraw")
    if not access.has_right_role(scope_at(by, at), notice):
        raise Refused(_("只有本单位的负责人或科室主管才能撤回。"))
    reason = cleaned(redact(cleaned(reason), known_words(notice)))
    if not reason:
        raise Refused(_("请写明撤回的理由，它会公开。"))
    notice.state, notice.withdraw_reason = target, reason
    notice.withdrawn_by, notice.withdrawn_at = by, at
    notice.save()
    payload = {"number": notice.number, "say": reason}
    write_entry(verb="withdraw_notice", sentence=_("撤回公示"), subject=notice, by=by, at=at, payload=payload)
    signals.notice_withdrawn.send(Notice, notice=notice, by=by, at=at)
    return notice


def _next_number(year: int) -> str:
    """GS-2026-0001: in the order of publication, over all windows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERING])
    prefix = f"GS-{year}-"
    taken = Notice.objects.filter(number__startswith=prefix).values_list("number", flat=True)
    last = max((int(str(number).rsplit("-", 1)[1]) for number in taken), default=0)
    return f"{prefix}{last + 1:04d}"
