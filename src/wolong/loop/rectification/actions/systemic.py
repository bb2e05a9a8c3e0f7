"""What let a clause fail again and again: ordered, reported, verified."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.estate.places.actions import next_number
from wolong.estate.places.models import OfficeArea
from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.access import scope_of
from wolong.ground.people.models import Organization, Person
from wolong.loop.rectification import access
from wolong.loop.rectification.models import SystemicOrder
from wolong.loop.rectification.signals import systemic_ordered
from wolong.loop.rectification.states import SYSTEMIC


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _locked(order: SystemicOrder) -> SystemicOrder:
    return (
        SystemicOrder.objects.select_for_update(of=("self",)).select_related("area__centre", "owner").get(pk=order.pk)
    )


@transaction.atomic
def order_systemic(
    *, area: OfficeArea, title: str, demand: str, owner: Organization, due_on: date, by: Person, at: datetime
) -> SystemicOrder:
    """One unit puts right, by a day, what let a clause fail again and again.

    Heads of the centre and of its sections order. Announces `systemic_ordered`. Refuses a day in the past and an empty demand.
    """
    if not access.may_order_systemic(scope_of(by, on=_day(at)), area):
        raise Refused(_("系统性整改单由服务中心或科室的负责人签发。"))
    if due_on <= _day(at):
        raise Refused(_("期限要在今天以后。"))
    if not demand.strip():
        raise Refused(_("请写明要改什么。"))
    order = SystemicOrder.objects.create(
        number=next_number(prefix="XT", area=area, year=_day(at).year, rows=SystemicOrder.objects.all()),
        area=area, title=title[:200], demand=demand.strip(), owner=owner, due_on=due_on, issued_by=by, issued_at=at,
    )  # fmt: skip
    sentence = _("签发系统性整改单，由%(unit)s在 %(day)s 前落实") % {"unit": owner, "day": due_on}
    write_entry(verb="order_systemic", sentence=sentence, subject=order, by=by, at=at, payload={"say": order.demand})
    systemic_ordered.send(SystemicOrder, order=order, by=by, at=at)
    return order


@transaction.atomic
def report_systemic(*, order: SystemicOrder, account: str, by: Person, at: datetime) -> SystemicOrder:
    """The unit says what it did. Refuses another unit's people, an empty account, and a second one."""
    order = _locked(order)
    state = SYSTEMIC.step("report", order.state, sentence=_("这张单已经报告过落实情况。"))
    if not access.is_of_unit(scope_of(by, on=_day(at)), order.owner):
        raise Refused(_("落实情况由责任单位报告。"))
    if not account.strip():
        raise Refused(_("请写明做了什么。"))
    order.state, order.account, order.reported_by, order.reported_at = state, account.strip(), by, at
    order.save()
    write_entry(
        verb="report_systemic", sentence=_("报告落实情况"), subject=order, by=by, at=at, payload={"say": order.account}
    )
    return order


@transaction.atomic
def verify_systemic(*, order: SystemicOrder, has_worked: bool, verdict: str, by: Person, at: datetime) -> SystemicOrder:
    """Whether it worked, by the figures of the next half-year. Never who reported it, nor who works for the unit."""
    order = _locked(order)
    verb = "confirm" if has_worked else "reject"
    state = SYSTEMIC.step(verb, order.state, sentence=_("责任单位还没有报告，或已经验证过。"))
    if not access.may_verify_systemic(scope_of(by, on=_day(at)), order):
        raise Refused(_("由服务中心的负责人或科室主管验证，责任单位自己不能验证。"))
    if not verdict.strip():
        raise Refused(_("请写明依据什么判断。"))
    order.state, order.verdict, order.verified_by, order.verified_at = state, verdict.strip(), by, at
    order.save()
    sentence = _("验证：%(state)s") % {"state": order.get_state_display()}
    write_entry(verb="verify_systemic", sentence=sentence, subject=order, by=by, at=at, payload={"say": order.verdict})
    return order
