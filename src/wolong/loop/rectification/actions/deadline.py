"""More time, late orders, and deadlines counted anew when the calendar changes."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Actor, Refused
from wolong.ground.people.models import Person
from wolong.loop.findings.actions import note_progress
from wolong.loop.rectification import access, queries, rules, signals
from wolong.loop.rectification.actions.held import deadline_of, hold, local_day, scope_at
from wolong.loop.rectification.models import Extension, Order
from wolong.loop.rectification.states import EXTENSION, OPEN_STATES, OWED_STATES, ExtensionState


@transaction.atomic
def ask_extension(*, order: Order, until: date, reason: str, by: Person, at: datetime) -> Extension:
    """The responsible unit asks for more time, with a reason; one request at a time. Announces `extension_asked`."""
    order = hold(order)
    if order.state not in OWED_STATES:
        raise Refused(_("通知单%(state)s，不能申请延期。") % {"state": order.get_state_display()})
    if not access.is_of_unit(scope_at(by, at), order.responsible):
        raise Refused(_("只有%(unit)s的人能申请延期。") % {"unit": order.responsible})
    if order.extensions.filter(state=ExtensionState.ASKED).exists():
        raise Refused(_("上一次延期申请还没有审批。"))
    if not rules.may_extend_to(until=until, due=order.due_on, today=local_day(at)):
        raise Refused(
            _("延期后的日期要晚于现在的期限 %(day)s，也不能早于今天。") % {"day": rules.day_words(order.due_on)}
        )
    if not reason.strip():
        raise Refused(_("请写明延期的理由。"))
    extension = Extension.objects.create(order=order, until=until, reason=reason.strip(), asked_by=by, asked_at=at)
    note_progress(finding=order.finding, stage=rules.stage_of(order.state, is_extension_open=True), due_on=order.due_on)
    sentence = _("申请延期到 %(day)s") % {"day": rules.day_words(until)}
    payload = {"until": until.isoformat(), "say": extension.reason}
    write_entry(verb="ask_extension", sentence=sentence, subject=order, by=by, at=at, payload=payload)
    signals.extension_asked.send(Order, order=order, extension=extension, by=by, at=at)
    return extension


@transaction.atomic
def decide_extension(
    *, extension: Extension, is_granted: bool, decision: str = "", by: Person, at: datetime
) -> Extension:
    """A request for more time is granted or refused by those who may issue; granting moves the deadline.

    Announces `extension_decided`. Refuses a request already decided, a day that has passed meanwhile, a refusal without
    a word.
    """
    order = hold(extension.order)
    extension = Extension.objects.select_for_update().get(pk=extension.pk)
    extension.order = order
    verb = "grant" if is_granted else "refuse"
    sentence = _("这个申请%(state)s，可能刚刚有人处理过。") % {"state": extension.get_state_display()}
    state = EXTENSION.step(verb, extension.state, sentence=sentence)
    if not access.may_decide_extension(scope_at(by, at), extension):
        raise Refused(_("只有监督科室的主管或中心负责人才能审批延期。"))
    if is_granted and extension.until < local_day(at):
        raise Refused(_("申请延到的 %(day)s 已经过去，只能不准。") % {"day": rules.day_words(extension.until)})
    if not is_granted and not decision.strip():
        raise Refused(_("不准延期，请写明理由。"))
    extension.state, extension.decision = state, decision.strip()
    extension.decided_by, extension.decided_at = by, at
    extension.save()
    if is_granted:
        order.due_on, order.is_due_computed, order.is_due_provisional = extension.until, False, False
        order.escalation = 0
        order.save()
    note_progress(finding=order.finding, stage=rules.stage_of(order.state), due_on=order.due_on)
    words = _("准许延期到 %(day)s") if is_granted else _("不准延期到 %(day)s")
    payload = {"until": extension.until.isoformat(), "is_granted": is_granted, "say": extension.decision}
    write_entry(
        verb=f"{verb}_extension",
        sentence=words % {"day": rules.day_words(extension.until)},
        subject=order,
        by=by,
        at=at,
        payload=payload,
    )
    signals.extension_decided.send(Order, order=order, extension=extension, by=by, at=at)
    return extension


def escalate_overdue(*, on: date, at: datetime) -> int:
    """Every late order is told upward: +1 day company manager, +3 section head, +7 centre head; each step once.

    Each order in its own transaction, so that one that is being worked on does not hold up the rest. Returns how many
    orders reached a new step.
    """
    late = queries.overdue(on=on).filter(escalation__lt=len(rules.ESCALATION_DAYS)).select_related("finding")
    return sum(escalate_order(order=order, on=on, at=at) for order in late.order_by("pk").iterator(chunk_size=500))


@transaction.atomic
def escalate_order(*, order: Order, on: date, at: datetime) -> bool:
    """One late order reaches its next steps; nothing happens twice. Announces `order_overdue` for each new step."""
    order = hold(order)
    reached = rules.escalation_step(due=order.due_on, today=on)
    if not rules.is_overdue(state=order.state, due=order.due_on, today=on) or reached <= order.escalation:
        return False
    steps = range(order.escalation + 1, reached + 1)
    order.escalation = reached
    order.save(update_fields=["escalation"])
    told = {1: _("责任单位负责人"), 2: _("科室主管"), 3: _("中心负责人")}
    sentence = _("逾期 %(days)d 天，升级告知%(who)s") % {
        "days": (on - order.due_on).days,
        "who": "、".join(told[number] for number in steps),
    }
    write_entry(verb="escalate", sentence=sentence, subject=order, by=None, at=at, payload={"step": reached})
    for number in steps:
        signals.order_overdue.send(Order, order=order, step=number, at=at)
    return True


@transaction.atomic
def recompute_deadlines(*, first: date, last: date, by: Actor | None, at: datetime) -> int:
    """Deadlines that follow from the calendar are counted anew where its days changed; set ones stay.

    Nobody who was in time becomes late by it. Returns how many changed.
    """
    touched = Order.objects.filter(
        Q(is_due_provisional=True) | Q(due_on__gte=first, counted_from__date__lte=last),
        state__in=OPEN_STATES,
        is_due_computed=True,
    ).select_related("finding")
    return sum(_recompute(order, by, at) for order in touched.order_by("finding_id"))


def _recompute(order: Order, by: Actor | None, at: datetime) -> bool:
    order = hold(order)
    computed = deadline_of(order.finding, order.counted_from)
    new = rules.recomputed(old=order.due_on, new=computed, today=local_day(at))
    if order.state not in OPEN_STATES or (new.on, new.is_provisional) == (order.due_on, order.is_due_provisional):
        return False
    old = order.due_on
    order.due_on, order.is_due_provisional = new.on, new.is_provisional
    order.save(update_fields=["due_on", "is_due_provisional"])
    note_progress(finding=order.finding, stage=order.finding.stage, due_on=new.on)
    sentence = _("年历变动，期限由 %(old)s 重算为 %(new)s") % {
        "old": rules.day_words(old),
        "new": rules.day_words(new.on),
    }
    if old == new.on:
        sentence = _("年历公布，期限 %(new)s 不再是暂定") % {"new": rules.day_words(new.on)}
    payload = {"old": old.isoformat(), "new": new.on.isoformat(), "is_provisional": new.is_provisional}
    write_entry(verb="recompute_deadline", sentence=sentence, subject=order, by=by, at=at, payload=payload)
    return True
