"""Tables that a clause points to (应符合表 1): one measure for each numeric cell."""

import re
from dataclasses import dataclass, replace

from wolong.language.folding import fold
from wolong.language.outline import Outline, Paragraph
from wolong.language.patterns import lazy
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
_NO_PROPERTY = lazy(r"^(?:限值|指标|要求|标准|数值|值|规定值|参数值?)$")


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
    return Table(rows[0], tuple(rows[1:])) if len(rows) > 1 else None


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in re.split(r"[|\uff5c]", line.strip().strip("|\uff5c")))


def measures_of(table: Table | None, label: str, *, bound: str) -> tuple[list[Measure], list[str]]:
    """One measure per numeric cell: property is the row head, condition the column head; what is odd is unread.

    `bound` is what the sentence says of all cells (不大于), empty where it says nothing.
    """
    if table is None:
        return [], [f"表 {label}"]
    measures: list[Measure] = []
    unread: list[str] = []
    for row in table.rows:
        for head, cell in zip(table.heads[1:], row[1:], strict=False):
            if not _DIGIT.search(fold(cell)):
                continue
            name, unit = _name_and_unit(row[0])
            condition, head_unit = _name_and_unit(head)
            words = cell if _speaks(cell) or not (head_unit or unit) else f"{cell} {head_unit or unit}"
            read = _cell(name, words, _comparator(head) or bound)
            if read is None:
                unread.append(f"{row[0]} {cell}")
                continue
            measures.append(
                replace(read, property=name, condition=None if _NO_PROPERTY.match(condition) else condition)
            )
    return measures, unread


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
