"""A look outside of any plan (随查): somebody of the supervising side comes across something and notes it at once."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.access import scope_of
from wolong.ground.people.models import Person
from wolong.loop.duties.models import Duty
from wolong.loop.plans import access
from wolong.loop.plans.actions.arranging import next_numbers
from wolong.loop.plans.actions.compiling import lock_plans
from wolong.loop.plans.models import CheckItem, MethodMinutes, Plan, Round
from wolong.loop.plans.rules import budget, due
from wolong.loop.plans.states import RoundKind


@transaction.atomic
def add_unplanned_round(*, duty: Duty, by: Person, at: datetime) -> Round:
    """A round of one item, walked by whoever adds it, today. Its minutes count among that person's hours.

    Inspectors and heads of the centre may. Refuses a duty that has ended, one that the person's own unit carries out, and
    a month that has no plan yet.
    """
    today = timezone.localtime(at).date()
    if not access.may_look_unplanned(scope_of(by, on=today), duty.area):
        raise Refused(_("随查由这个办公区的巡查员、科室主管或中心负责人做。"))
    if duty.valid.upper is not None and duty.valid.upper <= today:
        raise Refused(_("这条职责已经结束。"))
    if duty.doer is not None and (by.organization.path or "").startswith(duty.doer.path or "?"):
        raise Refused(_("做这件事的单位的人不能自己来查。"))
    lock_plans(duty.area)
    plan = Plan.objects.filter(area=duty.area, month=due.month_of(today)).first()
    if plan is None:
        raise Refused(_("本月计划还没有编排，先编排月计划。"))
    settings = dict(MethodMinutes.objects.filter(area=duty.area).values_list("method", "minutes"))
    minutes = budget.minutes_for(duty.requirement.method, settings)
    made = Round.objects.create(
        plan=plan,
        area=duty.area,
        number=next_numbers(area=duty.area, year=today.year, count=1)[0],
        name=_("随查 %(what)s") % {"what": duty.object_label[:100]},
        kind=RoundKind.UNPLANNED,
        inspector=by,
        starts_on=today,
        due_on=today,
        minutes=round(minutes),
    )
    CheckItem.objects.create(
        round=made,
        duty=duty,
        requirement_id=duty.requirement_id,
        place_id=duty.place_id,
        position=1,
        minutes=minutes,
        reason=_("随查"),
    )
    sentence = _("随查 %(what)s") % {"what": duty.object_label}
    write_entry(verb="add_unplanned_round", sentence=sentence, subject=made, by=by, at=at)
    return made
