"""Lint: documents come in, rules of six groups look at them, a sorted list of diagnostics goes out."""

from collections.abc import Collection, Sequence
from datetime import date

from wolong.language.cited import Index
from wolong.language.linting import consistency, executability, phrasing, references, sameness, structure, validity
from wolong.language.linting.registry import EVERY, RULES, Rule, Shelf, World, run
from wolong.language.linting.unread import READING
from wolong.language.synonyms import Synonyms
from wolong.language.tree import Diagnostic, Document

__all__ = ["EXPLAINED", "RULES", "RULE_MODULES", "Rule", "World", "lint", "severity_of", "skipped_rules"]

# Importing a module registers its rules.
RULE_MODULES = (structure, phrasing, references, consistency, sameness, executability, validity)
EXPLAINED = {code: known for code, (_severity, known) in READING.items()}
EXPLAINED.update({code: one.explanation for code, one in RULES.items()})


def severity_of(code: str) -> str:
    """The severity that a code has as a rule."""
    return RULES[code].severity if code in RULES else READING[code][0]


def lint(
    documents: Sequence[Document],
    *,
    today: date,
    world: World | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    index: Index | None = None,
    synonyms: Synonyms | None = None,
    only: Collection[str] | None = None,
    share: slice = EVERY,
) -> list[Diagnostic]:
    """Everything wrong with the documents, reading faults included, sorted by file, line, column and code.

    `select` and `ignore` are prefixes of codes; an inline `wolong: ignore` silences its code on its own line and the next.
    `only` names the files to be judged; the others are what they are laid beside, as when one of many is being written.
    `share` says by their places which of the documents this process judges; they may have one file name.
    """
    shelf = Shelf.of(documents, today=today, world=world, index=index, synonyms=synonyms, only=only, share=share)
    found: list[Diagnostic] = []
    for document in shelf.judged:
        own = list(document.diagnostics)
        # A file that could not be read at all has nothing that a rule could judge.
        if document.clauses or document.number or not document.has_errors:
            for one in RULES.values():
                own.extend(run(one, document, shelf))
        found.extend(_heard(document, own))
    kept = [one for one in found if _wanted(one.code, select, ignore)]
    return sorted(kept, key=lambda one: one.sort_key)


def skipped_rules(*, world: World | None) -> list[str]:
    """The codes of rules that had to be passed over for want of what the world knows."""
    return [one.code for one in RULES.values() if one.is_skipped(world)]


def _wanted(code: str, select: Sequence[str], ignore: Sequence[str]) -> bool:
    if select and not any(code.startswith(prefix) for prefix in select):
        return False
    return not any(code.startswith(prefix) for prefix in ignore)


def _heard(document: Document, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics that no inline remark with a reason silences."""
    silenced: set[tuple[str, int]] = set()
    if not document.ignores:
        return diagnostics
    lines = document.source_lines
    idle: list[Diagnostic] = []
    for remark in document.ignores:
        if not remark.is_whole:
            continue
        after = next((at for at in range(remark.line, len(lines)) if lines[at].strip()), remark.line - 1)
        covered = {(remark.code, remark.line), (remark.code, after + 1)}
        if any(one.code.startswith(remark.code) and (remark.code, one.line) in covered for one in diagnostics):
            silenced |= covered
        else:
            help_text = "已经没有这个问题，删去这条注记"
            message = f"忽略 {remark.code} 的注记没有忽略任何问题"
            idle.append(Diagnostic("WL117", "info", document.file, remark.line, 1, None, message, help_text))
    return idle + [
        one for one in diagnostics if not any(one.code.startswith(code) and one.line == line for code, line in silenced)
    ]
