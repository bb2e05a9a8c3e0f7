"""`wolong new-area`: a folder of sheets becomes an area; what hinders is named, and a second run goes on."""

from pathlib import Path

import pytest

from tests.entrance.test_examples import GOOD
from tests.entrance.test_start import LINE, PEOPLE, UNITS, sheet
from tests.factories.people import bureau, person
from wolong.entrance.roster.columns import PASSWORDS
from wolong.entrance.start import folder as folders
from wolong.estate.contracts.models import ServiceLine
from wolong.estate.equipment.models import Equipment
from wolong.estate.places.models import OfficeArea, Place
from wolong.estate.places.tables import COLUMNS as PLACE_COLUMNS
from wolong.ground.lifecycle import Refused
from wolong.ground.papers.sheets import read_sheet, write_sheet
from wolong.ground.people.models import Person
from wolong.ground.people.states import Role
from wolong.ground.workdays.queries import now, today
from wolong.norms.standards.models import Edition

pytestmark = pytest.mark.django_db
AREA = folders.NewArea("JIA", "甲办公区", "甲中心")


@pytest.fixture
def admin() -> Person:
    return person(Role.ADMINISTRATOR, bureau())


def test_a_folder_becomes_an_area_and_a_second_run_changes_nothing(tmp_path: Path, admin: Person) -> None:
    units = [{**row, "parent": admin.organization.name} if row["short_name"] == "甲中心" else row for row in UNITS]
    for key, rows in (("units", units), ("people", PEOPLE), ("lines", [LINE])):
        (tmp_path / folders.FILES[key]).write_bytes(sheet(key, rows))
    said: list[str] = []
    area = folders.bring(tmp_path, area=AREA, by=admin, at=now(), say=said.append)
    assert (area.code, area.centre.short_name) == ("JIA", "甲中心")
    assert ServiceLine.objects.get().supervisor.name == "物业管理科"
    kept = tmp_path / folders.PASSWORDS
    assert kept.stat().st_mode & 0o777 == 0o600
    rows = read_sheet(kept, PASSWORDS).rows
    assert len(rows) == len(PEOPLE)
    one = rows[0].values
    assert Person.objects.get(account=one["account"]).check_password(one["password"])
    kept.unlink()
    folders.bring(tmp_path, area=AREA, by=admin, at=now(), say=said.append)
    assert not kept.exists(), "nobody gets a second one-time password"
    assert (OfficeArea.objects.count(), ServiceLine.objects.count()) == (1, 1)


def test_what_hinders_is_named_and_what_came_before_stands(tmp_path: Path, admin: Person) -> None:
    (tmp_path / folders.FILES["units"]).write_bytes(sheet("units", UNITS))
    (tmp_path / folders.FILES["people"]).write_bytes(
        sheet("people", [{"account": "x", "name": "甲", "unit": "没有的"}])
    )
    with pytest.raises(Refused, match="没有单位“没有的”"):
        folders.bring(tmp_path, area=AREA, by=admin, at=now(), say=lambda _line: None)
    assert not OfficeArea.objects.exists()
    (tmp_path / folders.FILES["people"]).unlink()
    assert folders.bring(tmp_path, area=AREA, by=admin, at=now(), say=lambda _line: None).name == "甲办公区"


@pytest.mark.parametrize("key", ["places", "equipment"])
def test_a_template_left_empty_or_a_wrong_file_is_refused_in_words(tmp_path: Path, admin: Person, key: str) -> None:
    (tmp_path / folders.FILES["units"]).write_bytes(sheet("units", UNITS))
    (tmp_path / folders.FILES[key]).write_bytes(b"no sheet")
    with pytest.raises(Refused, match=folders.FILES[key].partition(".")[0]):
        folders.bring(tmp_path, area=AREA, by=admin, at=now(), say=lambda _line: None)
    assert not Equipment.objects.exists()
    assert not Place.objects.filter(parent__isnull=False).exists()


def test_faults_are_named_by_file_row_and_cell(tmp_path: Path, admin: Person) -> None:
    (tmp_path / folders.FILES["units"]).write_bytes(sheet("units", UNITS))
    wrong = [{"code": "JIA-1", "name": "1号楼", "level": "building"}, {"code": "JIA-1", "name": "", "level": "room"}]
    (tmp_path / folders.FILES["places"]).write_bytes(write_sheet(PLACE_COLUMNS, wrong, name="场所"))
    with pytest.raises(Refused, match=r"场所.xlsx 有 1 处不对(.|\n)*第 3 行 名称") as told:
        folders.bring(tmp_path, area=AREA, by=admin, at=now(), say=lambda _line: None)
    assert "必填" in told.value.sentence
    (tmp_path / folders.FILES["people"]).write_bytes(sheet("people", [{"account": "x", "name": "", "unit": "甲中心"}]))
    with pytest.raises(Refused, match=r"人员.xlsx 有 1 处不对(.|\n)*第 2 行 姓名 B2：必填"):
        folders.bring(tmp_path, area=AREA, by=admin, at=now(), say=lambda _line: None)


def test_templates_are_laid_out_and_never_over_what_is_filled_in(tmp_path: Path) -> None:
    filled = tmp_path / folders.FILES["units"]
    filled.write_bytes(b"mine")
    written = {path.name for path in folders.write_templates(tmp_path)}
    assert written == {name for key, name in folders.FILES.items() if key != "units"}
    assert filled.read_bytes() == b"mine"


def test_the_examples_come_in_as_they_are_with_texts_of_ones_own(tmp_path: Path, admin: Person) -> None:
    folders.write_examples(tmp_path, today=today())
    said: list[str] = []
    wanted = folders.NewArea("SLQ", "示例办公区", "示例办公区服务中心")
    folders.bring(tmp_path, area=wanted, by=admin, at=now(), say=said.append)
    assert (Place.objects.count(), Equipment.objects.count(), ServiceLine.objects.count()) == (13, 2, 4)
    folders.bring(tmp_path, area=wanted, by=admin, at=now(), say=said.append)
    assert (Place.objects.count(), Equipment.objects.count(), ServiceLine.objects.count()) == (13, 2, 4)
    (tmp_path / "标准").mkdir()
    (tmp_path / "标准" / "好.md").write_text(GOOD.format(n=1), encoding="utf-8")
    (tmp_path / "标准" / "坏.md").write_text(GOOD.format(n=2).replace("检查:查看", "检查:看看"), encoding="utf-8")
    with pytest.raises(Refused, match="不能起草标准"):
        folders.draft_own(tmp_path, by=admin, at=now(), say=said.append)
    writer = Person.objects.get(account="sl-biaozhun")
    folders.draft_own(tmp_path, by=writer, at=now(), say=said.append)
    assert Edition.objects.get().drafted_by == writer
    assert any(line.startswith("  坏.md 没有存：第 13 行") for line in said)
