"""An order held for a change: whoever comes second waits, and then finds what the first one left."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.lifecycle import Refused
from wolong.ground.people.access import Scope, scope_of
from wolong.ground.people.models import Person
from wolong.ground.workdays.queries import calendar
from wolong.ground.workdays.rules import Deadline
from wolong.loop.findings.actions import lock_finding
from wolong.loop.findings.models import Finding
from wolong.loop.rectification import rules
from wolong.loop.rectification.models import Order
from wolong.loop.rectification.states import LIFECYCLE, ExtensionState


def hold(order: Order) -> Order:
    """The order's row until the transaction ends; the finding's row first, as every other verb does, so nobody deadlocks."""
    finding = lock_finding(order.finding)
    held = (
        Order.objects.select_for_update(of=("self",))
        .select_related("area__centre", "responsible", "supervisor")
        .get(pk=order.pk)
    )
    held.finding = finding
    return held


def step(order: Order, verb: str) -> str:
    """The state that a verb leads to, or a refusal that says how things stand now."""
    sentence = _("这张通知单现在是“%(state)s”，可能刚刚有人处理过，请刷新后再看。") % {
        "state": order.get_state_display()
    }
    return LIFECYCLE.step(verb, order.state, sentence=sentence)


def scope_at(by: Person, at: datetime) -> Scope:
    """What the person holds on the day of the deed."""
    return scope_of(by, on=local_day(at))


def local_day(at: datetime) -> date:
    return timezone.localtime(at).date()


def deadline_of(finding: Finding, since: datetime) -> Deadline:
    """The last day by the term of the finding's clause, from a moment on."""
    requirement = finding.requirement
    return rules.due_on(
        severity=finding.severity,
        since=timezone.localtime(since),
        calendar=calendar(),
        term_label=requirement.term_label,
        term_workdays=requirement.term_workdays,
        term_hours=requirement.term_hours,
    )


def set_deadline(order: Order, *, asked: date | None, since: datetime) -> None:
    """Give the order its last day: the asked one, else that of the clause; a day in the past is refused."""
    computed = deadline_of(order.finding, since)
    if asked is not None and asked < local_day(since):
        raise Refused(_("期限 %(day)s 已经过去，请改为今天或以后的日期。") % {"day": rules.day_words(asked)})
    order.counted_from = since
    order.is_due_computed = asked is None or asked == computed.on
    order.due_on = computed.on if asked is None else asked
    order.is_due_provisional = order.is_due_computed and computed.is_provisional
    order.escalation = 0
    order.reminded_on = None


def lapse_extension(order: Order) -> None:
    """An undecided request for more time means nothing once the order has moved on."""
    order.extensions.filter(state=ExtensionState.ASKED).update(state=ExtensionState.LAPSED)
