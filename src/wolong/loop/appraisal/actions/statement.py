"""A unit confirms its sheet or states its case; the chair answers."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.access import scope_of
from wolong.ground.people.models import Person
from wolong.loop.appraisal import access, queries
from wolong.loop.appraisal.actions.period import freeze, lock_period
from wolong.loop.appraisal.models import Sheet, Statement
from wolong.loop.appraisal.signals import statement_decided, statement_given
from wolong.loop.appraisal.states import STATEMENT, PeriodState
from wolong.loop.findings.models import Finding


def _held(sheet: Sheet, by: Person, at: datetime) -> Sheet:
    """The sheet with its period locked, if its unit may still speak; refuses whoever is not of the unit, and a wrong time."""
    sheet = Sheet.objects.select_related("unit", "contract", "scheme").get(pk=sheet.pk)
    sheet.period = lock_period(sheet.period)
    if sheet.period.state == PeriodState.CLOSED:
        raise Refused(_("%(period)s已经结账，不能再陈述或确认。") % {"period": sheet.period})
    if sheet.period.state == PeriodState.OPEN:
        raise Refused(_("还没有提出结果。"))
    if not access.is_of_sheet(scope_of(by, on=timezone.localtime(at).date()), sheet):
        raise Refused(_("只有被考评单位的负责人才能陈述或确认。"))
    return sheet


@transaction.atomic
def state_case(*, sheet: Sheet, text: str, finding: Finding | None = None, by: Person, at: datetime) -> Statement:
    """The unit states its case on its sheet, or on one finding that took points, within its working days.

    Announces `statement_given`. Refuses after the last day, after closing, an empty text, a finding that is not on the sheet
    or was spoken of before.
    """
    sheet = _held(sheet, by, at)
    text = text.strip()
    if not text:
        raise Refused(_("请写明陈述的内容。"))
    last = sheet.period.answer_by_on
    if last is not None and timezone.localtime(at).date() > last:
        raise Refused(_("陈述的期限到 %(day)s，已经过了。") % {"day": last})
    if finding is not None:
        frozen = queries.latest(sheet)
        on_sheet = {one["id"] for chapter in frozen.inputs["chapters"] for one in chapter["findings"]} if frozen else {}
        if finding.pk not in on_sheet:
            raise Refused(_("这个问题不在这张考评表上。"))
        if Statement.objects.filter(sheet=sheet, finding=finding).exists():
            raise Refused(_("对这个问题已经陈述过。"))
    statement = Statement.objects.create(sheet=sheet, finding=finding, text=text, stated_by=by, stated_at=at)
    about = _("就%(finding)s陈述") % {"finding": finding.number} if finding else _("陈述")
    write_entry(verb="state_case", sentence=about, subject=sheet, by=by, at=at, payload={"say": text})
    statement_given.send(Statement, statement=statement, by=by, at=at)
    return statement


@transaction.atomic
def confirm_sheet(*, sheet: Sheet, by: Person, at: datetime) -> Sheet:
    """The unit confirms its result. Refuses a second time, and while a statement of its own is open."""
    sheet = _held(sheet, by, at)
    if sheet.confirmed_at is not None:
        raise Refused(_("这张考评表已经确认。"))
    if queries.statements_open(sheet.period).filter(sheet=sheet).exists():
        raise Refused(_("陈述还没有答复，答复后再确认。"))
    sheet.confirmed_by, sheet.confirmed_at = by, at
    sheet.save(update_fields=["confirmed_by", "confirmed_at"])
    write_entry(verb="confirm_sheet", sentence=_("确认考评结果"), subject=sheet, by=by, at=at)
    return sheet


@transaction.atomic
def decide_statement(*, statement: Statement, is_upheld: bool, reply: str, by: Person, at: datetime) -> Statement:
    """The chair upholds a statement or not, with a reply. A finding upheld leaves the sheet, visibly: it is frozen anew.

    Announces `statement_decided`. Refuses who stated it, an empty reply, and a second answer.
    """
    period = lock_period(statement.sheet.period)
    statement = Statement.objects.select_related("sheet__unit", "sheet__contract", "sheet__scheme").get(pk=statement.pk)
    statement.sheet.period = period
    if period.state == PeriodState.CLOSED:
        raise Refused(_("%(period)s已经结账。") % {"period": period})
    verb = "uphold" if is_upheld else "reject"
    state = STATEMENT.step(verb, statement.state, sentence=_("这条陈述已经答复。"))
    if not access.may_decide(scope_of(by, on=timezone.localtime(at).date()), statement):
        raise Refused(_("陈述由服务中心负责人答复，陈述人自己不能答复。"))
    reply = reply.strip()
    if not reply:
        raise Refused(_("请写明答复和理由。"))
    statement.state, statement.reply, statement.decided_by, statement.decided_at = state, reply, by, at
    statement.save()
    sentence = _("答复陈述：%(state)s") % {"state": statement.get_state_display()}
    write_entry(
        verb="decide_statement", sentence=sentence, subject=statement.sheet, by=by, at=at, payload={"say": reply}
    )
    if is_upheld and statement.finding_id is not None:
        freeze(sheet=statement.sheet, period=period, by=by, at=at)
    statement_decided.send(Statement, statement=statement, by=by, at=at)
    return statement
