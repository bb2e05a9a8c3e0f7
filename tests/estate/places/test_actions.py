"""Adding, changing and retiring places."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories import equipment as machines
from tests.factories import people
from tests.factories import places as make
from wolong.estate.places import actions
from wolong.estate.places.actions import PlaceRow
from wolong.estate.places.models import OfficeArea, Place
from wolong.estate.places.queries import directory, floors_of, rooms_matching, root_of
from wolong.estate.places.signals import places_changed
from wolong.estate.places.states import Kind, Level
from wolong.ground.ledger.models import Entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def keeper() -> Person:
    return people.person(at=people.centre())


@pytest.fixture
def area(keeper: Person) -> OfficeArea:
    return actions.add_area(name="卧龙山办公区", code="WLS", centre=keeper.organization, by=keeper, at=AT)


@pytest.fixture
def news() -> Any:
    heard: list[dict[str, Any]] = []

    def hear(sender: Any, **facts: Any) -> None:
        heard.append(facts)

    places_changed.connect(hear)
    yield heard
    places_changed.disconnect(hear)


def test_an_area_comes_with_its_root_place(area: OfficeArea) -> None:
    root = root_of(area)
    assert (root.full_name, root.code, root.path) == ("卧龙山办公区", "WLS", f"/{root.pk}/")
    assert Entry.objects.get(verb="add_area").subject_id == area.pk


@pytest.mark.parametrize("code", ["wls", "W", "WLS1", "卧龙山", "TOOLONGX"])
def test_a_code_that_is_not_capitals_is_refused(keeper: Person, code: str) -> None:
    with pytest.raises(Refused, match="大写字母"):
        actions.add_area(name="x", code=code, centre=keeper.organization, by=keeper, at=AT)


def test_a_place_knows_its_full_name_and_floor(area: OfficeArea, keeper: Person, news: list[Any]) -> None:
    building = actions.add_place(area=area, level=Level.BUILDING, code="WLS-01", name="1号楼", by=keeper, at=AT)
    floor = actions.add_place(
        area=area, parent=building, level=Level.FLOOR, code="WLS-01-F02", name="2层", floor_number=2, by=keeper, at=AT
    )
    room = actions.add_place(
        area=area, parent=floor, level=Level.ROOM, kind=Kind.TOILET, code="T", name="东侧卫生间", by=keeper, at=AT
    )
    room.refresh_from_db()
    assert room.full_name == "1号楼2层东侧卫生间"
    assert room.floor_number == 2
    assert room.pinyin_key.endswith("dong ce wei sheng jian")
    assert [facts["area"] for facts in news] == [area, area, area]
    assert Entry.objects.filter(verb="add_place").count() == 3


def test_a_code_is_used_once_in_the_whole_house(area: OfficeArea, keeper: Person) -> None:
    other = make.area(name="另一区", code="BJX")
    make.building(other, code="SAME")
    with pytest.raises(Refused, match="已被使用"):
        actions.add_place(area=area, level=Level.BUILDING, code="SAME", name="1号楼", by=keeper, at=AT)


def test_two_neighbours_do_not_share_a_name(area: OfficeArea, keeper: Person) -> None:
    actions.add_place(area=area, level=Level.BUILDING, code="1", name="1号楼", by=keeper, at=AT)
    with pytest.raises(Refused, match="同名"):
        actions.add_place(area=area, level=Level.BUILDING, code="2", name="1号楼", by=keeper, at=AT)


def test_a_renamed_building_renames_all_that_stands_in_it(area: OfficeArea, keeper: Person) -> None:
    building = make.building(area)
    room = make.room(make.floor(building, 2), Kind.TOILET, name="卫生间")
    actions.change_place(place=building, changes={"name": "主楼"}, by=keeper, at=AT)
    room.refresh_from_db()
    assert room.full_name == "主楼2层卫生间"
    assert Entry.objects.get(verb="change_place").payload == {"before": {"name": "1号楼"}, "after": {"name": "主楼"}}


def test_a_moved_floor_takes_its_rooms_along(area: OfficeArea, keeper: Person) -> None:
    one, two = make.building(area), make.building(area, "2号楼")
    floor = make.floor(one, 2)
    room = make.room(floor, name="201室")
    actions.change_place(place=floor, changes={"parent": two, "floor_number": 3, "name": "3层"}, by=keeper, at=AT)
    room.refresh_from_db()
    assert (room.full_name, room.floor_number) == ("2号楼3层201室", 3)
    assert room.path.startswith(two.path)


def test_a_change_that_changes_nothing_is_not_news(area: OfficeArea, keeper: Person, news: list[Any]) -> None:
    building = make.building(area)
    actions.change_place(place=building, changes={"name": building.name}, by=keeper, at=AT)
    assert news == []
    assert not Entry.objects.filter(verb="change_place").exists()


def test_a_place_is_not_put_under_itself(area: OfficeArea, keeper: Person) -> None:
    floor = make.floor(make.building(area))
    with pytest.raises(Refused):
        actions.change_place(place=floor, changes={"parent": make.room(floor)}, by=keeper, at=AT)


def test_a_code_never_changes(area: OfficeArea, keeper: Person) -> None:
    with pytest.raises(Refused, match="不能修改"):
        actions.change_place(place=make.building(area), changes={"code": "NEW"}, by=keeper, at=AT)


def test_a_place_retires_with_all_below_it_and_stays_on_record(area: OfficeArea, keeper: Person) -> None:
    building = make.building(area)
    room = make.room(make.floor(building))
    actions.retire_place(place=building, on=date(2026, 11, 23), reason="拆除", by=keeper, at=AT)
    room.refresh_from_db()
    assert room.retired_on == date(2026, 11, 23)
    assert rooms_matching(area, "场所") == []
    with pytest.raises(Refused, match="已经停用"):
        actions.retire_place(place=building, on=date(2026, 11, 23), reason="", by=keeper, at=AT)


def test_a_place_with_equipment_does_not_retire(area: OfficeArea, keeper: Person) -> None:
    building = make.building(area)
    machines.equipment(make.room(make.floor(building)))
    with pytest.raises(Refused, match="在用的设备"):
        actions.retire_place(place=building, on=date(2026, 11, 23), reason="拆除", by=keeper, at=AT)
    building.refresh_from_db()
    assert building.retired_on is None


def test_the_root_stays(area: OfficeArea, keeper: Person) -> None:
    with pytest.raises(Refused, match="办公区本身"):
        actions.retire_place(place=root_of(area), on=date(2026, 11, 23), reason="", by=keeper, at=AT)


def test_the_database_refuses_a_second_root(area: OfficeArea) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(area=area, level="area", kind="办公区", code="X", name="x", full_name="x")


def test_the_database_refuses_a_floor_without_a_number(area: OfficeArea) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(
            area=area, parent=root_of(area), level="floor", kind="楼层", code="X", name="x", full_name="x"
        )


def test_selectors_mean_what_stands(area: OfficeArea) -> None:
    building = make.building(area)
    one, two = make.floor(building, 1), make.floor(building, 2)
    lobby = make.room(one, Kind.LOBBY, name="大厅")
    toilet = make.room(two, Kind.TOILET, name="卫生间", area_m2=Decimal(30))
    office = make.room(two, Kind.OFFICE, name="201室")
    make.room(two, Kind.TOILET, name="旧卫生间", retired_on=date(2026, 1, 1))
    assert rooms_matching(area, "场所/公共区域") == [lobby.pk, toilet.pk]
    assert rooms_matching(area, "场所/卫生间、场所/大厅") == [lobby.pk, toilet.pk]
    assert rooms_matching(area, "场所/公共区域[楼层>=2]") == [toilet.pk]
    assert rooms_matching(area, "场所/卫生间[面积<20]") == []
    assert rooms_matching(area, "场所") == [lobby.pk, toilet.pk, office.pk]
    assert rooms_matching(area, "场所/楼层") == [one.pk, two.pk]
    assert rooms_matching(area, "设备/客梯、记录/保洁记录") == []


def test_a_directory_answers_every_selector_with_one_query(area: OfficeArea, django_assert_num_queries: Any) -> None:
    make.room(make.floor(make.building(area)), Kind.TOILET)
    with django_assert_num_queries(1):
        places = directory(area)
        for kind in Kind.values:
            places.matching(f"场所/{kind}[楼层>=1]")


def test_the_floor_overview_counts_rooms_by_kind(area: OfficeArea, django_assert_num_queries: Any) -> None:
    building = make.building(area)
    one, two = make.floor(building, 1), make.floor(building, 2)
    make.room(one, Kind.LOBBY)
    make.room(two, Kind.OFFICE)
    make.room(two, Kind.OFFICE)
    with django_assert_num_queries(2):
        ((shown, cells),) = floors_of(area)
    assert shown == building
    assert [(cell.place.floor_number, cell.rooms, cell.kinds) for cell in cells] == [
        (2, 2, (("办公室", 2),)),
        (1, 1, (("大厅", 1),)),
    ]


def row(line: int, code: str, name: str, **more: Any) -> PlaceRow:
    return PlaceRow(line=line, code=code, name=name, **{"level": Level.ROOM, "kind": Kind.TOILET, **more})


SHEET = [
    row(2, "T1", "卫生间", parent_code="F1"),
    row(3, "B1", "1号楼", level=Level.BUILDING, kind="楼栋"),
    row(4, "F1", "1层", level=Level.FLOOR, kind="楼层", parent_code="B1", floor_number=1),
]


def test_a_sheet_becomes_places_once(area: OfficeArea, keeper: Person, news: list[Any]) -> None:
    first = actions.import_places(area=area, rows=SHEET, sha256="ab", by=keeper, at=AT)
    assert first.counts == {"new": 3, "changed": 0, "unchanged": 0, "faults": 0}
    assert Place.objects.get(code="T1").full_name == "1号楼1层卫生间"
    again = actions.import_places(area=area, rows=SHEET, sha256="ab", by=keeper, at=AT)
    assert again.counts == {"new": 0, "changed": 0, "unchanged": 3, "faults": 0}
    assert len(news) == 1
    assert Entry.objects.get(verb="import_places").payload["sha256"] == "ab"


def test_a_sheet_changes_what_differs_and_nothing_else(area: OfficeArea, keeper: Person) -> None:
    unit = people.company("某使用单位")
    actions.import_places(area=area, rows=SHEET, by=keeper, at=AT)
    changed = [row(2, "T1", "东侧卫生间", parent_code="F1", is_no_photo=True, user_unit=unit.name), *SHEET[1:]]
    outcome = actions.import_places(area=area, rows=changed, by=keeper, at=AT)
    assert outcome.counts == {"new": 0, "changed": 1, "unchanged": 2, "faults": 0, "replaced": 1}
    assert set(outcome.changed[0].differences) == {"名称", "禁拍", "使用单位"}
    place = Place.objects.get(code="T1")
    assert (place.full_name, place.is_no_photo, place.user_unit) == ("1号楼1层东侧卫生间", True, unit)


def test_one_fault_and_nothing_of_the_sheet_is_written(area: OfficeArea, keeper: Person) -> None:
    with pytest.raises(Refused, match="1 处错误"):
        actions.import_places(area=area, rows=[*SHEET, row(5, "T2", "茶水间", parent_code="NONE")], by=keeper, at=AT)
    assert Place.objects.filter(area=area).count() == 1


BAD = [
    (row(9, "T1", "另一个", parent_code="F1"), "编码", "第 2 行已经出现过"),
    (row(9, "T9", "卫生间", parent_code="F1"), "名称", "同名"),
    (row(9, "T9", "x", parent_code="NONE"), "上级编码", "找不到这个上级"),
    (row(9, "T9", "x", parent_code="T1"), "上级编码", "上级应是"),
    (row(9, "T9", "x", parent_code="F1", kind="厕所"), "类型", "不是场所类型"),
    (row(9, "T9", "x", parent_code="F1", floor_number=5), "楼层", "与上级不一致"),
    (row(9, "T9", "x", parent_code="F1", user_unit="不存在的单位"), "使用单位", "没有这个单位"),
    (row(9, "F9", "9层", level=Level.FLOOR, kind="楼层", parent_code="B1"), "楼层", "层号"),
    (row(9, "WLS", "x", parent_code="F1"), "编码", "办公区本身"),
    (row(9, "OLD", "x", parent_code="F1"), "编码", "已停用"),
    (row(9, "FAR", "x", parent_code="F1"), "编码", "另一个办公区"),
    (row(9, "X1", "x", level=Level.ROOM, parent_code="F1"), "层级", "不能改成"),
]


@pytest.mark.parametrize(("bad", "column", "sentence"), BAD)
def test_a_fault_names_its_row_and_cell(area: OfficeArea, bad: PlaceRow, column: str, sentence: str) -> None:
    make.building(make.area(name="另一区", code="BJX"), code="FAR")
    make.room(root_of(area), code="OLD", name="旧", retired_on=date(2026, 1, 1))
    make.building(area, "9号楼", code="X1")
    outcome = actions.compare_with_places(area, [*SHEET, bad])
    assert [(fault.line, fault.column) for fault in outcome.faults] == [(9, column)]
    assert sentence in outcome.faults[0].sentence
