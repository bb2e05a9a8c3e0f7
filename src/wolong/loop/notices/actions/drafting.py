"""Draft a notice from a thing or in one's own words, revise it, and put it before an approver."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Organization, Person
from wolong.ground.workdays.queries import calendar
from wolong.loop.notices import access, queries, signals
from wolong.loop.notices.actions.held import hide_again, hold, local_day, scope_at, step
from wolong.loop.notices.models import Notice, Window
from wolong.loop.notices.registries import Provider
from wolong.loop.notices.rules import content
from wolong.loop.notices.rules.days import answer_due_on
from wolong.loop.notices.states import Kind, State

LONGEST_TEXT = 20_000


@transaction.atomic
def draft_thing(*, window: Window, provider: Provider, key: str, by: Person, at: datetime) -> Notice:
    """Freeze a thing of another room by value as a draft.

    Who may draft for the window and sees the thing. Refuses a second one of the same thing while the first is under way or
    public, and a thing that is too large.
    """
    scope = scope_at(by, at)
    _drafter(window, by, at)
    thing = provider.visible(scope, window.unit).filter(pk=key).first() if key.isascii() and key.isdigit() else None
    if thing is None:
        raise Refused(_("没有找到要公示的内容，可能已经变动，请重新选择。"))
    Window.objects.select_for_update().get(pk=window.pk)  # two drafts of one thing come one after the other
    rows = Notice.objects.filter(window=window, provider=provider.key, source_key=str(thing.pk))
    known = rows.exclude(state=State.WITHDRAWN).first()
    if known is not None:
        raise Refused(_("这件内容已有公示件，现在是“%(state)s”。") % {"state": known.get_state_display()})
    frozen = provider.freeze(thing)
    if len(frozen.blocks) > content.MOST_BLOCKS:
        raise Refused(_("内容超过 %(most)d 段，请分开公示。") % {"most": content.MOST_BLOCKS})
    notice = Notice(
        window=window,
        kind=provider.kind,
        provider=provider.key,
        source_key=str(thing.pk),
        reference=frozen.reference,
        facts=[list(pair) for pair in frozen.facts],
        original_title=content.clean_title(frozen.title),
        original=list(frozen.blocks),
        concerns=frozen.concerns,
        told_at=frozen.told_at,
        is_told_before=frozen.told_at is not None,
        drafted_by=by,
        drafted_at=at,
    )
    return _drafted(notice, by, at)


@transaction.atomic
def draft_note(
    *, window: Window, title: str, text: str, concerns: Organization | None = None, by: Person, at: datetime
) -> Notice:
    """A notice (通知) in one's own words. Refuses an empty title or text, and one that concerns a unit that is no company."""
    _drafter(window, by, at)
    if concerns is not None and not concerns.is_supplier:
        raise Refused(_("涉及企业只能选企业。"))
    notice = Notice(window=window, kind=Kind.NOTE, concerns=concerns, drafted_by=by, drafted_at=at)
    _write(notice, title, text)
    return _drafted(notice, by, at)


@transaction.atomic
def revise_note(
    *, notice: Notice, title: str, text: str, concerns: Organization | None = None, by: Person, at: datetime
) -> Notice:
    """The author changes a note that was not submitted yet, or came back. What is marked stays marked, the company is heard anew."""
    notice = hold(notice)
    if notice.kind != Kind.NOTE:
        raise Refused(_("这件内容按原件固定，不能改写；要改请先改原件。"))
    if not access.may_revise(scope_at(by, at), notice):
        raise Refused(_("只有拟稿人才能修改。"))
    notice.state = step(notice, "revise")
    if concerns is not None and not concerns.is_supplier:
        raise Refused(_("涉及企业只能选企业。"))
    notice.concerns = concerns
    # What the company said was about another text; the trail keeps it.
    notice.answer, notice.answered_by, notice.answered_at = "", None, None
    _write(notice, title, text)
    hidden = hide_again(notice)
    notice.save()
    write_entry(
        verb="revise_notice", sentence=_("修改公示稿"), subject=notice, by=by, at=at, payload=_payload(notice, hidden)
    )
    return notice


@transaction.atomic
def submit_notice(*, notice: Notice, by: Person, at: datetime) -> Notice:
    """The author puts it before an approver; the company concerned is told, and from now its days to answer run.

    Announces `notice_submitted`. Refuses where nobody may approve, and where nobody of the company could be told.
    """
    notice = hold(notice)
    if not access.may_revise(scope_at(by, at), notice):
        raise Refused(_("只有拟稿人才能送审。"))
    notice.state = step(notice, "submit")
    day = local_day(at)
    if not queries.approvers(notice, on=day).exists():
        raise Refused(_("本单位没有拟稿人以外的负责人或科室主管可以批准，不能送审。"))
    notice.answer_due_on = None
    if notice.concerns is not None:
        if not queries.people_of(notice.concerns, on=day).exists():
            raise Refused(_("%(unit)s没有可以告知的人，请先登记它的负责人。") % {"unit": notice.concerns})
        if not notice.is_told_before or notice.told_at is None:
            notice.told_at = at
        term = answer_due_on(
            told_on=local_day(notice.told_at), workdays=notice.window.answer_workdays, calendar=calendar()
        )
        notice.answer_due_on = term.on
    notice.submitted_by, notice.submitted_at = by, at
    notice.returned_by, notice.returned_at, notice.return_reason = None, None, ""
    hidden = hide_again(notice)
    notice.save()
    sentence = _("送审")
    if notice.concerns is not None and notice.answer_due_on is not None:
        sentence = _("送审，并告知%(unit)s，%(day)s前可以陈述") % {
            "unit": notice.concerns,
            "day": notice.answer_due_on,
        }
    payload = {**_payload(notice, hidden), "answer_due_on": str(notice.answer_due_on or "")}
    write_entry(verb="submit_notice", sentence=sentence, subject=notice, by=by, at=at, payload=payload)
    signals.notice_submitted.send(Notice, notice=notice, by=by, at=at)
    return notice


def _drafter(window: Window, by: Person, at: datetime) -> None:
    if not access.may_draft(scope_at(by, at), window.unit):
        raise Refused(_("您不能为%(unit)s拟公示稿。") % {"unit": window.unit})


def _write(notice: Notice, title: str, text: str) -> None:
    title, text = content.clean_title(title), content.clean(text)
    if not title or not text:
        raise Refused(_("请写明标题和正文。"))
    if len(text) > LONGEST_TEXT:
        raise Refused(_("正文不能超过 %(most)d 字。") % {"most": LONGEST_TEXT})
    notice.original_title, notice.original = title, content.paragraphs(text)


def _drafted(notice: Notice, by: Person, at: datetime) -> Notice:
    hidden = hide_again(notice)
    notice.save()
    sentence = _("拟稿，隐去 %(n)d 处") % {"n": hidden}
    write_entry(verb="draft_notice", sentence=sentence, subject=notice, by=by, at=at, payload=_payload(notice, hidden))
    return notice


def _payload(notice: Notice, hidden: int) -> dict[str, object]:
    return {"title": notice.title, "kind": notice.kind, "sha256": notice.sha256, "hidden": hidden}
