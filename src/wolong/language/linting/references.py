"""WL3: what a standard cites."""

from collections.abc import Iterator

from wolong.language.folding import fold
from wolong.language.linting.registry import Fault, Shelf, key_line, rule
from wolong.language.numbering import CITED, parse_number
from wolong.language.tree import Document, Reference


def _cited(document: Document) -> Iterator[tuple[Reference, int, str, bool]]:
    """Every standard's number in text and in 来源: what, line, clause, whether it stands in chapter 2."""
    for clause in document.clauses:
        if clause.role == "front":
            continue
        for offset, line in enumerate(clause.text.split("\n")):
            for match in CITED.finditer(fold(line)):
                parsed = parse_number(match.group())
                if parsed is not None:
                    yield parsed, clause.line + offset, clause.number, clause.role == "references"
        for execution in clause.executions:
            source = execution.values.get("来源")
            for match in CITED.finditer(fold(source)) if isinstance(source, str) else ():
                parsed = parse_number(match.group())
                if parsed is not None:
                    yield parsed, execution.columns["来源"][0], clause.number, False


@rule("WL302", "warning")
def not_listed(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """What the text cites is listed under 引用 and in chapter 2.

    Why: the list is what is watched for new editions.
    Bad: the text says 按 GB/T 17217, the front matter has `引用: []`.
    Good: `引用: [GB/T 17217]`, and a line in chapter 2.
    """
    listed = {reference.number for reference in document.references}
    own = parse_number(document.number or "")
    said: set[str] = set()
    for reference, line, clause, in_list in _cited(document):
        number = reference.number
        if number in listed or number in said or in_list or (own and number == own.number):
            continue
        said.add(number)
        yield Fault(line, f"引用了 {number}，文件头的“引用”里没有", "把它补进“引用”和第 2 章", clause)


@rule("WL303", "info")
def never_used(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """What is listed under 引用 is cited somewhere.

    Why: a reference that nothing needs makes its changes look relevant.
    Bad: `引用: [GB/T 18883]` in a standard that never mentions it.
    Good: the reference goes, or a clause cites it.
    """
    used = {reference.number for reference, _, _, in_list in _cited(document) if not in_list}
    for reference in document.references:
        if reference.number not in used:
            line = key_line(document, "引用")
            yield Fault(line, f"“引用”里的 {reference.number} 正文没有用到", "删去，或在条款里引用")


@rule("WL304", "warning")
def edition_replaced(document: Document, shelf: Shelf) -> Iterator[Fault]:
    """A dated reference does not point to an edition that another standard has replaced.

    Why: with a year, exactly that edition is meant, and it is no longer in force.
    Bad: `引用: [Q/WLS BZ06-003—2021]` when the 2026 edition replaces it.
    Good: `引用: [Q/WLS BZ06-003—2026]`, or no year for the newest.
    """
    for reference in document.references:
        newer = shelf.replaced_by.get(str(reference))
        if reference.year is not None and newer is not None and newer is not document:
            message = f"引用的 {reference} 已被 {newer.number} 代替"
            yield Fault(key_line(document, "引用"), message, "改引新版，或去掉年份")
