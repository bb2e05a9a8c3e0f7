"""A period is opened, its sheets are frozen and presented, and it is closed."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.estate.contracts.models import Contract, ServiceLine
from wolong.estate.places.models import OfficeArea
from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.access import scope_of
from wolong.ground.people.models import Organization, Person
from wolong.ground.workdays.queries import calendar
from wolong.loop.appraisal import access, queries
from wolong.loop.appraisal.actions.scheme import schemes_in_use
from wolong.loop.appraisal.models import Period, Scheme, Score, Sheet
from wolong.loop.appraisal.queries import Scored
from wolong.loop.appraisal.rules.quarters import quarter_of
from wolong.loop.appraisal.rules.scheme import decimal_of
from wolong.loop.appraisal.rules.scoring import hash_of, score
from wolong.loop.appraisal.signals import period_closed, period_presented
from wolong.loop.appraisal.states import PERIOD, PeriodState

# Working days in which a unit may state its case (告知后陈述申辩; usual 3 to 5, 待核: the contract says its own).
DAYS_TO_ANSWER = 5


def _today(at: datetime) -> date:
    return timezone.localtime(at).date()


def _require_chair(area: OfficeArea, by: Person, at: datetime) -> None:
    if not access.is_chair(scope_of(by, on=_today(at)), area):
        raise Refused(_("考评由服务中心负责人主持。"))


@transaction.atomic
def open_period(*, area: OfficeArea, day: date, by: Person, at: datetime) -> Period:
    """The quarter around a day is opened: each contract and each unit of one's own gets its sheet, under the scheme of today.

    The chair opens it. Chapters and weights are locked with it. Refuses a quarter that has not begun or is opened already,
    an area without service lines, and a service that no chapter takes.
    """
    _require_chair(area, by, at)
    first, last = quarter_of(day)
    if first > _today(at):
        raise Refused(_("这个季度 %(day)s 才开始。") % {"day": first})
    try:
        with transaction.atomic():
            period = Period.objects.create(area=area, first_on=first, last_on=last, opened_by=by, opened_at=at)
    except IntegrityError as error:
        raise Refused(_("这个季度的考评已经开启。")) from error
    sheets = _add_sheets(period, by=by, at=at)
    if not sheets:
        raise Refused(_("%(area)s在这个季度没有服务线，先在合同里登记。") % {"area": area})
    sentence = _("开启%(period)s考评，%(n)d 张考评表") % {"period": period, "n": len(sheets)}
    write_entry(verb="open_period", sentence=sentence, subject=period, by=by, at=at)
    return period


def _add_sheets(period: Period, *, by: Person | None, at: datetime) -> list[Sheet]:
    """The sheets that are missing: of contracts and units whose lines run in the period."""
    schemes = schemes_in_use(area=period.area, by=by, at=at)
    days = (period.first_on, period.last_on + timedelta(days=1))
    lines = ServiceLine.objects.filter(area=period.area, valid__overlap=days).select_related("performer", "contract")
    of: dict[tuple[Organization, Contract | None], set[str]] = {}
    for line in lines.order_by("performer_id", "name"):
        of.setdefault((line.performer, line.contract), set()).add(line.name)
    known = set(Sheet.objects.filter(period=period).values_list("unit_id", "contract_id"))
    return [
        Sheet.objects.create(period=period, unit=unit, contract=contract, scheme=_scheme_for(schemes, unit, names))
        for (unit, contract), names in of.items()
        if (unit.pk, contract.pk if contract else None) not in known
    ]


def _scheme_for(schemes: list[Scheme], unit: Organization, lines: set[str]) -> Scheme:
    """The one scheme whose chapters take all lines of a contract."""
    home = {line: scheme for scheme in schemes for one in scheme.content.chapters for line in one.lines}
    if missing := sorted(lines - set(home)):
        raise Refused(
            _("%(unit)s的服务“%(line)s”不在考评办法的任何一章里，请先修订考评办法。")
            % {"unit": unit, "line": missing[0]}
        )
    found = {home[line].pk: home[line] for line in lines}
    if len(found) > 1:
        raise Refused(_("%(unit)s一份合同里的服务分在两份考评办法里，请先修订考评办法。") % {"unit": unit})
    return next(iter(found.values()))


def lock_period(period: Period) -> Period:
    """The period's row, held until the transaction ends: presenting, stating and closing wait for each other."""
    return Period.objects.select_for_update(of=("self",)).select_related("area__centre").get(pk=period.pk)


@transaction.atomic
def present_period(*, period: Period, by: Person, at: datetime) -> Period:
    """Every sheet of a period that is over is frozen with its hash and shown to its unit, which may then state its case.

    The chair presents; a second time freezes anew only the sheets whose inputs have changed, and keeps the first. Announces
    `period_presented`. Refuses before the last day is over, and a closed period.
    """
    period = lock_period(period)
    _require_chair(period.area, by, at)
    state = PERIOD.step("present", period.state, sentence=_("%(period)s已经结账。") % {"period": period})
    if _today(at) <= period.last_on:
        raise Refused(_("本期到 %(day)s 才结束，之后才能提出结果。") % {"day": period.last_on})
    _add_sheets(period, by=by, at=at)
    frozen = [one for sheet in queries.of_period(period) if (one := freeze(sheet=sheet, period=period, by=by, at=at))]
    if period.state == PeriodState.PRESENTED and not frozen:
        raise Refused(_("记录没有变化，不用重新冻结。"))
    if period.answer_by_on is None:
        period.answer_by_on = calendar().add_workdays(_today(at), DAYS_TO_ANSWER).on
    period.state, period.presented_by, period.presented_at = state, by, at
    period.save()
    sentence = _("提出%(period)s考评结果，冻结 %(n)d 张考评表") % {"period": period, "n": len(frozen)}
    hashes = {str(one.sheet.unit): one.inputs_hash for one in frozen}
    write_entry(verb="present_period", sentence=sentence, subject=period, by=by, at=at, payload={"frozen": hashes})
    period_presented.send(Period, period=period, by=by, at=at)
    return period


def freeze(*, sheet: Sheet, period: Period, by: Person, at: datetime) -> Score | None:
    """The next frozen score of a sheet; None where nothing changed since the last one."""
    sheet.period = period
    inputs = queries.inputs_of(Scored.quarter(sheet))
    digest, last = hash_of(inputs), queries.latest(sheet)
    if last is not None and last.inputs_hash == digest:
        return None
    result = score(inputs)
    frozen = Score.objects.create(
        sheet=sheet,
        version=last.version + 1 if last else 1,
        inputs=inputs,
        inputs_hash=digest,
        result=result,
        total=decimal_of(result["score"]) if result["score"] is not None else None,
        grade=result["grade"] or "",
        frozen_by=by,
        frozen_at=at,
    )
    if sheet.confirmed_at is not None:
        # What was confirmed is no longer what stands.
        Sheet.objects.filter(pk=sheet.pk).update(confirmed_by=None, confirmed_at=None)
    words = _("得 %(score)s 分，%(grade)s") % {"score": frozen.total, "grade": frozen.grade}
    sentence = _("冻结考评数据，%(result)s") % {"result": words if frozen.total is not None else _("未检查，没有得分")}
    payload = {"hash": digest, "version": frozen.version, "score": result["score"], "grade": result["grade"]}
    write_entry(verb="freeze_score", sentence=sentence, subject=sheet, by=by, at=at, payload=payload)
    return frozen


@transaction.atomic
def close_period(*, period: Period, by: Person, at: datetime) -> Period:
    """A presented period is closed: its scores stand.

    The chair closes, once everybody confirmed or the days to answer are over. Announces `period_closed`. Refuses a period
    closed before, one not presented, and one with a statement that nobody answered.
    """
    period = lock_period(period)
    _require_chair(period.area, by, at)
    if period.state == PeriodState.OPEN:
        raise Refused(_("还没有提出结果，不能结账。"))
    state = PERIOD.step("close", period.state, sentence=_("%(period)s已经结账。") % {"period": period})
    if waiting := queries.statements_open(period).count():
        raise Refused(_("还有 %(n)d 条陈述没有答复。") % {"n": waiting})
    unconfirmed = period.sheets.filter(confirmed_at=None).exists()
    if unconfirmed and period.answer_by_on is not None and _today(at) <= period.answer_by_on:
        raise Refused(_("陈述的期限到 %(day)s，之后才能结账；各单位都确认了可以提前。") % {"day": period.answer_by_on})
    period.state, period.closed_by, period.closed_at = state, by, at
    period.save(update_fields=["state", "closed_by", "closed_at"])
    write_entry(
        verb="close_period", sentence=_("%(period)s考评结账") % {"period": period}, subject=period, by=by, at=at
    )
    period_closed.send(Period, period=period, by=by, at=at)
    return period
