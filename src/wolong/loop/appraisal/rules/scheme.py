"""考评办法: parts and their shares, chapters and their weights, bands from score to grade and payment. Pure.

The default follows what sheets in use have: chapters of a property contract 15/10/25/20/15/5/10, daily checks 50 %, the
quarterly joint appraisal 30 %, satisfaction 20 %; bands 95/85/75/65/60 paying 100/98/95/90/80/70 % (待核: each contract
says its own).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

DAILY, JOINT, SATISFACTION = "daily", "joint", "satisfaction"
FULL = Decimal(100)
LONGEST_NAME = 20
MOST_ROWS = 30


@dataclass(frozen=True, slots=True)
class Part:
    """One source of the score with its share in percent; `key` is one of daily, joint, satisfaction."""

    key: str
    name: str
    share: Decimal


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter of the sheet: its full marks, and the service lines whose findings it takes."""

    name: str
    weight: Decimal
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A grade from a score on (included) up to the next band's (not included); `pay` in percent of the fee."""

    name: str
    low: Decimal
    pay: Decimal


@dataclass(frozen=True, slots=True)
class Table:
    """A whole scheme; `bands` from the best to the worst, `repeat` multiplies the points of a repeated finding."""

    parts: tuple[Part, ...]
    chapters: tuple[Chapter, ...]
    bands: tuple[Band, ...]
    repeat: Decimal


PARTS = (
    Part(DAILY, "日常巡查", Decimal(50)),
    Part(JOINT, "季度联合考评", Decimal(30)),
    Part(SATISFACTION, "满意度", Decimal(20)),
)
BANDS = (
    Band("优秀", Decimal(95), Decimal(100)),
    Band("良好", Decimal(85), Decimal(98)),
    Band("合格", Decimal(75), Decimal(95)),
    Band("一般", Decimal(65), Decimal(90)),
    Band("较差", Decimal(60), Decimal(80)),
    Band("不合格", Decimal(0), Decimal(70)),
)
PROPERTY = Table(
    PARTS,
    (
        Chapter("客户服务", Decimal(15), ("前台", "信函", "综合")),
        Chapter("房屋管理", Decimal(10), ("房屋",)),
        Chapter("设施设备", Decimal(25), ("供配电", "给排水", "空调", "照明", "电梯", "弱电")),
        Chapter("公共秩序", Decimal(20), ("安保", "消防", "监控", "车辆")),
        Chapter("保洁", Decimal(15), ("保洁",)),
        Chapter("绿化", Decimal(5), ("绿化",)),
        Chapter("会务", Decimal(10), ("会议",)),
    ),
    BANDS,
    Decimal(2),
)
CATERING = Table(PARTS, (Chapter("餐饮", FULL, ("餐饮",)),), BANDS, Decimal(2))


def faults_of_parts(parts: Sequence[Part]) -> Iterator[str]:
    """Why these parts make no score, in sentences; their shares sum to 100."""
    if any(part.share < 0 for part in parts):
        yield _("各部分的占比不能小于 0。")
    total = sum((part.share for part in parts), Decimal(0))
    if total != FULL:
        yield _("各部分的占比合计是 %(total)s，应为 100。") % {"total": plain(total)}
    if not any(part.key == DAILY and part.share > 0 for part in parts):
        yield _("日常巡查要占一部分，否则没有可以计分的依据。")


def faults_of_chapters(chapters: Sequence[Chapter]) -> Iterator[str]:
    """Why these chapters make no sheet: names and lines once, weights above 0 that sum to 100."""
    for what, named in (
        (_("章名“%(name)s”出现了两次。"), [chapter.name for chapter in chapters]),
        (_("服务“%(name)s”归到了两章。"), [line for chapter in chapters for line in chapter.lines]),
    ):
        if twice := next((name for name in named if named.count(name) > 1), None):
            yield what % {"name": twice}
    for chapter in chapters:
        if not chapter.name:
            yield _("每一章都要有名称。")
        if chapter.weight <= 0:
            yield _("“%(name)s”的分值要大于 0。") % {"name": chapter.name}
        if not chapter.lines:
            yield _("“%(name)s”没有归入任何服务。") % {"name": chapter.name}
    total = sum((chapter.weight for chapter in chapters), Decimal(0))
    if total != FULL:
        yield _("各章分值合计是 %(total)s，应为 100。") % {"total": plain(total)}


def faults_of_bands(bands: Sequence[Band]) -> Iterator[str]:
    """Why these bands leave a hole or overlap: they begin at 0, descend without two of one beginning, pay no more for less."""
    if not bands:
        yield _("至少要有一个等次。")
        return
    names = [band.name for band in bands]
    if not all(names) or len(set(names)) != len(names):
        yield _("每个等次要有自己的名称。")
    if bands[-1].low != 0:
        low = plain(bands[-1].low)
        yield _("最低的等次要从 0 分起，否则 0 至 %(low)s 分没有等次。") % {"low": low}
    for upper, lower in pairwise(bands):
        if upper.low <= lower.low:
            yield _("“%(upper)s”从 %(high)s 分起，“%(lower)s”从 %(low)s 分起，两个等次重叠。") % {
                "upper": upper.name, "high": plain(upper.low), "lower": lower.name, "low": plain(lower.low),
            }  # fmt: skip
        if upper.pay < lower.pay:
            yield _("“%(upper)s”的付款比例比“%(lower)s”还低。") % {"upper": upper.name, "lower": lower.name}
    if bands[0].low > FULL:
        yield _("“%(name)s”从 100 分以上起，谁也得不到。") % {"name": bands[0].name}
    if any(not 0 <= band.pay <= FULL for band in bands):
        yield _("付款比例在 0 和 100 之间。")


def faults_of(table: Table) -> Iterator[str]:
    """Everything that is wrong with a scheme; nothing where it may be used."""
    if table.repeat < 1:
        yield _("重复问题的倍数不能小于 1。")
    yield from faults_of_parts(table.parts)
    yield from faults_of_chapters(table.chapters)
    yield from faults_of_bands(table.bands)


def grade_of(bands: Sequence[Band], score: Decimal) -> Band:
    """The band that a score lies in: its lower edge is included (84.99 / 85)."""
    return next((band for band in bands if score >= band.low), bands[-1])


def stretched(weights: Sequence[Decimal]) -> list[Decimal]:
    """Full marks of the chapters that a sheet has, stretched to 100 in their proportion; cents that are left go to the largest.

    A contract for lifts alone has one chapter of 100: the points that clauses take are meant for a sheet of 100.
    """
    total = sum(weights, Decimal(0))
    if total == FULL or not total:
        return list(weights)
    found = [(weight / total * FULL).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP) for weight in weights]
    largest = max(range(len(found)), key=lambda index: found[index])
    found[largest] += FULL - sum(found, Decimal(0))
    return found


def plain(number: Decimal) -> str:
    """85 and 2.5, never 85.00 or 8.5E+1."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def decimal_of(value: Any) -> Decimal:
    """A finite number from what JSON or a form holds; 0 below zero precision is refused by the callers."""
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(str(value)) from error
    if not number.is_finite():
        raise ValueError(str(value))
    return number


def as_json(table: Table) -> dict[str, Any]:
    """The scheme by value: decimals as plain text."""
    return {
        "repeat": plain(table.repeat),
        "parts": [{"key": one.key, "name": one.name, "share": plain(one.share)} for one in table.parts],
        "chapters": [
            {"name": one.name, "weight": plain(one.weight), "lines": list(one.lines)} for one in table.chapters
        ],
        "bands": [{"name": one.name, "low": plain(one.low), "pay": plain(one.pay)} for one in table.bands],
    }


def from_json(data: Mapping[str, Any]) -> Table:
    return Table(
        tuple(Part(one["key"], one["name"], decimal_of(one["share"])) for one in data["parts"]),
        tuple(Chapter(one["name"], decimal_of(one["weight"]), tuple(one["lines"])) for one in data["chapters"]),
        tuple(Band(one["name"], decimal_of(one["low"]), decimal_of(one["pay"])) for one in data["bands"]),
        decimal_of(data["repeat"]),
    )
