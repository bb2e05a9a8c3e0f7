"""Equipment: cards, moves, retirement, and what a selector means."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.factories import people
from tests.factories import places as make
from tests.factories.equipment import equipment
from wolong.estate.equipment import actions
from wolong.estate.equipment.models import Equipment, System
from wolong.estate.equipment.queries import matching, register
from wolong.estate.equipment.rules import years_in_use
from wolong.estate.equipment.signals import equipment_changed
from wolong.estate.equipment.states import SYSTEMS
from wolong.estate.places.models import Place
from wolong.ground.ledger.models import Entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture
def keeper(db: None) -> Person:
    return people.person(at=people.centre())


@pytest.fixture
def room(keeper: Person) -> Place:
    return make.room(make.floor(make.building(make.area(centre=keeper.organization)), -1), "机房", name="机房")


def add(room: Place, keeper: Person, **more: Any) -> Equipment:
    facts = {"system": System.objects.get(name="电梯"), "kind": "客梯", "code": "WLS-01-DT-0001", "name": "1号客梯"}
    return actions.add_equipment(place=room, **{**facts, **more}, by=keeper, at=AT)


def test_every_installation_has_the_systems_of_the_field(db: None) -> None:
    assert list(System.objects.values_list("code", "name")) == [(code, name) for code, name, _kinds in SYSTEMS]
    actions.set_up_systems()
    assert System.objects.count() == len(SYSTEMS)


def test_a_piece_stands_at_its_place(room: Place, keeper: Person) -> None:
    heard: list[Any] = []

    def hear(sender: Any, **facts: Any) -> None:
        heard.append(facts["area"])

    equipment_changed.connect(hear)
    piece = add(room, keeper)
    equipment_changed.disconnect(hear)
    assert (piece.area, piece.pinyin_key) == (room.area, "1 hao ke ti")
    assert heard == [room.area]
    assert Entry.objects.get(verb="add_equipment").sentence == "登记设备1号客梯，位置1号楼地下1层机房"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"code": "TAKEN"}, "已被使用"),
        ({"code": " "}, "都要填写"),
        ({"installed_on": TODAY, "inspection_due_on": TODAY}, "晚于投用日期"),
    ],
)
def test_a_card_that_cannot_be_is_refused(room: Place, keeper: Person, more: dict[str, Any], sentence: str) -> None:
    equipment(room, code="TAKEN")
    with pytest.raises(Refused, match=sentence):
        add(room, keeper, **more)


def test_a_retired_place_takes_no_equipment(room: Place, keeper: Person) -> None:
    Place.objects.filter(pk=room.pk).update(retired_on=TODAY)
    room.refresh_from_db()
    with pytest.raises(Refused, match="已停用"):
        add(room, keeper)


def test_a_piece_moves_within_its_area_only(room: Place, keeper: Person) -> None:
    piece = add(room, keeper)
    near = make.room(make.root(room.area), name="泵房", kind="泵房")
    assert actions.change_equipment(equipment=piece, changes={"place": near}, by=keeper, at=AT).place == near
    far = make.building(make.area("另一区", "BJX"))
    with pytest.raises(Refused, match="不在这个办公区"):
        actions.change_equipment(equipment=piece, changes={"place": far}, by=keeper, at=AT)


def test_a_change_is_written_with_what_stood(room: Place, keeper: Person) -> None:
    piece = add(room, keeper)
    actions.change_equipment(equipment=piece, changes={"importance": "A", "name": piece.name}, by=keeper, at=AT)
    entry = Entry.objects.get(verb="change_equipment")
    assert entry.payload == {"before": {"importance": "B"}, "after": {"importance": "A"}}


def test_a_retired_piece_stays_on_record_and_is_asked_no_more(room: Place, keeper: Person) -> None:
    piece = add(room, keeper)
    actions.retire_equipment(equipment=piece, on=TODAY, reason="报废", by=keeper, at=AT)
    assert matching(room.area, "设备/客梯") == []
    assert Equipment.objects.get(pk=piece.pk).retired_on == TODAY
    with pytest.raises(Refused, match="已经停用"):
        actions.retire_equipment(equipment=piece, on=TODAY, reason="", by=keeper, at=AT)
    with pytest.raises(Refused, match="不能再修改"):
        actions.change_equipment(equipment=piece, changes={"name": "x"}, by=keeper, at=AT)


def test_selectors_mean_systems_kinds_and_what_filters_say(room: Place, keeper: Person) -> None:
    old = add(room, keeper, installed_on=date(2008, 1, 1), importance="A")
    new = add(room, keeper, code="2", name="2号客梯", installed_on=date(2024, 1, 1))
    tank = add(room, keeper, code="3", name="水箱", kind="水箱", system=System.objects.get(name="给排水"))
    area = room.area
    assert (
        matching(area, "设备/电梯")
        == matching(area, "设备/客梯")
        == matching(area, "设备/电梯/客梯")
        == [new.pk, old.pk]
    )
    assert matching(area, "设备/客梯[使用年限>15]", on=TODAY) == [old.pk]
    assert matching(area, "设备/客梯[使用年限>15]") == []
    assert matching(area, "设备/电梯[重要度=A]、设备/水箱") == [tank.pk, old.pk]
    assert set(matching(area, "设备")) == {old.pk, new.pk, tank.pk}
    assert matching(area, "设备/货梯、场所/机房") == []


def test_a_register_answers_every_selector_with_one_query(room: Place, django_assert_num_queries: Any) -> None:
    equipment(room)
    with django_assert_num_queries(1):
        pieces = register(room.area, on=TODAY)
        for _code, system, kinds in SYSTEMS:
            for kind in kinds:
                pieces.matching(f"设备/{system}/{kind}[楼层<0]")


@pytest.mark.parametrize(
    ("installed", "years"),
    [(None, None), (date(2011, 11, 23), 15), (date(2011, 11, 24), 14), (date(2026, 11, 23), 0)],
)
def test_years_in_use_are_full_years(installed: date | None, years: int | None) -> None:
    assert years_in_use(installed, TODAY) == years
