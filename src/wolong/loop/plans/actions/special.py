"""A special round (专项检查): a head wants certain duties looked at now, beside the month's plan."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.estate.places.models import OfficeArea
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

MOST_DUTIES = 200


@transaction.atomic
def add_special_round(
    *, area: OfficeArea, name: str, duties: Iterable[Duty], inspector: Person, due_on: date, by: Person, at: datetime
) -> Round:
    """A head of the centre or its sections has certain duties checked by a day, outside the month's compilation.

    Refuses an empty list, more than 200 duties, a duty of another area, a day gone by, a month that has no plan yet,
    and an inspector of the unit that does the work.
    """
    today = timezone.localtime(at).date()
    if not access.may_arrange(scope_of(by), area):
        raise Refused(_("专项检查由中心负责人或科室主管安排。"))
    chosen = list(duties)
    if not chosen or len(chosen) > MOST_DUTIES:
        raise Refused(_("请选 1 到 %(n)s 项职责。") % {"n": MOST_DUTIES})
    if due_on < today:
        raise Refused(_("截止日期已经过去。"))
    if any(duty.area_id != area.pk for duty in chosen):
        raise Refused(_("有的职责不在这个办公区。"))
    own = inspector.organization.path or ""
    if any(duty.doer is not None and own.startswith(duty.doer.path or "?") for duty in chosen):
        raise Refused(_("做这件事的单位的人不能自己来查。"))
    lock_plans(area)
    plan = Plan.objects.filter(area=area, month=due.month_of(today)).first()
    if plan is None:
        raise Refused(_("本月计划还没有编排，先编排月计划。"))
    made = _save(plan, name.strip() or _("专项检查"), chosen, inspector, (today, due_on))
    words = {"name": made.name, "n": len(chosen), "who": inspector.name}
    sentence = _("安排专项检查“%(name)s”，%(n)s 项，由%(who)s承担") % words
    write_entry(verb="add_special_round", sentence=sentence, subject=made, by=by, at=at)
    return made


def _save(plan: Plan, name: str, duties: list[Duty], inspector: Person, days: tuple[date, date]) -> Round:
    settings = dict(MethodMinutes.objects.filter(area=plan.area).values_list("method", "minutes"))
    minutes = {duty.pk: budget.minutes_for(duty.requirement.method, settings) for duty in duties}
    made = Round.objects.create(
        plan=plan,
        area=plan.area,
        number=next_numbers(area=plan.area, year=days[0].year, count=1)[0],
        name=name,
        kind=RoundKind.SPECIAL,
        inspector=inspector,
        starts_on=days[0],
        due_on=days[1],
        minutes=round(sum(minutes.values())),
    )
    CheckItem.objects.bulk_create(
        CheckItem(
            round=made,
            duty=duty,
            requirement_id=duty.requirement_id,
            place_id=duty.place_id,
            position=position,
            minutes=minutes[duty.pk],
            reason=_("专项检查"),
        )
        for position, duty in enumerate(duties, start=1)
    )
    return made
