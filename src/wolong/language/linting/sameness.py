"""WL4: what is said twice, in one standard or in two."""

from collections.abc import Iterator

from wolong.language.folding import squeeze
from wolong.language.linting.registry import Fault, Shelf, by_sentence, rule, saying
from wolong.language.tree import Document, Place, Term


@rule("WL403", "warning")
def said_twice(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """One sentence about one thing stands in one place of a standard only.

    Why: a change in one place leaves the other behind, and the failure is scored twice.
    Bad:
        4.1 地面应干净。

        4.2 地面应干净。
    Good:
        4.1 地面应干净。

        4.2 墙面应干净。
    Mend: Keep it in one place and point to it from the other.
    """
    first: dict[tuple[str, str, int], tuple[str, int]] = {}
    for clause in document.clauses:
        for requirement in clause.requirements:
            key = (*saying(requirement), requirement.ordinal)
            if key in first:
                where, line = first[key]
                if where != clause.number:
                    related = (Place(document.file, line, 1, where, "先写在这里"),)
                    message = f"与第 {where} 条是同一句话"
                    yield Fault(requirement.line, message, "只留一处", clause.number, requirement.column, related)
            first.setdefault(key, (clause.number, requirement.line))


@rule("WL405", "warning")
def term_defined_twice(document: Document, shelf: Shelf) -> Iterator[Fault]:
    """A term means one thing in all standards of the shelf.

    Why: 公共区域 with and without the toilets makes two different duties.
    Bad:
        ---
        标准号: Q/A 1—2026
        ---
        ## 3 术语和定义

        ### 3.1 公共区域

        大厅和走廊。
        =====
        ---
        标准号: Q/A 2—2026
        ---
        ## 3 术语和定义

        ### 3.1 公共区域

        大厅、走廊和卫生间。
    Good:
        ---
        标准号: Q/A 1—2026
        ---
        ## 3 术语和定义

        ### 3.1 公共区域

        大厅、走廊和卫生间。
        =====
        ---
        标准号: Q/A 2—2026
        引用: [Q/A 1]
        ---
        ## 3 术语和定义

        Q/A 1 界定的术语和定义适用于本文件。
    Mend: Define it once and cite that standard, or use another term.
    """
    if not shelf.is_current(document):
        return
    lines = {clause.number: clause.line for clause in document.clauses}
    for term in document.terms:
        found = next((one for one in shelf.terms[term.term] if one[0] is not document), None)
        if found and squeeze(found[1].definition) != squeeze(term.definition):
            yield _defined_otherwise(term, lines.get(term.clause, 1), *found)


def _defined_otherwise(term: Term, line: int, other: Document, second: Term) -> Fault:
    there = next((clause.line for clause in other.clauses if clause.number == second.clause), 1)
    related = (Place(other.file, there, 1, second.clause, second.definition),)
    message = f"“{term.term}”与 {other.number or other.file} 的定义不同"
    return Fault(line, message, "统一定义，或改用别的术语", term.clause, related=related)


@rule("WL407", "warning")
def said_elsewhere(document: Document, shelf: Shelf) -> Iterator[Fault]:
    """One sentence about one thing stands in one standard only.

    Why: a change in one leaves the other behind, and the failure is scored twice.
    Bad:
        ---
        标准号: Q/A 1—2026
        ---
        4.1 大厅地面应无积水。
        =====
        ---
        标准号: Q/A 2—2026
        ---
        4.1 大厅地面应无积水。
    Good:
        ---
        标准号: Q/A 1—2026
        ---
        4.1 大厅地面应无积水。
        =====
        ---
        标准号: Q/A 2—2026
        引用: [Q/A 1]
        ---
        4.1 大厅清洁应符合 Q/A 1 的规定。
    Mend: Keep it in the more special standard and cite that one.
    """
    if not shelf.is_current(document):
        return
    for clause, requirement in by_sentence(document):
        other, number, line = shelf.sentences[saying(requirement)]
        if other is not document:
            related = (Place(other.file, line, 1, number, "同一句话写在这里"),)
            message = f"与 {other.number or other.file} 第 {number} 条是同一句话"
            yield Fault(requirement.line, message, "只留一处，另一处引用", clause, requirement.column, related)
