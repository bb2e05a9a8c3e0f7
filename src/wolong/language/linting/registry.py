"""The registry of lint rules: a rule is one function with a code, a severity and a docstring that says why, bad and good."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wolong.language.tree import Diagnostic, Document, Place, Requirement


@dataclass(frozen=True, slots=True)
class World:
    """What only the world outside the texts knows: how many things a selector selects, which standards are adopted."""

    selectors: Mapping[str, int] = field(default_factory=dict)
    adopted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shelf:
    """All documents of one run, what replaces what among them, and the day and world to judge by."""

    documents: tuple[Document, ...]
    today: date
    world: World | None = None
    replaced_by: Mapping[str, Document] = field(default_factory=dict)
    # The index that WL4 builds at its first question and shares between its rules.
    bounds: dict[Any, list[Any]] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, documents: Sequence[Document], *, today: date, world: World | None) -> "Shelf":
        replaced = {number: document for document in documents for number in document.replaces}
        return cls(tuple(documents), today, world, replaced)

    @property
    def current(self) -> tuple[Document, ...]:
        """The documents that no other on the shelf replaces."""
        return tuple(document for document in self.documents if document.number not in self.replaced_by)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule found, before it has its code. `severity` where it differs from the rule's own."""

    line: int
    message: str
    help: str
    clause: str | None = None
    column: int = 1
    related: tuple[Place, ...] = ()
    severity: str | None = None


Check = Callable[[Document, Shelf], Iterable[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule; `needs_world` when it can say nothing from the texts alone."""

    code: str
    severity: str
    check: Check
    needs_world: bool = False

    @property
    def explanation(self) -> str:
        return self.check.__doc__ or ""


RULES: dict[str, Rule] = {}


def rule(code: str, severity: str, *, needs_world: bool = False) -> Callable[[Check], Check]:
    """Registers a function as the rule of this code."""

    def register(check: Check) -> Check:
        if code in RULES:
            raise ValueError(f"two rules with the code {code}")
        RULES[code] = Rule(code, severity, check, needs_world)
        return check

    return register


def run(one: Rule, document: Document, shelf: Shelf) -> Iterator[Diagnostic]:
    """The diagnostics of one rule on one document."""
    if one.needs_world and shelf.world is None:
        return
    for fault in one.check(document, shelf):
        yield Diagnostic(
            one.code,
            fault.severity or one.severity,
            document.file,
            fault.line,
            fault.column,
            fault.clause,
            fault.message,
            fault.help,
            fault.related,
        )


def by_clause(document: Document) -> Iterator[tuple[str | None, Requirement]]:
    """Every requirement with the number of its clause."""
    for clause in document.clauses:
        for requirement in clause.requirements:
            yield clause.number or None, requirement


def key_line(document: Document, key: str) -> int:
    """The line of a key of the front matter; the first line where it is missing."""
    return document.lines.get(key, 1)
