"""Tables that a clause points to (应符合表 1): one measure for each numeric cell."""

import re
from dataclasses import dataclass, field, replace

from wolong.language.folding import fold, seen
from wolong.language.outline import Outline, Paragraph
from wolong.language.patterns import lazy
from wolong.language.predicates import phrases_of
from wolong.language.sentences import read_sentence
from wolong.language.tree import Measure
from wolong.language.units import UNIT_PATTERN

_CAPTION = lazy(r"^\W*表\s?(?P<label>[A-Z]?\.?\d[\d.]*(?:-\d+)?)")
_RULE = lazy(r"^[\s|:\-]+$")
# 温度/℃, 氨(mg/m³), 氨/(mg/m³), 氨 mg/m³; a unit that no table knows stands in brackets.
_UNIT = lazy(rf"(?:\s*[/(]\s*\(?|\s+(?=[A-Za-z℃%‰°μΩ])(?![A-Z]$))(?P<unit>{UNIT_PATTERN})\s*\)*$")
_ODD_UNIT = lazy(r"\((?P<unit>[^()]+?)\)$")
_DIGIT = lazy(r"[\d一二三四五六七八九十]")
_BOUND = lazy(
    r"≤|≥|不[应得]?(?:大于|小于|低于|高于|超过|少于)|(?P<most>最[大高长多](?:值|允许|限)|上限|最高容许)|(?P<least>最[小低短少](?:值|允许|限)|下限)"
)
_COUNTED = lazy(r"^(?:序号|编号|项次|No\.?|#)$")
_IS_UNIT = lazy(r"^(?:计量|指标)?单位$")
_BLANK = lazy(r"^[\s/\\—–\-…·]*$")
_BARS = ("|", "\uff5c")
_MOST_KEYS = 3
_NO_PROPERTY = lazy(r"^(?:限值|指标|要求|标准|数值|值|规定值|参数值?|频次|频率|周期|次数|时限|允许值|标准值|控制值)$")


@dataclass(frozen=True, slots=True)
class Table:
    """The heads and rows of one table, as written."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables_of(outline: Outline) -> dict[str, Table]:
    """The captioned tables of a document by their label."""
    found: dict[str, Table] = {}
    for node in outline.nodes:
        last: Paragraph | None = None
        for paragraph in node.paragraphs:
            if paragraph.role == "table" and last is not None:
                match = _CAPTION.match(fold(last.lines[-1][0]))
                table = _table(paragraph)
                if match and table is not None:
                    found[match["label"]] = table
            last = paragraph
    return found


def _table(paragraph: Paragraph) -> Table | None:
    rows = [_cells(line) for line, _, _ in paragraph.lines if not _RULE.match(fold(line))]
    if len(rows) < 2:
        return None
    heads, body = _heads(rows)
    kept = [at for at, head in enumerate(heads) if not _COUNTED.match(fold(head))]
    return Table(tuple(heads[at] for at in kept), tuple(_kept(row, kept) for row in body)) if body else None


def _cells(line: str) -> tuple[str, ...]:
    """The cells between the bars; one that stands behind a backslash is part of its cell."""
    bare = seen(line).strip()
    bare = bare[1:] if bare[:1] in _BARS else bare
    bare = bare[:-1] if bare[-1:] in _BARS and bare[-2:-1] != "\\" else bare
    return tuple(re.sub(r"\\([|\uff5c])", r"\1", cell.strip()) for cell in re.split(r"(?<!\\)[|\uff5c]", bare))


def _heads(rows: list[tuple[str, ...]]) -> tuple[list[str], list[tuple[str, ...]]]:
    """The heads in one row: of two rows (温度 over 夏季 and 冬季) the upper is said with each that stands under it."""
    above, below = rows[0], rows[1]
    is_second = len(rows) > 2 and not below[0] and "" in above and not any(map(_DIGIT.search, map(fold, below)))
    if not is_second:
        return list(above), rows[1:]
    heads: list[str] = []
    last = ""
    for at, lower in enumerate(below):
        last = (above[at] if at < len(above) else "") or last
        name, unit = _name_and_unit(last)
        heads.append(f"{name}{lower}" + (f"({unit})" if unit and lower else "") if lower else last)
    return heads, rows[2:]


def _kept(row: tuple[str, ...], kept: list[int]) -> tuple[str, ...]:
    """The row without its running number; what stands beyond the last head stays."""
    most = max(kept, default=-1)
    return tuple(cell for at, cell in enumerate(row) if at in kept or at > most)


def measures_of(table: Table | None, label: str, *, bound: str) -> tuple[list[Measure], list[str], list[str]]:
    """One measure per numeric cell, the phrases of the others, and what is unread: property is the row head, condition the column head.

    `bound` is what the sentence says of all cells (不大于), empty where it says nothing.
    """
    if table is None:
        return [], [], [f"表 {label}"]
    found = _Found()
    keys = _keys(table)
    units = [at for at, head in enumerate(table.heads) if _IS_UNIT.match(fold(head))]
    above: tuple[str, ...] = ("",) * keys
    for row in table.rows:
        # A row head that is written once stands for the rows below it.
        above = tuple(cell or last for cell, last in zip((*row, *[""] * keys)[:keys], above, strict=True))
        unit = next((row[at] for at in units if at < len(row) and row[at]), None)
        for at in range(keys, len(row)):
            if at not in units and not _BLANK.match(row[at]):
                head = table.heads[at] if at < len(table.heads) else None
                _read_cell(found, "".join(above), row[at], head, unit=unit, bound=bound)
    return found.measures, found.phrases, found.unread


@dataclass(slots=True)
class _Found:
    measures: list[Measure] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def _keys(table: Table) -> int:
    """How many columns name a row: the first, and the ones behind it that tell its rows apart (大厅 | 地面, 大厅 | 玻璃)."""
    most = min(_MOST_KEYS, len(table.heads) - 1)
    for keys in range(1, most):
        names = [row[:keys] for row in table.rows]
        behind = [fold(row[keys]) for row in table.rows if len(row) > keys]
        is_told_apart = all("".join(name) for name in names) and len(set(names)) == len(names)
        if is_told_apart or any(map(_DIGIT.search, behind)) or _IS_UNIT.match(fold(table.heads[keys])):
            return keys
    return max(most, 1)


def _read_cell(found: _Found, label: str, cell: str, head: str | None, *, unit: str | None, bound: str) -> None:
    name, own_unit = _name_and_unit(label)
    if head is None:
        found.unread.append(f"{label} {cell}")
    elif not _DIGIT.search(fold(cell)):
        found.phrases.extend(f"{name}{phrase}" for phrase in phrases_of(cell))
    else:
        condition, head_unit = _name_and_unit(head)
        unit = head_unit or unit or own_unit
        words = cell if _speaks(cell) or not unit else f"{cell} {unit}"
        read = _cell(name, words, _comparator(head) or bound)
        if read is None:
            found.unread.append(f"{label} {cell}")
        else:
            said = None if _NO_PROPERTY.match(condition) or not condition else condition
            found.measures.append(replace(read, property=name, condition=said))


def _speaks(cell: str) -> bool:
    return bool(re.search(r"[A-Za-z℃%μΩ次]|[\u4e00-\u9fff]\s*$", fold(cell)))


def _name_and_unit(head: str) -> tuple[str, str | None]:
    match = _UNIT.search(fold(head)) or _ODD_UNIT.search(fold(head))
    if match is None:
        return head.strip(), None
    return head[: match.start()].strip(), match["unit"].strip()


def _cell(name: str, words: str, bound: str) -> Measure | None:
    """The cell alone, or with the comparator that stands in the head or in the sentence (≤, 不大于)."""
    named = (f"{name}{words}", f"{name}{bound}{words}")
    for text in (*named, f"数值{bound}{words}") if bound else named:
        drafts = read_sentence(text, lent="shall")
        measures = [measure for draft in drafts for measure in draft.measures]
        unread = [word for draft in drafts for word in draft.unread]
        if len(measures) == 1 and not unread:
            return measures[0]
    return None


def _comparator(head: str) -> str:
    match = _BOUND.search(fold(head))
    if match is None:
        return ""
    return "≤" if match["most"] else "≥" if match["least"] else match.group()
