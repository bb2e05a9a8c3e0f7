"""A month is compiled: what stands is kept, what fell away is superseded, what is left is chosen within the hours."""

import math
from datetime import date, datetime
from decimal import Decimal

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.estate.places.models import OfficeArea
from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.access import scope_of
from wolong.ground.people.models import Person
from wolong.loop.plans import access
from wolong.loop.plans.actions.arranging import cancel_empty_rounds, make_rounds, supersede
from wolong.loop.plans.actions.strata import Strata, prepare_draws
from wolong.loop.plans.models import CheckItem, Omission, Plan
from wolong.loop.plans.queries.inputs import Inputs, PlannedDuty, inputs_of
from wolong.loop.plans.rules import budget, due
from wolong.loop.plans.signals import plan_compiled
from wolong.loop.plans.states import ItemState, RoundKind, RoundState

LOCK_SPACE = 4301  # advisory locks of plans, one per area


def lock_plans(area: OfficeArea) -> None:
    """One compiler, drawer or walker at a time changes the plans of an area, until its transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, area.pk])


@transaction.atomic
def compile_month(*, area: OfficeArea, month: date, by: Person | None, at: datetime) -> Plan:
    """An area's month is planned within its inspectors' hours; the same inputs again change nothing.

    Heads of the centre or its sections may; `by` None is the installation itself. Grave checks come in full, then what
    was drawn, the rest by risk; what does not fit becomes an Omission. Done items stay; pending ones are superseded
    only where their duty fell away. Announces `plan_compiled`. Refuses a month that has passed.
    """
    if by is not None and not access.may_compile(scope_of(by), area):
        raise Refused(_("编排月计划是中心负责人和科室主管的事。"))
    if due.last_day(month) < timezone.localtime(at).date():
        raise Refused(_("这个月已经过去，不能再编排。"))
    return compile_plan(area=area, month=month, by=by, at=at)


@transaction.atomic
def recompile(*, area: OfficeArea, by: Person | None, at: datetime) -> list[Plan]:
    """Duties changed: the plans of this month and later are compiled anew; an area without a plan stays without."""
    this_month = due.month_of(timezone.localtime(at).date())
    months = Plan.objects.filter(area=area, month__gte=this_month).order_by("month").values_list("month", flat=True)
    return [compile_plan(area=area, month=month, by=by, at=at) for month in list(months)]


def compile_plan(*, area: OfficeArea, month: date, by: Person | None, at: datetime) -> Plan:
    """Compile without asking who may: for verbs that have asked, and for news from below."""
    lock_plans(area)
    month = due.month_of(month)
    inputs = inputs_of(area, month)
    digest = inputs.hash
    plan, _made = Plan.objects.get_or_create(area=area, month=month, defaults={"compiled_at": at, "compiled_by": by})
    if plan.inputs_hash == digest:
        return plan
    prepare_draws(plan=plan, strata=Strata.of(plan, inputs), inputs=inputs, at=at)
    _Compiler(plan, inputs, at).run()
    plan.inputs_hash, plan.compiled_at, plan.compiled_by = digest, at, by
    plan.save()
    sentence = _("编排 %(month)s 月计划：排入 %(hours)s 小时，可用 %(budget)s 小时") % {
        "month": f"{month:%Y-%m}",
        "hours": f"{plan.planned_minutes / 60:.1f}",
        "budget": f"{plan.budget_minutes / 60:.1f}",
    }
    write_entry(verb="compile_month", sentence=sentence, subject=plan, by=by, at=at, payload={"inputs": digest})
    plan_compiled.send(Plan, plan=plan, by=by, at=at)
    return plan


class _Compiler:
    """One compilation; it lives for one call."""

    def __init__(self, plan: Plan, inputs: Inputs, at: datetime) -> None:
        self.plan, self.inputs, self.at = plan, inputs, at
        self.strata = Strata.of(plan, inputs)
        self.wanted = self._wanted()

    def run(self) -> None:
        standing = list(
            CheckItem.objects.filter(round__plan=self.plan)
            .standing()
            .exclude(round__state=RoundState.CANCELLED)
            .select_related("round")
            .order_by("pk")
        )
        kept = self._keep(standing)
        left = self._left(kept)
        planned = {item.duty_id for item in kept}
        candidates = [self._candidate(duty) for pk, duty in self.wanted.items() if pk not in planned]
        reserved = self.strata.reserved_minutes
        chosen, out = budget.fit(candidates, hours=left, reserved=reserved, on=self.plan.month)
        misfits = make_rounds(plan=self.plan, inputs=self.inputs, chosen=chosen, left=left, at=self.at)
        out.update(dict.fromkeys(misfits, budget.Reason.NO_TIME))
        self._omit(out)
        cancel_empty_rounds(plan=self.plan)
        new = sum((each.minutes for each in chosen if each.duty not in misfits), Decimal(0))
        self.plan.planned_minutes = math.ceil(new + sum((item.minutes for item in kept), Decimal(0)))
        self.plan.budget_minutes = int(sum(each.minutes for each in self.inputs.inspectors.values()))
        self.plan.reserved_minutes = math.ceil(reserved)

    def _wanted(self) -> dict[int, PlannedDuty]:
        """What is to be checked this month: the due ones, and of sampled strata the sample."""
        month, drawn = self.plan.month, self.strata.drawn_duties
        return {
            pk: duty
            for pk, duty in self.inputs.duties.items()
            if pk in drawn or (not duty.is_sampled and duty.is_due(month))
        }

    def _keep(self, standing: list[CheckItem]) -> list[CheckItem]:
        """Supersede the pending items whose duty is no longer wanted or whose inspector's hours no longer reach."""
        stays: list[CheckItem] = []
        gone: list[CheckItem] = []
        for item in standing:
            # An item that was looked at stays as it was done.
            # What a head wants looked at beside the plan (专项) stays as long as its duty stands.
            basis = self.inputs.duties if item.round.kind == RoundKind.SPECIAL else self.wanted
            lost = item.state == ItemState.PENDING and item.duty_id not in basis
            (gone if lost else stays).append(item)
        supersede(gone, duties=self.inputs.duties)
        too_many = self._beyond_hours(stays)
        supersede(too_many, reason=_("巡查工时减少"))
        dropped = {item.pk for item in too_many}
        return [item for item in stays if item.pk not in dropped]

    def _beyond_hours(self, items: list[CheckItem]) -> list[CheckItem]:
        """Pending items of rounds not begun that their inspector no longer has time for, the least pressing first."""
        left = self._left(items)
        if all(minutes >= 0 for minutes in left.values()):
            return []
        loose = [
            item
            for item in items
            if item.state == ItemState.PENDING
            and item.round.state == RoundState.PLANNED
            and item.round.kind != RoundKind.SPECIAL
        ]
        order = {
            each.duty: rank
            for rank, each in enumerate(
                budget.ranked((self._candidate(self.wanted[item.duty_id]) for item in loose), on=self.plan.month)
            )
        }
        dropped = []
        for item in sorted(loose, key=lambda each: (-order[each.duty_id], each.pk)):
            inspector = item.round.inspector_id
            if inspector is not None and left.get(inspector, Decimal(0)) < 0:
                left[inspector] += item.minutes
                dropped.append(item)
        return dropped

    def _left(self, items: list[CheckItem]) -> dict[int, Decimal]:
        """Minutes each inspector has beside some items; one who no longer inspects has none."""
        left = {pk: each.minutes for pk, each in self.inputs.inspectors.items()}
        for item in items:
            inspector = item.round.inspector_id
            if inspector is not None:
                left[inspector] = left.get(inspector, Decimal(0)) - item.minutes
        return left

    def _candidate(self, duty: PlannedDuty) -> budget.Candidate:
        return budget.Candidate(
            duty=duty.pk,
            requirement=duty.requirement,
            severity=duty.severity,
            minutes=self.inputs.minutes_of(duty),
            cycle_months=duty.cycle_months or 1,
            odds=self.inputs.odds[duty.pk],
            since=duty.since,
            last_checked_on=duty.last_checked_on,
            last_overall_on=duty.last_overall_on,
            is_drawn=duty.pk in self.strata.drawn_duties,
            reads_log=due.reads_log(duty.cycle_label),
            shut_out=self.inputs.shut_out(duty),
        )

    def _omit(self, out: dict[int, budget.Reason]) -> None:
        """本期查不到, by requirement: how many, how long, and why (the first reason that applies)."""
        reasons = dict(out)
        for pk, duty in self.inputs.duties.items():
            if duty.cycle_months is None and not duty.is_event_driven and pk not in self.wanted:
                reasons[pk] = budget.Reason.NO_CYCLE
        rows: dict[int, Omission] = {}
        for pk, reason in sorted(reasons.items()):
            duty = self.inputs.duties[pk]
            row = rows.setdefault(
                duty.requirement,
                Omission(plan=self.plan, requirement_id=duty.requirement, duties=0, minutes=Decimal(0), reason=reason),
            )
            row.duties += 1
            row.minutes += self.inputs.minutes_of(duty)
        self.plan.omissions.all().delete()
        Omission.objects.bulk_create(rows.values())
