"""Data far beyond the demo: many findings on the demo's duties, and an area with thousands of pieces of equipment."""

import time
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle, islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from wolong.entrance.demo.estate_data import LINES, equipment_rows, place_rows
from wolong.entrance.roster.columns import PEOPLE
from wolong.estate.contracts.actions import add_contract, add_line
from wolong.estate.equipment.actions import import_equipment
from wolong.estate.equipment.tables import columns
from wolong.estate.places.actions import (
    add_area,
    apply_import,
    confirm_import,
    import_places,
    read_import,
    receive_import,
)
from wolong.estate.places.models import OfficeArea
from wolong.ground.papers.sheets import write_sheet
from wolong.ground.people.models import Organization, Person
from wolong.ground.people.states import Role
from wolong.loop.duties.actions import adopt_all
from wolong.loop.duties.models import Duty
from wolong.loop.duties.states import CheckMode
from wolong.loop.fieldwork.models import Observation, Visit
from wolong.loop.fieldwork.states import Verdict, VisitState
from wolong.loop.findings.models import Finding
from wolong.loop.findings.states import OPEN_STAGES, Stage
from wolong.loop.plans.actions import compile_month
from wolong.loop.plans.models import CheckItem, Plan, Round
from wolong.loop.plans.rules.due import month_of
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
    visit = Visit.objects.create(round=walk, inspector=inspector, started_at=when)
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
    Visit.objects.filter(pk=visit.pk).update(state=VisitState.SUBMITTED, submitted_at=when)
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


# Places of the large area, and what stands in each of its machine rooms: kind, short name, model of the demo's rows.
FLOORS = "\n".join(f"{number}号楼|1|大厅 走廊 卫生间 配电室 水泵房:泵房" for number in range(1, 6))
KINDS = (
    ("电梯", "客梯", "KT", "大厅"),
    ("供配电", "配电柜", "PDG", "配电室"),
    ("给排水", "水泵", "SB", "水泵房"),
    ("消防", "灭火器", "MHQ", "走廊"),
)


def compile_large_area(pieces: int) -> float:
    """An area with so many pieces of equipment, its duties derived by the rooms' own verbs; seconds of one compilation."""
    now = timezone.now()
    day = timezone.localdate(now)
    keeper, head = Person.objects.get(account="admin"), Person.objects.get(account="chenzhuren")
    area = add_area(name="压测办公区", code="YC", centre=head.organization, by=keeper, at=now)
    rows, codes = place_rows("YC", "", FLOORS)
    import_places(area=area, rows=rows, by=keeper, at=now)
    each = -(-pieces // (5 * len(KINDS)))
    text = "\n".join(
        f"{number}号楼1层{room}|{system}|{kind}|{short}|{each}|{kind}|B|示例"
        for number in range(1, 6)
        for system, kind, short, room in KINDS
    )
    import_equipment(area=area, rows=equipment_rows(codes, text, day)[:pieces], by=keeper, at=now)
    company = Organization.objects.get(short_name="示例物业公司")
    section = Person.objects.get(account="lizhuguan").organization
    since, until = date(day.year - 1, 1, 1), date(day.year + 1, 12, 31)
    contract = add_contract(
        area=area, supplier=company, number="YC-HT-01", name="压测合同", since=since, until=until, by=keeper, at=now
    )
    for service in LINES:
        add_line(
            area=area,
            name=service,
            performer=company,
            supervisor=section,
            contract=contract,
            since=since,
            until=until,
            by=keeper,
            at=now,
        )
    adopt_all(area=area, by=head, at=now)
    started = time.perf_counter()
    plan = compile_month(area=area, month=month_of(day), by=None, at=now)
    seconds = time.perf_counter() - started
    equipped = Duty.objects.current().filter(area=area, equipment__isnull=False).count()
    if equipped < pieces or not plan.rounds.exists():
        raise SystemExit(f"the large area has only {equipped} duties on its equipment")
    return seconds


def import_large_sheet(rows: int) -> float:
    """A sheet of so many pieces of equipment from upload to written; seconds of reading, comparing and writing."""
    keeper = Person.objects.get(account="admin")
    area = OfficeArea.objects.get(code="YC")
    place = area.places.filter(level="room").earliest("pk").code
    sheet = (
        {"code": f"YC-IMPORT-{n:06d}", "name": f"{n}号摄像机", "system": "弱电", "kind": "摄像机", "place_code": place}
        for n in range(rows)
    )
    data = write_sheet(columns(area), sheet, name="设备")
    return _seconds_to_import(rows, kind="equipment", area=area, data=data, file_name="压测.xlsx", by=keeper)


def bring_people(number: int) -> float:
    """A list of so many inspectors of one section, from upload to accounts and grants; seconds."""
    keeper = Person.objects.get(account="admin")
    unit = Person.objects.get(account="zhougong").organization
    sheet = (
        {
            "account": f"bench{n:05d}",
            "name": f"某{n}",
            "unit": unit.name,
            "role": Role.INSPECTOR,
            "since": date(2026, 1, 1),
        }
        for n in range(number)
    )
    data = write_sheet(PEOPLE, sheet, name="人员")
    return _seconds_to_import(number, kind="people", area=None, data=data, file_name="人员.xlsx", by=keeper)


def _seconds_to_import(rows: int, *, by: Person, **sheet: Any) -> float:
    now = timezone.now()
    started = time.perf_counter()
    job = read_import(job=receive_import(by=by, at=now, **sheet), at=now)
    job = apply_import(job=confirm_import(job=job, by=by, at=now), at=now)
    if job.rows_total != rows:
        raise SystemExit(f"the import wrote {job.rows_total} rows: {job.faults[:3]}")
    return time.perf_counter() - started
