"""Lint: documents come in, rules of six groups look at them, a sorted list of diagnostics goes out."""

from collections.abc import Sequence
from datetime import date

from wolong.language.linting import consistency, executability, phrasing, references, structure, validity
from wolong.language.linting.registry import RULES, Rule, Shelf, World, run
from wolong.language.tree import Diagnostic, Document

__all__ = ["GROUPS", "RULES", "Rule", "World", "lint", "skipped_rules"]

GROUPS = {
    "WL1": structure,
    "WL2": phrasing,
    "WL3": references,
    "WL4": consistency,
    "WL5": executability,
    "WL6": validity,
}


def lint(
    documents: Sequence[Document],
    *,
    today: date,
    world: World | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> list[Diagnostic]:
    """Everything wrong with the documents, reading faults included, sorted by file, line, column and code.

    `select` and `ignore` are prefixes of codes; an inline `wolong: ignore` silences its code on its own line and the next.
    """
    shelf = Shelf.of(documents, today=today, world=world)
    found: list[Diagnostic] = []
    for document in documents:
        own = list(document.diagnostics)
        # A file that could not be read at all has nothing that a rule could judge.
        if document.clauses or document.number or not document.has_errors:
            for one in RULES.values():
                own.extend(run(one, document, shelf))
        found.extend(_heard(document, own))
    kept = [one for one in found if _wanted(one.code, select, ignore)]
    return sorted(kept, key=lambda one: one.sort_key)


def skipped_rules(*, world: World | None) -> list[str]:
    """The codes of rules that had to be passed over for want of a world."""
    return [] if world is not None else [one.code for one in RULES.values() if one.needs_world]


def _wanted(code: str, select: Sequence[str], ignore: Sequence[str]) -> bool:
    if select and not any(code.startswith(prefix) for prefix in select):
        return False
    return not any(code.startswith(prefix) for prefix in ignore)


def _heard(document: Document, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics that no inline remark with a reason silences."""
    silenced: set[tuple[str, int]] = set()
    lines = document.source.split("\n") if document.ignores else []
    for remark in document.ignores:
        if not remark.reason:
            continue
        silenced.add((remark.code, remark.line))
        after = next((at for at in range(remark.line, len(lines)) if lines[at].strip()), None)
        if after is not None:
            silenced.add((remark.code, after + 1))
    return [
        one for one in diagnostics if not any(one.code.startswith(code) and one.line == line for code, line in silenced)
    ]
