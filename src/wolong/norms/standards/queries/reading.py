"""How a text is read before it is saved: a clause that is tried, and what is wrong with a draft."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from wolong.language.linting import lint
from wolong.language.reading import read_text
from wolong.language.tree import Clause as ReadClause
from wolong.language.tree import Diagnostic, Document
from wolong.language.tree import Requirement as ReadRequirement
from wolong.norms.standards.models import Clause, Edition, Requirement
from wolong.norms.standards.rules.columns import columns_of

LONGEST_TRY = 20_000  # characters of a clause that is tried; a whole standard goes to the draft page
NUMBERED = "5.1.1 "  # a bare sentence is read as if it stood under a number


@dataclass(frozen=True, slots=True)
class Tried:
    """How a pasted clause is read: its requirements, unsaved, and what is wrong, by line and column of the pasted text."""

    requirements: Sequence[Requirement]
    diagnostics: Sequence[Diagnostic]


def requirement_of(edition: Edition | None, clause: Clause, ordinal: int, read: ReadRequirement) -> Requirement:
    """The row of one requirement, unsaved; without an edition it is only looked at."""
    data = read.as_json()
    return Requirement(
        clause=clause,
        edition=edition,
        ordinal=ordinal,
        modality=data["modality"],
        sentence=data["sentence"],
        object=(data["object"] or "")[:200],
        condition=(data["condition"] or "")[:200],
        predicates=data["predicates"],
        measures=data["measures"],
        unread=data["unread"],
        execution=data["execution"],
        fingerprint=data["fingerprint"],
        **columns_of(data["execution"]),
    )


def try_clause(text: str, *, today: date) -> Tried:
    """Read a clause with its execution line as it would be read in a standard; it needs no front matter and no number."""
    text = text[:LONGEST_TRY].replace("\x00", "")
    document = read_text(text)
    shift = 0
    if not document.requirements and text.strip():
        numbered = _numbered(text)
        again = read_text(numbered)
        if again.requirements or again.clauses:
            document, shift = again, len(NUMBERED)
    found = [
        requirement_of(None, Clause(number=clause.number, title=clause.title or ""), ordinal, required)
        for ordinal, (clause, required) in enumerate(_required(document), start=1)
    ]
    first = next((number for number, line in enumerate(text.split("\n"), start=1) if line.strip()), 1)
    # Front matter, chapters and references are judged where there is a whole standard.
    diagnostics = lint([document], today=today, ignore=("WL1", "WL3", "WL6")) + [
        one for one in document.diagnostics if one.severity == "error" and one.code.startswith("WL1")
    ]
    moved = [
        replace(one, column=max(1, one.column - shift)) if one.line == first else one
        for one in dict.fromkeys(diagnostics)
    ]
    return Tried(found, moved)


def _numbered(text: str) -> str:
    lines = text.split("\n")
    first = next(at for at, line in enumerate(lines) if line.strip())
    lines[first] = NUMBERED + lines[first].lstrip()
    return "\n".join(lines)


def _required(document: Document) -> list[tuple[ReadClause, ReadRequirement]]:
    return [(clause, required) for clause in document.clauses for required in clause.requirements]


def problems_of(text: str, *, today: date) -> list[Diagnostic]:
    """Everything that reading and lint have to say about a draft, errors first, then by place."""
    rank = {"error": 0, "warning": 1}
    found = lint([read_text(text)], today=today)
    return sorted(found, key=lambda one: (rank.get(one.severity, 2), one.line, one.column))
