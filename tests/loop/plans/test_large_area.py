"""A month for 5,000 pieces of equipment is compiled, draws and all; how fast is measured in bench/."""

import hashlib
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from tests.factories.equipment import SystemFactory
from tests.factories.plans import DECEMBER, LONG_AGO, MORNING, requirement, scene
from wolong.estate.equipment.models import Equipment
from wolong.loop.duties.models import Duty
from wolong.loop.plans.actions import compile_month, draw
from wolong.loop.plans.models import CheckItem

PIECES = 5000


@pytest.mark.slow
@pytest.mark.django_db
def test_a_month_for_five_thousand_pieces_is_compiled_within_the_hours() -> None:
    here = scene(rooms=40)
    systems = [SystemFactory(name=name) for name in ("电梯", "供配电", "给排水", "消防")]
    pieces = Equipment.objects.bulk_create(
        Equipment(
            area=here.area,
            system=systems[n % 4],
            place=here.rooms[n % 40],
            kind="设备",
            code=f"S-{n:05d}",
            name=f"{n} 号设备",
        )
        for n in range(PIECES)
    )
    asked = [
        requirement("C"),
        requirement("B", 3, "每季度"),
        requirement("B", 3, "每季度抽查 20%", sample_percent=Decimal(20)),
    ]
    Duty.objects.bulk_create(
        Duty(
            area=here.area,
            requirement=each,
            place_id=piece.place_id,
            equipment=piece,
            object_label=piece.name,
            doer=here.company,
            checker=here.section,
            cycle_months=each.cycle_months,
            sample_percent=each.sample_percent,
            fingerprint=hashlib.sha256(each.fingerprint.encode()).hexdigest(),
            valid=DateRange(LONG_AGO, None),
        )
        for each in asked
        for piece in pieces
    )
    plan = compile_month(area=here.area, month=DECEMBER, by=here.head, at=MORNING)
    draw(plan=plan, seed_a="38", seed_a_by=here.head, seed_b="71", seed_b_by=here.second, at=MORNING)
    drawn = CheckItem.objects.count()
    compile_month(area=here.area, month=DECEMBER, by=here.head, at=MORNING)
    assert CheckItem.objects.count() == drawn
    plan.refresh_from_db()
    assert plan.planned_minutes <= plan.budget_minutes
    assert CheckItem.objects.count() > 500
