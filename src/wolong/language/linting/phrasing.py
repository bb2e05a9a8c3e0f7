"""WL2: how a requirement is worded."""

import re
from collections.abc import Iterator

from wolong.language.folding import fold
from wolong.language.linting.registry import Fault, Shelf, by_clause, rule
from wolong.language.modals import BINDING
from wolong.language.sentences import has_modal
from wolong.language.tree import Document

_MUST = re.compile(r"必须(?!品)")
_VAGUE = re.compile(r"及时(?!率|性)|适当|尽量|尽可能|合理|定期|适时|必要时|基本上|原则上|大致|酌情")
_NO_UNIT = re.compile(r"pH|酸碱度|系数|因数|等级|比$|比例|倍数|指数|能效|得分|评分|分值|性能比", re.IGNORECASE)
_NOTE = re.compile(r"^\s*(?:注|示例)\s*\d*\s*:")


@rule("WL202", "warning")
def must_for_shall(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A standard says 应; 必须 belongs to laws and to engineering codes.

    Why: two words for one thing make readers look for a difference (GB/T 1.1—2020, annex C).
    Bad: `大厅地面必须每日清扫。`
    Good: `大厅地面应每日清扫。`
    """
    if document.tone == "工程":
        return
    seen: set[tuple[int, int]] = set()
    for clause, requirement in by_clause(document):
        match = _MUST.search(requirement.sentence)
        here = (requirement.line, requirement.column)
        if match and here not in seen:
            seen.add(here)
            yield Fault(requirement.line, "用了“必须”", "标准里写“应”", clause, requirement.column + match.start())


@rule("WL203", "warning")
def vague_word(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A binding requirement does not rest on a word that nobody can verify.

    Why: 及时 is quarrelled about when money hangs on it.
    Bad: `垃圾应及时清运。`
    Good: `垃圾应每日清运不少于 1 次。`
    """
    for clause, requirement in by_clause(document):
        if requirement.modality not in BINDING or requirement.measures:
            continue
        for predicate in requirement.predicates:
            match = _VAGUE.search(predicate)
            if match:
                at = max(requirement.sentence.find(match.group()), 0)
                message = f"“{match.group()}”没法检查"
                yield Fault(requirement.line, message, "写出时限、频次或限值", clause, requirement.column + at)
                break


@rule("WL204", "warning")
def requirement_in_note(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A note or an example requires nothing.

    Why: what stands in a note binds nobody, so a 应 there is lost (GB/T 1.1—2020, 9.9).
    Bad: `注:地面应保持干燥。`
    Good: `5.1.4 地面应保持干燥。`
    """
    for clause in document.clauses:
        if clause.role in ("terms", "front"):
            continue
        for offset, line in enumerate(clause.text.split("\n")):
            if _NOTE.match(fold(line)) and has_modal(line):
                help_text = "把要求移到正文，注里只作解释"
                yield Fault(clause.line + offset, "注或示例里写了要求", help_text, clause.number)


@rule("WL205", "warning")
def unit_missing(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """A limit has a unit, unless its property is a bare number (pH, 功率因数).

    Why: 不应大于 55 is not checkable.
    Bad: `室内噪声不应大于 55。`
    Good: `室内噪声不应大于 55 dB(A)。`
    """
    for clause, requirement in by_clause(document):
        for measure in requirement.measures:
            if measure.kind == "limit" and measure.unit is None and not _NO_UNIT.search(measure.property or ""):
                message = f"“{measure.property or '数值'}”没有单位"
                yield Fault(requirement.line, message, "在数值后面写单位", clause, requirement.column)
