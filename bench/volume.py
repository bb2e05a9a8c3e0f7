"""Volumes beyond the demo for what closes a quarter and a half-year: a period with many observations, three years of ten areas."""

import time
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import cycle, islice

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wolong.entrance.demo.estate_data import LINES
from wolong.estate.contracts.actions import add_contract, add_line
from wolong.estate.places.actions import add_area
from wolong.estate.places.models import OfficeArea
from wolong.ground.people.models import Organization, Person
from wolong.loop.analysis.actions import make_report
from wolong.loop.analysis.rules.halves import half_of
from wolong.loop.appraisal.actions import close_period, present_period
from wolong.loop.appraisal.actions.period import open_period
from wolong.loop.appraisal.models import Period
from wolong.loop.appraisal.rules.quarters import quarter_of
from wolong.loop.duties.models import Duty
from wolong.loop.duties.states import CheckMode
from wolong.loop.fieldwork.models import Observation, Visit
from wolong.loop.fieldwork.states import Verdict, VisitState
from wolong.loop.findings.models import Finding
from wolong.loop.findings.states import Stage
from wolong.loop.plans.models import CheckItem, Plan, Round
from wolong.loop.plans.states import ItemState, RoundKind, RoundState

A_ROUND = 500
AREAS, YEARS = 10, 3
FAILS_ONE_IN = 40
DAYS_LATER = 40  # after the quarter: everybody has had time to answer


@transaction.atomic
def observations(area: OfficeArea, wanted: int, first: date, last: date, prefix: str) -> int:
    """Submitted visits on an area's duties, spread over the days; every fortieth look fails and is a closed finding."""
    duties = list(
        Duty.objects.filter(area=area, doer__isnull=False, checker__isnull=False, line__isnull=False)
        .current().select_related("requirement__clause").order_by("pk")
    )  # fmt: skip
    plan, _made = Plan.objects.get_or_create(
        area=area, month=first.replace(day=1), defaults={"compiled_at": timezone.now()}
    )
    inspector = Person.objects.get(account="zhougong")
    rounds, days = -(-wanted // A_ROUND), (last - first).days
    endless = cycle(duties)
    for number in range(rounds):
        when = timezone.make_aware(datetime.combine(first, datetime.min.time())) + timedelta(
            days=days * number / rounds, hours=9
        )
        _visit(plan, f"{prefix}-{number:05d}", list(islice(endless, A_ROUND)), inspector, when)
    return rounds * A_ROUND


def _visit(plan: Plan, number: str, duties: list[Duty], inspector: Person, when: datetime) -> None:
    day = timezone.localdate(when)
    walk = Round.objects.create(
        plan=plan, area_id=plan.area_id, number=f"XC-{number}", name="压测", kind=RoundKind.MONTHLY,
        state=RoundState.DONE, inspector=inspector, starts_on=day, due_on=day, minutes=1000,
    )  # fmt: skip
    visit = Visit.objects.create(round=walk, inspector=inspector, started_at=when)
    known: dict[int, Duty] = {duty.pk: duty for duty in duties}
    items = CheckItem.objects.bulk_create(
        CheckItem(
            round=walk, duty=duty, requirement_id=duty.requirement_id, place_id=duty.place_id, position=n,
            minutes=Decimal(2), state=ItemState.DONE,
        )
        for n, duty in enumerate(known.values())
    )  # fmt: skip
    seen = Observation.objects.bulk_create(
        Observation(
            visit=visit, item=item, mode=CheckMode.ITEMISED, observed_at=when, observed_by=inspector,
            verdict=Verdict.CONFORMS if n % FAILS_ONE_IN else Verdict.FAILS,
        )
        for n, item in enumerate(items)
    )  # fmt: skip
    Visit.objects.filter(pk=visit.pk).update(state=VisitState.SUBMITTED, submitted_at=when)
    failed = [one for one in seen if one.verdict == Verdict.FAILS]
    Finding.objects.bulk_create(_finding(f"{number}-{n}", known[one.item.duty_id], one) for n, one in enumerate(failed))


def _finding(number: str, duty: Duty, seen: Observation) -> Finding:
    return Finding(
        number=f"WT-{number}", area_id=duty.area_id, observation=seen, duty=duty, requirement_id=duty.requirement_id,
        place_id=duty.place_id, equipment_id=duty.equipment_id, line_id=duty.line_id, responsible_id=duty.doer_id,
        supervisor_id=duty.checker_id, title=duty.object_label[:120], clause_label=duty.requirement.clause.number,
        severity="BC"[duty.pk % 2], points=Decimal("0.1"), found_by_id=seen.observed_by_id, found_at=seen.observed_at,
        stage=Stage.CLOSED, closed_at=seen.observed_at + timedelta(days=duty.pk % 20),
    )  # fmt: skip


def settle_large_period(wanted: int) -> tuple[float, float]:
    """A quarter of the demo's area with so many observations: seconds to present it, and to close it."""
    area, chair = OfficeArea.objects.get(code="WLS"), Person.objects.get(account="chenzhuren")
    first, _last = quarter_of(timezone.localdate())
    for _back in range(3):
        first, last = quarter_of(first - timedelta(days=1))
    if Period.objects.filter(area=area, first_on=first).exists():
        raise SystemExit(f"the demo has appraised {first} already")
    observations(area, wanted, first, last, "P")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    later = timezone.make_aware(datetime.combine(last + timedelta(days=1), datetime.min.time()))
    period = open_period(area=area, day=first, by=chair, at=later)
    started = time.perf_counter()
    present_period(period=period, by=chair, at=later)
    presented = time.perf_counter() - started
    started = time.perf_counter()
    close_period(period=period, by=chair, at=later + timedelta(days=DAYS_LATER))
    return presented, time.perf_counter() - started


def add_areas(each: int) -> list[int]:
    """Ten areas with three years of observations; the reports of the full one and of one with nothing in it, in this order."""
    now = timezone.now()
    today = timezone.localdate(now)
    head, keeper = Person.objects.get(account="chenzhuren"), Person.objects.get(account="admin")
    since = date(today.year - YEARS, 1, 1)
    areas = [OfficeArea.objects.get(code="WLS")]
    areas += [_copy(number, areas[0], since, keeper) for number in range(AREAS - 1)]
    for number, area in enumerate(areas):
        observations(area, each, since, today, f"Y{number}")
    empty = add_area(name="空办公区", code="YX", centre=head.organization, by=keeper, at=now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    before = half_of(half_of(today)[0] - timedelta(days=1))[0]
    return [make_report(area=area, day=before, by=head, at=now).pk for area in (areas[0], empty)]


def _copy(number: int, model: OfficeArea, since: date, keeper: Person) -> OfficeArea:
    """Another area with the duties of the first, so that its figures group as those do; its places are the first one's."""
    head, now = Person.objects.get(account="chenzhuren"), timezone.now()
    area = add_area(
        name=f"压测办公区{number}", code=f"YY{'ABCDEFGHI'[number]}", centre=head.organization, by=keeper, at=now
    )
    company = Organization.objects.get(short_name="示例物业公司")
    contract = add_contract(
        area=area, supplier=company, number=f"YY-{number}", name="压测合同", since=since,
        until=date(since.year + YEARS + 1, 12, 31), by=keeper, at=now,
    )  # fmt: skip
    line = add_line(
        area=area, name=next(iter(LINES)), performer=company, supervisor=head.organization, contract=contract, since=since,
        until=date(since.year + YEARS + 1, 12, 31), by=keeper, at=now,
    )  # fmt: skip
    rows = Duty.objects.filter(area=model).current().order_by("pk")[: A_ROUND * 2]
    for row in rows:
        row.pk, row.area, row.line, row.doer, row.checker = None, area, line, company, head.organization
    Duty.objects.bulk_create(rows)
    return area


def paper_seconds(report: int) -> float:
    """From asking to the whole PDF of a report, in the process; the slower of two after a first one."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(Person.objects.get(account="chenzhuren"), backend="django.contrib.auth.backends.ModelBackend")
    found = []
    for _time in range(3):
        started = time.perf_counter()
        answer = client.get(reverse("analysis:paper", args=[report]))
        found.append(time.perf_counter() - started)
        if not answer.content.startswith(b"%PDF"):
            raise SystemExit(f"no paper: {answer.status_code}")
    return max(found[1:])


__all__ = ["add_areas", "paper_seconds", "settle_large_period"]
