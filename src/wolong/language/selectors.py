"""Selectors over the estate: 场所/卫生间, 设备/电梯/客梯[使用年限>15], several with 、; pure matching, no world needed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from wolong.language.folding import fold
from wolong.language.patterns import lazy

KINDS = ("场所", "设备", "岗位", "记录", "合同")
ALIASES: dict[tuple[str, str], tuple[str, ...]] = {
    ("场所", "公共区域"): ("大厅", "走廊", "楼梯间", "电梯厅", "卫生间"),
}
_FILTER = lazy(
    r"^(?P<field>[^\W\d_][\w·/%-]*(?:\([\w·/%]+\))?)\s*(?P<op>>=|<=|!=|≥|≤|≠|=|>|<)\s*(?P<value>[^\s<>=!≥≤≠\[\]][^<>=!≥≤≠\[\]]*)$"
)
_NO_NAME = lazy(r"[;,<>=\[\]]")
_OPERATORS = {"≥": ">=", "≤": "<=", "≠": "!="}


class BadSelector(ValueError):
    """The text is no selector; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on an attribute: 使用年限 > 15."""

    field: str
    op: str
    value: str

    def __str__(self) -> str:
        return f"{self.field}{self.op}{self.value}"

    def holds(self, attributes: Mapping[str, Any]) -> bool:
        """Whether the attributes satisfy it; an attribute that is not there satisfies nothing."""
        if self.field not in attributes or attributes[self.field] is None:
            return False
        actual = attributes[self.field]
        left, right = _number(actual), _number(self.value)
        if left is not None and right is not None:
            return _compare(left, self.op, right)
        if self.op == "=":
            return str(actual) == self.value
        return self.op == "!=" and str(actual) != self.value


@dataclass(frozen=True, slots=True)
class Selector:
    """A kind and a path below it with filters; a path covers everything under it."""

    kind: str
    path: tuple[str, ...]
    filters: tuple[Filter, ...] = ()

    def __str__(self) -> str:
        filters = f"[{','.join(str(one) for one in self.filters)}]" if self.filters else ""
        return "/".join((self.kind, *self.path)) + filters


def parse_selectors(text: str) -> tuple[Selector, ...]:
    """The selectors of one 对象 value. Raises `BadSelector`."""
    pieces = [piece.strip() for piece in _split(fold(text)) if piece.strip()]
    if not pieces:
        raise BadSelector("对象是空的")
    return tuple(_parse_one(piece) for piece in pieces)


def expand(selector: Selector) -> tuple[Selector, ...]:
    """An alias becomes the selectors it stands for (场所/公共区域: 大厅, 走廊, 楼梯间, 电梯厅, 卫生间)."""
    if not selector.path:
        return (selector,)
    names = ALIASES.get((selector.kind, selector.path[0]))
    if names is None:
        return (selector,)
    return tuple(Selector(selector.kind, (name, *selector.path[1:]), selector.filters) for name in names)


def matches(selector: Selector, kind: str, path: tuple[str, ...], attributes: Mapping[str, Any]) -> bool:
    """Whether a thing of this kind and path, with these attributes, is selected."""
    return any(_matches(one, kind, path, attributes) for one in (selector, *expand(selector)))


def _matches(selector: Selector, kind: str, path: tuple[str, ...], attributes: Mapping[str, Any]) -> bool:
    if selector.kind != kind or path[: len(selector.path)] != selector.path:
        return False
    return all(one.holds(attributes) for one in selector.filters)


def _split(text: str) -> list[str]:
    """At 、 outside of brackets."""
    pieces, depth, start = [], 0, 0
    for at, sign in enumerate(text):
        if sign == "[":
            depth += 1
        elif sign == "]":
            depth -= 1
        elif sign == "、" and depth <= 0:
            pieces.append(text[start:at])
            start = at + 1
    return [*pieces, text[start:]]


def _parse_one(piece: str) -> Selector:
    head, bracket, tail = piece.partition("[")
    if bracket and not tail.endswith("]"):
        raise BadSelector(f"“{piece}”的方括号没有配对")
    names = [name.strip() for name in head.split("/")]
    if names[0] not in KINDS:
        raise BadSelector(f"“{names[0]}”不是对象的种类，应是{'、'.join(KINDS)}之一")
    if any(not name for name in names):
        raise BadSelector(f"“{piece}”的路径里有空的一段")
    if any(_NO_NAME.search(name) for name in names):
        raise BadSelector(f"“{head}”不是一个对象；多个对象用“、”隔开")
    filters = tuple(_parse_filter(one) for one in re.split(r"[,、]", tail[:-1])) if bracket else ()
    return Selector(names[0], tuple(names[1:]), filters)


def _parse_filter(text: str) -> Filter:
    match = _FILTER.match(text.strip())
    if match is None:
        raise BadSelector(f"“{text.strip()}”不是筛选条件，应如“楼层>=2”")
    operator = _OPERATORS.get(match["op"], match["op"])
    value = match["value"].strip()
    if operator not in ("=", "!=") and _number(value) is None:
        raise BadSelector(f"“{value}”不是数，不能比较大小")
    return Filter(match["field"], operator, value)


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _compare(left: Decimal, operator: str, right: Decimal) -> bool:
    match operator:
        case ">=":
            return left >= right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case "<":
            return left < right
        case "!=":
            return left != right
    return left == right
