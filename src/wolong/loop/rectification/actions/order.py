"""Issue, receive, cancel, watch, remind, follow up."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wolong.estate.places.actions import next_number
from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person
from wolong.loop.findings.actions import lock_finding, note_progress, reopen_finding
from wolong.loop.findings.models import Finding
from wolong.loop.findings.states import Stage
from wolong.loop.rectification import access, rules, signals
from wolong.loop.rectification.actions.held import hold, lapse_extension, local_day, scope_at, set_deadline, step
from wolong.loop.rectification.models import FollowUp, Order
from wolong.loop.rectification.states import OWED_STATES, State


@transaction.atomic
def issue_order(*, finding: Finding, due_on: date | None = None, demand: str = "", by: Person, at: datetime) -> Order:
    """The supervising section's head orders a unit to put a finding right, by the last day of the clause's term.

    The centre head may, too. Announces `order_issued`. Refuses a second order for one finding, an observation (O), a
    finding without a responsible unit, and a deadline in the past.
    """
    finding = lock_finding(finding)
    known = Order.objects.filter(finding=finding).first()
    if known is not None:
        raise Refused(_("这个问题已经下发整改通知单 %(number)s。") % {"number": known.number})
    if finding.stage == Stage.NOTED:
        raise Refused(_("观察项只作记录，不下发整改通知单。"))
    if finding.stage != Stage.OPEN:
        raise Refused(_("问题%(state)s，不能下发整改通知单。") % {"state": finding.get_stage_display()})
    if finding.responsible is None:
        raise Refused(_("这个问题还没有责任单位，请先指定，再下发。"))
    if not access.may_issue(scope_at(by, at), finding):
        raise Refused(_("只有监督科室的主管或中心负责人才能签发整改通知单。"))
    order = Order(
        number=next_number(prefix="ZG", area=finding.area, year=local_day(at).year, rows=Order.objects.all()),
        finding=finding,
        area=finding.area,
        responsible=finding.responsible,
        supervisor=finding.supervisor or finding.area.centre,
        demand=demand.strip(),
        issued_by=by,
        issued_at=at,
    )
    set_deadline(order, asked=due_on, since=at)
    order.save()
    note_progress(finding=finding, stage=Stage.ISSUED, due_on=order.due_on)
    sentence = _("签发整改通知单，限 %(day)s前") % {"day": rules.day_words(order.due_on)}
    payload = {"number": order.number, "due_on": order.due_on.isoformat(), "is_provisional": order.is_due_provisional}
    write_entry(
        verb="issue_order", sentence=sentence, subject=order, by=by, at=at, payload={**payload, "say": order.demand}
    )
    signals.order_issued.send(Order, order=order, by=by, at=at)
    return order


@transaction.atomic
def receive_order(*, order: Order, by: Person, at: datetime) -> Order:
    """Somebody of the responsible unit signs for the order. Announces `order_received`. Refuses it from anybody else."""
    order = hold(order)
    order.state = step(order, "receive")
    if not access.is_of_unit(scope_at(by, at), order.responsible):
        raise Refused(_("只有%(unit)s的人能签收。") % {"unit": order.responsible})
    order.received_by, order.received_at = by, at
    order.save()
    note_progress(finding=order.finding, stage=Stage.RECEIVED, due_on=order.due_on)
    write_entry(verb="receive_order", sentence=_("签收整改通知单"), subject=order, by=by, at=at)
    signals.order_received.send(Order, order=order, by=by, at=at)
    return order


@transaction.atomic
def cancel_order(*, order: Order, by: Person, at: datetime) -> Order:
    """An order whose finding was withdrawn is cancelled; a closed one stays closed. Announces `order_cancelled`."""
    order = hold(order)
    order.state = step(order, "cancel")
    order.save()
    lapse_extension(order)
    write_entry(verb="cancel_order", sentence=_("因问题撤销，撤销整改通知单"), subject=order, by=by, at=at)
    signals.order_cancelled.send(Order, order=order, by=by, at=at)
    return order


@transaction.atomic
def watch_order(*, order: Order, by: Person, at: datetime) -> Order:
    """A leader or the centre head puts an open order under watch (挂牌督办). Announces `order_watched`."""
    order = hold(order)
    if order.watched_at is not None:
        raise Refused(_("这张通知单已经挂牌督办。"))
    if not access.may_watch(scope_at(by, at), order):
        raise Refused(_("只有局领导或中心负责人才能对未闭环的通知单挂牌督办。"))
    order.watched_by, order.watched_at = by, at
    order.save()
    write_entry(verb="watch_order", sentence=_("挂牌督办"), subject=order, by=by, at=at)
    signals.order_watched.send(Order, order=order, by=by, at=at)
    return order


@transaction.atomic
def remind(*, order: Order, by: Person, at: datetime) -> Order:
    """The unit that owes an answer is reminded (催办), at most once a day. Announces `order_reminded`."""
    order = hold(order)
    if order.state not in OWED_STATES:
        raise Refused(_("通知单%(state)s，不用催办。") % {"state": order.get_state_display()})
    if not access.may_remind(scope_at(by, at), order):
        raise Refused(_("只有监督的一方才能催办。"))
    if order.reminded_on == local_day(at):
        raise Refused(_("今天已经催办过一次。"))
    order.reminded_on = local_day(at)
    order.save(update_fields=["reminded_on"])
    write_entry(verb="remind", sentence=_("催办"), subject=order, by=by, at=at)
    signals.order_reminded.send(Order, order=order, by=by, at=at)
    return order


@transaction.atomic
def follow_up(*, order: Order, is_fixed: bool, said_by: str, remark: str = "", by: Person, at: datetime) -> FollowUp:
    """回访: what the user of the place says after closure; 没修好 reopens order and finding with a new deadline.

    The supervising side asks. Announces `order_reopened` where it was not fixed. Refuses an order that is not closed.
    """
    order = hold(order)
    if order.state != State.CLOSED:
        raise Refused(_("只有已闭环的通知单才回访。"))
    if not access.may_follow_up(scope_at(by, at), order):
        raise Refused(_("回访由监督的一方做，整改单位不能自己回访。"))
    if not said_by.strip():
        raise Refused(_("请写明受访人。"))
    found = FollowUp.objects.create(
        order=order, is_fixed=is_fixed, said_by=said_by.strip(), remark=remark.strip(), asked_by=by, asked_at=at
    )
    sentence = _("回访%(who)s：已修好") if is_fixed else _("回访%(who)s：没修好，重新打开")
    if not is_fixed:
        order.state = step(order, "reopen")
        order.closed_by = order.closed_at = None
        set_deadline(order, asked=None, since=at)
        order.save()
        reopen_finding(finding=order.finding, due_on=order.due_on)
    payload = {"say": found.remark, "is_fixed": is_fixed, "due_on": order.due_on.isoformat()}
    write_entry(
        verb="follow_up", sentence=sentence % {"who": found.said_by}, subject=order, by=by, at=at, payload=payload
    )
    if not is_fixed:
        signals.order_reopened.send(Order, order=order, by=by, at=at)
    return found
