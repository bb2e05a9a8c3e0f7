"""The tree of places: who may stand under whom, what a place is called in full, and in what turn a round passes it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wolong.estate.places.states import KIND_OF_LEVEL, Kind, Level

RANK = {Level.AREA: 0, Level.BUILDING: 1, Level.FLOOR: 2, Level.ROOM: 3}
# A yard or a gate stands in the area, a roof on the building, everything else on a floor.
PARENTS: Mapping[str, tuple[str, ...]] = {
    Level.BUILDING: (Level.AREA,),
    Level.FLOOR: (Level.BUILDING,),
    Level.ROOM: (Level.FLOOR, Level.BUILDING, Level.AREA),
}


@dataclass(frozen=True, slots=True)
class Node:
    """What the derived columns of a place rest on."""

    pk: int
    parent: int | None
    level: str
    code: str
    name: str
    floor_number: int | None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows from a place's position in the tree."""

    path: str
    full_name: str
    floor_number: int | None
    walk_order: int


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Why a place may not stand there: the attribute that is wrong, and one sentence."""

    attribute: str
    sentence: str


def fault_of_position(*, level: str, parent_level: str | None, kind: str, floor_number: int | None) -> Misplaced | None:
    """Why a place of this level and kind may not stand there; None where it may."""
    if level == Level.AREA:
        return Misplaced("level", _("办公区只有一个根场所。"))
    if parent_level not in PARENTS[level]:
        allowed = "、".join(str(Level(one).label) for one in PARENTS[level])
        sentence = _("%(level)s的上级应是%(allowed)s。") % {"level": Level(level).label, "allowed": allowed}
        return Misplaced("parent_code", sentence)
    if level == Level.ROOM:
        if kind not in Kind.values:
            return Misplaced("kind", _("“%(kind)s”不是场所类型。") % {"kind": kind})
    elif kind != KIND_OF_LEVEL[Level(level)]:
        sentence = _("%(level)s的类型应为“%(kind)s”。") % {
            "level": Level(level).label,
            "kind": KIND_OF_LEVEL[Level(level)],
        }
        return Misplaced("kind", sentence)
    if level == Level.FLOOR and not floor_number:
        return Misplaced("floor_number", _("楼层要写层号:地上 1、2、3…,地下 -1、-2…。"))
    return None


def full_name(*, parent_level: str | None, parent_full_name: str, name: str) -> str:
    """1号楼2层东侧卫生间: the names from the building down; the area's own name only stands at its root."""
    return name if parent_level in (None, Level.AREA) else parent_full_name + name


def grow(nodes: Iterable[Node]) -> dict[int, Derived]:
    """The derived columns of a whole area's tree, by place.

    A round starts at the gate and the yards, then takes building by building: from the ground floor up to the roof, and
    down to the basements last.
    """
    children: dict[int | None, list[Node]] = defaultdict(list)
    for node in nodes:
        children[node.parent].append(node)
    grown: dict[int, Derived] = {}
    stack: list[tuple[Node, str, str, int | None, str | None]] = [
        (root, "/", "", None, None) for root in sorted(children[None], key=_turn, reverse=True)
    ]
    while stack:
        node, parent_path, parent_name, parent_floor, parent_level = stack.pop()
        path = f"{parent_path}{node.pk}/"
        name = full_name(parent_level=parent_level, parent_full_name=parent_name, name=node.name)
        floor = node.floor_number if node.level == Level.FLOOR else parent_floor
        grown[node.pk] = Derived(path, name, floor, len(grown) + 1)
        below = sorted(children[node.pk], key=_turn, reverse=True)
        stack.extend((child, path, name, floor, node.level) for child in below)
    return grown


def _turn(node: Node) -> tuple[int, int, str]:
    if node.level == Level.FLOOR:
        number = node.floor_number or 0
        return (1, number, node.code) if number > 0 else (3, -number, node.code)
    if node.level == Level.BUILDING:
        return (2, 0, node.code)
    if node.kind == Kind.ROOF:
        return (2, 0, node.code)
    return (0, 0 if node.kind == Kind.GATE else 1, node.code)


def descends_from(path: str, ancestor_path: str) -> bool:
    """Whether a path lies in the ancestor's part of the tree, the ancestor itself included."""
    return path.startswith(ancestor_path)
