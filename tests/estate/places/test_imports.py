"""Sheets on their way in: read, shown, confirmed, written as a whole or not at all."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import xlsxwriter

from tests.factories import people
from tests.factories import places as make
from tests.factories.equipment import equipment
from wolong.estate.equipment.models import Equipment
from wolong.estate.equipment.tables import SOURCE as EQUIPMENT
from wolong.estate.places import actions
from wolong.estate.places.models import ImportJob, OfficeArea, Place
from wolong.estate.places.states import ImportState
from wolong.estate.places.tables import SOURCE as PLACES
from wolong.ground.ledger.models import Entry
from wolong.ground.lifecycle import Refused
from wolong.ground.papers.sheets import write_sheet
from wolong.ground.people.models import Person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HEAD = ["编码", "名称", "层级", "类型", "上级编码", "楼层", "面积", "使用单位", "禁拍", "不公开"]
GOOD = [
    ["WLS-01", "1号楼", "楼栋"],
    ["WLS-01-F01", "1层", "楼层", "", "WLS-01", 1],
    ["WLS-01-F01-001", "大厅", "房间", "大厅", "WLS-01-F01", "", 260.5],
    ["WLS-01-F01-002", "监控室", "房间", "监控室", "WLS-01-F01", "", "", "", "是", "是"],
    ["WLS-00-001", "北大门", "房间", "大门"],
]


def xlsx(rows: list[list[Any]], head: list[str] = HEAD, more: Callable[[Any], None] | None = None) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("场所")
        for line, row in enumerate([head, *rows]):
            for column, value in enumerate(row):
                if value != "":
                    sheet.write(line, column, value)
        if more is not None:
            more(sheet)
    return out.getvalue()


@pytest.fixture
def keeper() -> Person:
    return people.person(at=people.centre())


@pytest.fixture
def area(keeper: Person) -> OfficeArea:
    return make.area(centre=keeper.organization)


def take(area: OfficeArea, by: Person, data: bytes, kind: str = "places") -> ImportJob:
    job = actions.receive_import(kind=kind, area=area, data=data, file_name="场所.xlsx", by=by, at=AT)
    return actions.read_import(job=job, at=AT)


def test_a_sheet_is_shown_then_confirmed_then_written(area: OfficeArea, keeper: Person) -> None:
    job = take(area, keeper, xlsx(GOOD))
    assert job.state == ImportState.READY
    assert job.counts == {"new": 5, "changed": 0, "unchanged": 0, "faults": 0, "left_off": 0}
    assert [row["name"] for row in job.preview] == ["1号楼", "1层", "大厅", "监控室", "北大门"]
    assert Place.objects.filter(area=area).count() == 1
    job = actions.confirm_import(job=job, by=keeper, at=AT)
    job = actions.apply_import(job=job, at=AT)
    assert job.state == ImportState.DONE
    room = Place.objects.get(code="WLS-01-F01-002")
    assert (room.full_name, room.is_no_photo, room.is_not_public) == ("1号楼1层监控室", True, True)
    entry = Entry.objects.get(verb="import_places")
    assert entry.payload == {"new": 5, "changed": 0, "unchanged": 0, "faults": 0, "sha256": job.sha256}


def test_what_is_exported_comes_back_without_a_change(area: OfficeArea, keeper: Person) -> None:
    actions.apply_import(job=actions.confirm_import(job=take(area, keeper, xlsx(GOOD)), by=keeper, at=AT), at=AT)
    again = take(area, keeper, write_sheet(PLACES.columns(area), PLACES.standing(area), name="场所"))
    assert again.counts == {"new": 0, "changed": 0, "unchanged": 5, "faults": 0, "left_off": 0}


def test_a_change_is_shown_with_what_stood(area: OfficeArea, keeper: Person) -> None:
    actions.apply_import(job=actions.confirm_import(job=take(area, keeper, xlsx(GOOD)), by=keeper, at=AT), at=AT)
    job = take(area, keeper, xlsx([["WLS-01-F01-001", "门厅", "房间", "大厅", "WLS-01-F01", "", 300, "", "是"]]))
    assert job.counts["changed"] == 1
    assert job.preview[0]["differences"] == [["名称", "大厅", "门厅"], ["面积", "260.5", "300"], ["禁拍", "否", "是"]]


BAD = [
    ([["", "1号楼", "楼栋"]], "A2", "必填"),
    ([["X", "1号楼", "楼"]], "C2", "不在可选项里"),
    ([["X", "门", "房间", "厕所"]], "D2", "不在可选项里"),
    ([["X", "门", "房间", "大门", "没有"]], "没有", "找不到这个上级"),
    ([["X", "1号楼", "楼栋"], ["X", "2号楼", "楼栋"]], "X", "第 2 行已经出现过"),
    ([["X", "1号楼", "楼栋"], ["Y", "1层", "楼层", "", "X", "一"]], "F3", "不是数字"),
    ([["X", "1号楼", "楼栋"], ["Y", "1层", "楼层", "", "X"]], "", "层号"),
    ([["X", "门", "房间", "大门", "", "", "宽"]], "G2", "不是数字"),
    ([["X", "门", "房间", "大门", "", "", "", "", "也许"]], "I2", "看不懂"),
    ([["X", "门", "房间", "大门", "", "", "", "没有的单位"]], "没有的单位", "没有这个单位"),
]


@pytest.mark.parametrize(("rows", "cell", "sentence"), BAD)
def test_a_fault_is_said_by_row_and_cell_and_nothing_can_be_confirmed(
    area: OfficeArea, keeper: Person, rows: list[list[Any]], cell: str, sentence: str
) -> None:
    job = take(area, keeper, xlsx(rows))
    assert job.state == ImportState.REJECTED
    assert any(fault[2] == cell and sentence in fault[3] for fault in job.faults), job.faults
    with pytest.raises(Refused, match="不能确认"):
        actions.confirm_import(job=job, by=keeper, at=AT)
    assert Place.objects.filter(area=area).count() == 1


def test_wrong_columns_are_refused_and_named(area: OfficeArea, keeper: Person) -> None:
    job = take(area, keeper, xlsx([["X", "1号楼"]], head=["编码", "叫什么"]))
    assert job.state == ImportState.REJECTED
    assert "缺少：名称、层级" in job.sentence
    assert "不认识：叫什么" in job.sentence


def test_merged_cells_are_refused_by_cell(area: OfficeArea, keeper: Person) -> None:
    job = take(area, keeper, xlsx(GOOD, more=lambda sheet: sheet.merge_range("A8:A9", "合并")))
    assert job.state == ImportState.REJECTED
    assert [fault[2] for fault in job.faults if "合并的单元格" in fault[3]] == ["A8"]


def test_a_formula_without_a_result_is_refused_by_cell(area: OfficeArea, keeper: Person) -> None:
    job = take(area, keeper, xlsx(GOOD, more=lambda sheet: sheet.write_formula("B8", "=B2", None, "")))
    assert job.state == ImportState.REJECTED
    assert any(fault[2] == "B8" and "公式" in fault[3] for fault in job.faults)


@pytest.mark.parametrize("data", [b"not a sheet", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0old"])
def test_what_is_no_sheet_is_refused_in_words(area: OfficeArea, keeper: Person, data: bytes) -> None:
    job = take(area, keeper, data)
    assert job.state == ImportState.REJECTED
    assert "表格" in job.sentence or "列名和模板不一样" in job.sentence


def test_an_empty_sheet_has_nothing_to_import(area: OfficeArea, keeper: Person) -> None:
    assert take(area, keeper, xlsx([])).sentence == "表里没有一行内容。"


def test_an_empty_file_is_refused(area: OfficeArea, keeper: Person) -> None:
    with pytest.raises(Refused, match="空的"):
        actions.receive_import(kind="places", area=area, data=b"", file_name="x.xlsx", by=keeper, at=AT)


def test_what_changed_since_the_preview_counts(area: OfficeArea, keeper: Person) -> None:
    job = actions.confirm_import(job=take(area, keeper, xlsx(GOOD)), by=keeper, at=AT)
    make.building(make.area(name="另一区", code="BJX"), code="WLS-01")
    job = actions.apply_import(job=job, at=AT)
    assert job.state == ImportState.REJECTED
    assert job.faults[0][3] == "编码已被另一个办公区使用。"
    assert Place.objects.filter(area=area).count() == 1


def test_confirming_twice_writes_once(area: OfficeArea, keeper: Person) -> None:
    job = actions.confirm_import(job=take(area, keeper, xlsx(GOOD)), by=keeper, at=AT)
    actions.apply_import(job=job, at=AT)
    assert actions.apply_import(job=job, at=AT).state == ImportState.DONE
    assert Entry.objects.filter(verb="import_places").count() == 1
    with pytest.raises(Refused, match="不能确认"):
        actions.confirm_import(job=job, by=keeper, at=AT)


def test_a_failure_is_said_and_nothing_stays_running(area: OfficeArea, keeper: Person) -> None:
    job = actions.receive_import(kind="places", area=area, data=xlsx(GOOD), file_name="x", by=keeper, at=AT)
    actions.fail_import(job=job, sentence="出错了。", at=AT)
    job.refresh_from_db()
    assert (job.state, job.sentence) == (ImportState.FAILED, "出错了。")


def test_a_sheet_of_equipment_comes_in_like_one_of_places(area: OfficeArea, keeper: Person) -> None:
    room = make.room(make.floor(make.building(area)))
    head = ["编码", "名称", "系统", "类型", "位置编码", "投用日期", "重要度"]
    job = take(
        area, keeper, xlsx([["E-1", "1号客梯", "电梯", "客梯", room.code, "2020-05-01", "A"]], head), "equipment"
    )
    assert job.state == ImportState.READY, job.faults
    actions.apply_import(job=actions.confirm_import(job=job, by=keeper, at=AT), at=AT)
    piece = Equipment.objects.get(code="E-1")
    assert (piece.place, piece.system.name, piece.importance) == (room, "电梯", "A")
    again = take(area, keeper, write_sheet(EQUIPMENT.columns(area), EQUIPMENT.standing(area), name="设备"), "equipment")
    assert again.counts["unchanged"] == 1
    assert again.counts["changed"] == again.counts["new"] == 0


@pytest.mark.parametrize(
    ("row", "cell", "sentence"),
    [
        (["E-1", "x", "电力", "客梯", "R"], "C2", "不在可选项里"),
        (["E-1", "x", "电梯", "客梯", "NONE"], "NONE", "没有这个场所"),
        (["E-1", "x", "电梯", "客梯", "R", "昨天"], "F2", "不是日期"),
        (["E-1", "x", "电梯", "客梯", "R", "2020-01-01", "D"], "G2", "不在可选项里"),
        (["E-1", "x", "电梯", "客梯", "OLD"], "OLD", "已停用"),
        (["GONE", "x", "电梯", "客梯", "R"], "GONE", "已停用"),
        (["FAR", "x", "电梯", "客梯", "R"], "FAR", "另一个办公区"),
    ],
)
def test_a_fault_in_a_sheet_of_equipment_is_said_by_cell(
    area: OfficeArea, keeper: Person, row: list[Any], cell: str, sentence: str
) -> None:
    room = make.room(make.floor(make.building(area)), code="R")
    make.room(make.root(area), code="OLD", retired_on=AT.date())
    equipment(room, code="GONE", retired_on=AT.date())
    equipment(make.building(make.area(name="另一区", code="BJX")), code="FAR")
    head = ["编码", "名称", "系统", "类型", "位置编码", "投用日期", "重要度"]
    job = take(area, keeper, xlsx([row], head), "equipment")
    assert [(fault[2], sentence in fault[3]) for fault in job.faults] == [(cell, True)]
