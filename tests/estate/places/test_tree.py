"""The tree of places: names, floors, turns, and who may stand under whom."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wolong.estate.places.rules.tree import Node, fault_of_position, grow
from wolong.estate.places.states import KIND_OF_LEVEL, PUBLIC_KINDS, Kind, Level
from wolong.language.selectors import ALIASES


def test_a_full_name_runs_from_the_building_down() -> None:
    grown = grow(
        [
            Node(1, None, Level.AREA, "WLS", "卧龙山办公区", None),
            Node(2, 1, Level.BUILDING, "WLS-01", "1号楼", None),
            Node(3, 2, Level.FLOOR, "WLS-01-F02", "2层", 2),
            Node(4, 3, Level.ROOM, "WLS-01-F02-001", "东侧卫生间", None, Kind.TOILET),
        ]
    )
    assert grown[4].full_name == "1号楼2层东侧卫生间"
    assert grown[4].path == "/1/2/3/4/"
    assert grown[4].floor_number == 2
    assert grown[1].full_name == "卧龙山办公区"


def test_a_round_goes_gate_yard_ground_floor_up_roof_and_basement_last() -> None:
    grown = grow(
        [
            Node(1, None, Level.AREA, "A", "区", None),
            Node(2, 1, Level.BUILDING, "A-01", "1号楼", None),
            Node(3, 2, Level.FLOOR, "A-01-B01", "地下1层", -1),
            Node(4, 2, Level.FLOOR, "A-01-F02", "2层", 2),
            Node(5, 2, Level.FLOOR, "A-01-F01", "1层", 1),
            Node(6, 2, Level.ROOM, "A-01-WM", "屋面", None, Kind.ROOF),
            Node(7, 1, Level.ROOM, "A-00-001", "绿地", None, Kind.GREEN),
            Node(8, 1, Level.ROOM, "A-00-002", "大门", None, Kind.GATE),
        ]
    )
    names = [pk for pk, _ in sorted(grown.items(), key=lambda one: one[1].walk_order)]
    assert names == [1, 8, 7, 2, 5, 4, 6, 3]


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({"level": "building", "parent_level": "area", "kind": "楼栋", "floor_number": None}, None),
        ({"level": "floor", "parent_level": "building", "kind": "楼层", "floor_number": -1}, None),
        ({"level": "room", "parent_level": "floor", "kind": "卫生间", "floor_number": None}, None),
        ({"level": "room", "parent_level": "area", "kind": "绿地", "floor_number": None}, None),
        ({"level": "building", "parent_level": "floor", "kind": "楼栋", "floor_number": None}, "上级应是"),
        ({"level": "floor", "parent_level": "area", "kind": "楼层", "floor_number": 1}, "上级应是"),
        ({"level": "room", "parent_level": "room", "kind": "卫生间", "floor_number": None}, "上级应是"),
        ({"level": "floor", "parent_level": "building", "kind": "楼层", "floor_number": None}, "层号"),
        ({"level": "floor", "parent_level": "building", "kind": "楼层", "floor_number": 0}, "层号"),
        ({"level": "room", "parent_level": "floor", "kind": "厕所", "floor_number": None}, "不是场所类型"),
        ({"level": "building", "parent_level": "area", "kind": "大厅", "floor_number": None}, "类型应为"),
        ({"level": "area", "parent_level": None, "kind": "办公区", "floor_number": None}, "只有一个根"),
    ],
)
def test_a_place_stands_only_where_the_tree_has_room_for_it(facts: dict[str, Any], wrong: str | None) -> None:
    said = fault_of_position(**facts)
    assert (said is None) if wrong is None else (said is not None and wrong in said.sentence)


def test_common_areas_are_those_that_clauses_mean() -> None:
    assert frozenset(ALIASES[("场所", "公共区域")]) == PUBLIC_KINDS
    assert set(Kind.values) >= PUBLIC_KINDS


@given(st.lists(st.integers(min_value=0, max_value=40), min_size=1, max_size=40))
def test_every_place_gets_one_turn_after_its_parent(parents: list[int]) -> None:
    """A random tree: place n hangs under one of those before it."""
    nodes = [Node(1, None, Level.AREA, "A", "区", None)]
    for number, parent in enumerate(parents, 2):
        nodes.append(Node(number, parent % (number - 1) + 1, Level.ROOM, f"A-{number}", f"{number}", None, Kind.OFFICE))
    grown = grow(nodes)
    assert sorted(one.walk_order for one in grown.values()) == list(range(1, len(nodes) + 1))
    for node in nodes[1:]:
        above = grown[node.parent or 0]
        assert above.walk_order < grown[node.pk].walk_order
        assert grown[node.pk].path == f"{above.path}{node.pk}/"


def test_a_circle_leaves_its_places_out() -> None:
    grown = grow(
        [
            Node(1, None, Level.AREA, "A", "区", None),
            Node(2, 3, "room", "B", "b", None),
            Node(3, 2, "room", "C", "c", None),
        ]
    )
    assert set(grown) == {1}


def test_every_level_that_is_no_room_has_its_word() -> None:
    assert set(KIND_OF_LEVEL) == set(Level) - {Level.ROOM}
