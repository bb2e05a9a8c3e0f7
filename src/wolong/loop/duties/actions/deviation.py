"""A 应 that can't be kept at one object for a while: asked for, decided, ended."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.types.range import DateRange

from wolong.estate.places.actions import next_number
from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.access import scope_of
from wolong.ground.people.models import Person
from wolong.loop.duties import access
from wolong.loop.duties.models import Deviation, Duty
from wolong.loop.duties.queries.deviations import deviation_at
from wolong.loop.duties.rules.deviating import ENOUGH_FOR_A_PROPOSAL, why_not, why_not_until
from wolong.loop.duties.signals import deviation_asked, deviation_decided, deviation_ended
from wolong.loop.duties.states import DEVIATION
from wolong.norms.standards.actions import propose_revision
from wolong.norms.standards.models import Proposal, Standard
from wolong.norms.standards.states import OPEN_PROPOSALS, ProposalSource


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _locked(deviation: Deviation) -> Deviation:
    joined = ("duty__area__centre", "duty__doer", "duty__checker", "duty__requirement__clause__edition__standard")
    return Deviation.objects.select_for_update(of=("self",)).select_related(*joined, "asked_by").get(pk=deviation.pk)


@transaction.atomic
def ask_deviation(*, duty: Duty, reason: str, measure: str, until: date, by: Person, at: datetime) -> Deviation:
    """Who does a duty or checks it asks to depart from it until a day, with a measure in its place.

    Announces `deviation_asked`. Refuses grave and mandatory requirements, a day that is past or more than a year off, an empty
    reason or measure, and a second one while the first is asked for or holds.
    """
    duty = (
        Duty.objects.select_for_update(of=("self",))
        .select_related("area__centre", "doer", "checker", "requirement__edition")
        .get(pk=duty.pk)
    )
    if not access.may_ask_deviation(scope_of(by, on=_day(at)), duty):
        raise Refused(_("偏离由做的单位或查的单位申请，而且职责还在。"))
    requirement = duty.requirement
    fault = why_not(severity=requirement.severity, nature=requirement.edition.nature)
    if fault := fault or why_not_until(until, today=_day(at)):
        raise Refused(fault)
    if not reason.strip():
        raise Refused(_("请写明为什么现在做不到。"))
    if not measure.strip():
        raise Refused(_("请写明这段时间用什么办法代替。"))
    if duty.deviations.waiting().exists():
        raise Refused(_("这个对象的偏离已经申请过，正等待批准。"))
    if held := deviation_at(duty, on=_day(at)):
        raise Refused(_("偏离 %(number)s 还在有效期内。") % {"number": held.number})
    deviation = Deviation.objects.create(
        number=next_number(prefix="PL", area=duty.area, year=_day(at).year, rows=Deviation.objects.all()),
        duty=duty, reason=reason.strip(), measure=measure.strip(), until_on=until, asked_by=by, asked_at=at,
    )  # fmt: skip
    sentence = _("申请偏离 %(duty)s，到 %(until)s") % {"duty": duty, "until": until}
    say = _("%(reason)s 补偿措施：%(measure)s") % {"reason": deviation.reason, "measure": deviation.measure}
    write_entry(verb="ask_deviation", sentence=sentence, subject=deviation, by=by, at=at, payload={"say": say})
    deviation_asked.send(Deviation, deviation=deviation, by=by, at=at)
    return deviation


@transaction.atomic
def decide_deviation(
    *, deviation: Deviation, is_approved: bool, decision: str = "", by: Person, at: datetime
) -> Deviation:
    """The centre head or a leader lets a deviation hold from today, or not; never who asked, never the doer's people.

    The third one that holds on a clause raises a proposal to revise it (rule 20). Announces `deviation_decided`. Refuses one
    that was decided or whose day has passed meanwhile, and a refusal without a reason.
    """
    deviation = _locked(deviation)
    verb = "approve" if is_approved else "refuse"
    state = DEVIATION.step(verb, deviation.state, sentence=_("这份偏离已经办理过了。"))
    if not access.may_decide_deviation(scope_of(by, on=_day(at)), deviation):
        raise Refused(_("偏离由中心负责人或局领导批准；申请人和做的单位自己不能批准。"))
    if not is_approved and not decision.strip():
        raise Refused(_("不批准请写明理由，申请人会看到。"))
    if is_approved and (fault := why_not_until(deviation.until_on, today=_day(at))):
        raise Refused(fault)
    deviation.state, deviation.decision = state, decision.strip()
    deviation.decided_by, deviation.decided_at = by, at
    if is_approved:
        deviation.valid = DateRange(_day(at), deviation.until_on + timedelta(days=1))
    deviation.save()
    sentence = _("批准偏离，到 %(until)s") % {"until": deviation.until_on} if is_approved else _("不批准偏离")
    say = {"say": deviation.decision} if deviation.decision else {}
    write_entry(verb="decide_deviation", sentence=sentence, subject=deviation, by=by, at=at, payload=say)
    deviation_decided.send(Deviation, deviation=deviation, by=by, at=at)
    if is_approved:
        _propose_where_many(deviation, at=at)
    return deviation


def _propose_where_many(deviation: Deviation, *, at: datetime) -> None:
    """Deviations from one clause that pile up say that the clause does not fit: it is proposed for revision, once."""
    clause = deviation.duty.requirement.clause
    # Whoever approves another one on the same standard at this moment waits, and then finds the proposal.
    standard = Standard.objects.select_for_update().get(pk=clause.edition.standard_id)
    held = Deviation.objects.on(_day(at)).filter(
        duty__requirement__edition__standard=standard, duty__requirement__clause__number=clause.number
    )
    numbers = list(held.order_by("number").values_list("number", flat=True))
    known = Proposal.objects.filter(
        standard=standard, clause_number=clause.number, source=ProposalSource.DEVIATION, state__in=OPEN_PROPOSALS
    )
    if len(numbers) < ENOUGH_FOR_A_PROPOSAL or known.exists():
        return
    reason = _("%(n)d 个偏离同时有效：%(numbers)s。") % {"n": len(numbers), "numbers": "、".join(numbers[:10])}
    propose_revision(
        clause=clause, reason=reason, source=ProposalSource.DEVIATION, evidence=deviation.reason, by=None, at=at
    )


@transaction.atomic
def end_deviation(*, deviation: Deviation, reason: str, by: Person, at: datetime) -> Deviation:
    """A deviation that is no longer needed, or whose measure is not kept, ends today: from tomorrow the clause counts again.

    Announces `deviation_ended`. Refuses one that does not hold, and an empty reason.
    """
    deviation = _locked(deviation)
    state = DEVIATION.step("end", deviation.state, sentence=_("这份偏离没有生效，或已经终止。"))
    if not deviation.is_in_force(_day(at)):
        raise Refused(_("这份偏离已经到期。"))
    if not access.may_end_deviation(scope_of(by, on=_day(at)), deviation):
        raise Refused(_("偏离由批准人、查的单位或做的单位终止。"))
    if not reason.strip():
        raise Refused(_("请写明为什么提前终止。"))
    deviation.state, deviation.ended_reason, deviation.ended_by, deviation.ended_at = state, reason.strip(), by, at
    deviation.valid = DateRange(deviation.valid.lower, _day(at) + timedelta(days=1))
    deviation.save()
    sentence = _("提前终止偏离，明天起按条款执行")
    write_entry(
        verb="end_deviation",
        sentence=sentence,
        subject=deviation,
        by=by,
        at=at,
        payload={"say": deviation.ended_reason},
    )
    deviation_ended.send(Deviation, deviation=deviation, by=by, at=at)
    return deviation
