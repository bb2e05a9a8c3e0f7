"""20,000 rows come in whole; more than 50,000 not at all. How fast is measured in bench/."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.factories import people
from tests.factories import places as make
from wolong.estate.equipment.models import Equipment
from wolong.estate.equipment.tables import columns
from wolong.estate.places import actions
from wolong.estate.places.models import ImportJob, Place
from wolong.estate.places.states import ImportState
from wolong.estate.places.tables import COLUMNS
from wolong.ground.papers.sheets import write_sheet

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def places(buildings: int, floors: int, rooms: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for b in range(buildings):
        rows.append({"code": f"{b}", "name": f"{b}号楼", "level": "building"})
        for f in range(1, floors + 1):
            floor = f"{b}-{f}"
            rows.append({"code": floor, "name": f"{f}层", "level": "floor", "parent_code": f"{b}", "floor_number": f})
            rows += [
                {"code": f"{floor}-{r}", "name": f"{r:03d}室", "level": "room", "kind": "办公室", "parent_code": floor}
                for r in range(rooms)
            ]
    return rows


def equipment_sheet(number: int) -> bytes:
    rows = (
        {
            "code": f"E{n}",
            "name": f"{n}号摄像机",
            "system": "弱电",
            "kind": "摄像机",
            "place_code": f"{n % 20}-1-{n % 50}",
        }
        for n in range(number)
    )
    return write_sheet(columns(None), rows, name="设备")  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.django_db
def test_twenty_thousand_rows_come_in_whole_and_a_second_time_change_nothing() -> None:
    keeper = people.person(at=people.centre())
    area = make.area(centre=keeper.organization)
    rows = places(20, 18, 55)
    assert len(rows) >= 20_000
    for kind, data, model in (
        ("places", write_sheet(COLUMNS, rows, name="场所"), Place),
        ("equipment", equipment_sheet(20_000), Equipment),
    ):
        job = actions.receive_import(kind=kind, area=area, data=data, file_name="大表.xlsx", by=keeper, at=AT)
        assert not actions.is_read_at_once(job)
        job = actions.read_import(job=job, at=AT)
        assert job.state == ImportState.READY, job.faults[:3]
        job = actions.apply_import(job=actions.confirm_import(job=job, by=keeper, at=AT), at=AT)
        assert job.state == ImportState.DONE
        assert model.objects.filter(area=area).count() >= 20_000
        again = actions.receive_import(kind=kind, area=area, data=data, file_name="大表.xlsx", by=keeper, at=AT)
        again = actions.read_import(job=again, at=AT)
        assert (again.counts["new"], again.counts["changed"]) == (0, 0)


@pytest.mark.slow
@pytest.mark.django_db
def test_more_than_fifty_thousand_rows_are_refused() -> None:
    keeper = people.person(at=people.centre())
    area = make.area(centre=keeper.organization)
    data = write_sheet(
        COLUMNS, ({"code": str(n), "name": "x", "level": "building"} for n in range(50_001)), name="场所"
    )
    job = actions.receive_import(kind="places", area=area, data=data, file_name="x.xlsx", by=keeper, at=AT)
    job = actions.read_import(job=job, at=AT)
    assert job.state == ImportState.REJECTED
    assert "50001 行" in job.sentence
    assert ImportJob.objects.get(pk=job.pk).counts == {}
