"""Data far beyond the demo: many findings on the demo's duties, and an area with thousands of pieces of equipment."""

from datetime import timedelta
from decimal import Decimal
from itertools import cycle, islice

from django.db import transaction
from django.utils import timezone

from wolong.loop.duties.models import CheckMode, Duty
from wolong.loop.fieldwork.models import Observation, Visit
from wolong.loop.fieldwork.states import Verdict, VisitState
from wolong.loop.findings.models import Finding
from wolong.loop.findings.states import OPEN_STAGES, Stage
from wolong.loop.plans.models import CheckItem, Plan, Round
from wolong.loop.plans.states import ItemState, RoundKind, RoundState

A_ROUND = 250
STAGES = (*OPEN_STAGES, *[Stage.CLOSED] * 18)


@transaction.atomic
def add_findings(wanted: int) -> int:
    """Past rounds with one finding an item, spread over three years and over every duty that has a doer and a checker."""
    duties = list(
        Duty.objects.filter(doer__isnull=False, checker__isnull=False, area__code="WLS")
        .select_related("requirement__clause__edition__standard", "place")
        .order_by("pk")[: A_ROUND * 4]
    )
    if len(duties) < A_ROUND:
        raise SystemExit("too few duties in the demo")
    plan = Plan.objects.filter(area__code="WLS").earliest("month")
    inspector = Round.objects.filter(area__code="WLS", inspector__isnull=False).earliest("pk").inspector
    now = timezone.now()
    made = 0
    stages = cycle(STAGES)
    for number in range(-(-wanted // A_ROUND)):
        when = now - timedelta(days=3 * 365 * (number + 1) / (wanted / A_ROUND))
        batch = list(islice(cycle(duties), number * A_ROUND, (number + 1) * A_ROUND))
        made += _one_round(number, batch, plan, inspector, when, stages)
    return made


def _one_round(number, duties, plan, inspector, when, stages) -> int:  # type: ignore[no-untyped-def]
    day = timezone.localdate(when)
    walk = Round.objects.create(
        plan=plan,
        area_id=plan.area_id,
        number=f"XC-BENCH-{number:05d}",
        name=f"压测 {number}",
        kind=RoundKind.MONTHLY,
        state=RoundState.DONE,
        inspector=inspector,
        starts_on=day,
        due_on=day,
        minutes=480,
    )
    visit = Visit.objects.create(
        round=walk, inspector=inspector, state=VisitState.SUBMITTED, started_at=when, submitted_at=when
    )
    items = CheckItem.objects.bulk_create(
        CheckItem(
            round=walk,
            duty=d,
            requirement_id=d.requirement_id,
            place_id=d.place_id,
            position=n,
            minutes=Decimal(2),
            state=ItemState.DONE,
        )
        for n, d in enumerate(duties)
    )
    seen = Observation.objects.bulk_create(
        Observation(
            visit=visit,
            item=item,
            verdict=Verdict.FAILS,
            mode=CheckMode.ITEMISED,
            observed_at=when,
            observed_by=inspector,
        )
        for item in items
    )
    findings = []
    for n, (duty, observation) in enumerate(zip(duties, seen, strict=True)):
        stage = next(stages)
        findings.append(
            Finding(
                number=f"WT-BENCH-{number:05d}-{n:03d}",
                area_id=duty.area_id,
                observation=observation,
                duty=duty,
                requirement_id=duty.requirement_id,
                place_id=duty.place_id,
                equipment_id=duty.equipment_id,
                line_id=duty.line_id,
                responsible_id=duty.doer_id,
                supervisor_id=duty.checker_id,
                title=f"{duty.place.full_name} {duty.requirement.sentence}"[:120],
                clause_label=duty.requirement.clause.number,
                severity="ABC"[n % 3],
                points=Decimal(1),
                found_by=inspector,
                found_at=when,
                stage=stage,
                due_on=day + timedelta(days=n % 15),
                closed_at=when if stage == Stage.CLOSED else None,
            )
        )
    Finding.objects.bulk_create(findings)
    return len(findings)
