"""The registry of lint rules: a rule is one function with a code, a severity and a docstring that says why, bad and good."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, wraps
from typing import Any, TypeVar

from wolong.language.cited import Index
from wolong.language.folding import squeeze
from wolong.language.linting.authority import rank_of
from wolong.language.linting.explaining import Explanation
from wolong.language.linting.kept import Kept, shared
from wolong.language.linting.rings import rings_of
from wolong.language.numbering import canonical_number, parse_number
from wolong.language.synonyms import Synonyms
from wolong.language.tree import Diagnostic, Document, Place, Requirement, Term


@dataclass(frozen=True, slots=True)
class World:
    """What only the world outside the texts knows: how many things a selector selects, which standards are adopted.

    A world that counts any selector knows all that select something; one that counts none has nothing to say of them.
    """

    selectors: Mapping[str, int] = field(default_factory=dict)
    adopted: frozenset[str] = frozenset()

    @classmethod
    def from_json(cls, data: Any) -> "World":
        """From `{"selectors": {selector: count}, "adopted": [number]}`; ValueError for anything else."""
        if not isinstance(data, dict) or not set(data) <= {"selectors", "adopted"}:
            raise ValueError("not a world")
        counts, adopted = data.get("selectors", {}), data.get("adopted", [])
        is_counts = isinstance(counts, dict) and all(type(count) is int and count >= 0 for count in counts.values())
        if not is_counts or not isinstance(adopted, list) or not all(isinstance(one, str) for one in adopted):
            raise ValueError("not a world")
        return cls(counts, frozenset(canonical_number(one) or one for one in adopted))

    def counts(self) -> bool:
        """Whether it knows what selectors select."""
        return bool(self.selectors)


Saying = tuple[str, str]
EVERY = slice(None)


@dataclass(frozen=True)
class Shelf:
    """All documents of one run, what replaces what among them, which are judged, and the day and world to judge by.

    `memo` holds what a group of rules makes of the whole at its first question.
    """

    documents: tuple[Document, ...]
    today: date
    world: World | None = None
    replaced_by: Mapping[str, Document] = field(default_factory=dict)
    index: Index = field(default_factory=dict)
    synonyms: Synonyms = field(default_factory=dict)
    numbered: Mapping[str, Sequence[Document]] = field(default_factory=dict)
    judged: tuple[Document, ...] = ()
    memo: dict[str, Any] = field(default_factory=dict, compare=False)

    @classmethod
    def of(
        cls,
        documents: Sequence[Document],
        *,
        today: date,
        world: World | None = None,
        index: Index | None = None,
        synonyms: Synonyms | None = None,
        only: Collection[str] | None = None,
        share: slice = EVERY,
    ) -> "Shelf":
        """A shelf with what its rules look up; `only` names the files that are judged, `share` cuts a part of them."""
        replaced = {number: document for document in documents for number in document.replaces}
        numbered: dict[str, list[Document]] = {}
        for document in documents:
            if document.number:
                numbered.setdefault(document.number, []).append(document)
        judged = tuple(one for one in documents[share] if only is None or one.file in only)
        return cls(tuple(documents), today, world, replaced, index or {}, synonyms or {}, numbered, judged)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers on the shelf, without their years."""
        return frozenset(one.number for one in map(parse_number, self.numbered) if one)

    @cached_property
    def sentences(self) -> Mapping[Saying, tuple[Document, str, int]]:
        """Where each sentence about each object, of those that are judged, stands with the highest authority, and first."""
        said = _SAID.of(self.current, {})
        judged = set(map(id, self.judged))
        asked = [own for document, own in said if id(document) in judged]
        places = shared([own for _, own in said], asked)
        return {key: min(several, key=lambda one: rank_of(one[0])) for key, several in places.items()}

    @cached_property
    def rings(self) -> Mapping[str, tuple[str, ...]]:
        """The standards of the shelf that cite each other in a circle, each with its circle."""
        cited: dict[str, list[str]] = {}
        for document in self.current:
            own = parse_number(document.number or "")
            if own:
                cited[own.number] = [one.number for one in document.references if one.number in self.numbers]
        return rings_of(cited)

    @cached_property
    def newest(self) -> Mapping[str, int]:
        """The last year of each number on the shelf."""
        found: dict[str, int] = {}
        for one in map(parse_number, self.numbered):
            if one and one.year:
                found[one.number] = max(one.year, found.get(one.number, 0))
        return found

    @cached_property
    def current(self) -> tuple[Document, ...]:
        """The documents that no other on the shelf replaces, by saying so or as a later edition of the same number."""
        return tuple(one for one in self.documents if one.number not in self.replaced_by and not self._is_older(one))

    def is_current(self, document: Document) -> bool:
        return id(document) in self._current_ids

    @cached_property
    def _current_ids(self) -> frozenset[int]:
        return frozenset(map(id, self.current))

    def _is_older(self, document: Document) -> bool:
        own = parse_number(document.number or "")
        return bool(own and own.year and own.year < self.newest.get(own.number, 0))

    @cached_property
    def terms(self) -> Mapping[str, Sequence[tuple[Document, Term]]]:
        """Where each term is defined first, and where first in another document."""
        found: dict[str, list[tuple[Document, Term]]] = {}
        for document in self.current:
            for term in document.terms:
                places = found.setdefault(term.term, [])
                if len(places) < 2 and all(other is not document for other, _ in places):
                    places.append((document, term))
        return found


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
    """A registered rule; `needs` says of a world whether it knows what the texts alone can't tell."""

    code: str
    severity: str
    check: Check
    needs: Callable[[World], bool] | None = None

    def is_skipped(self, world: World | None) -> bool:
        return self.needs is not None and (world is None or not self.needs(world))

    @property
    def explanation(self) -> Explanation:
        return Explanation.of(self.check.__doc__ or "")


RULES: dict[str, Rule] = {}


def rule(code: str, severity: str, *, needs: Callable[[World], bool] | None = None) -> Callable[[Check], Check]:
    """Registers a function as the rule of this code."""

    def register(check: Check) -> Check:
        if code in RULES:
            raise ValueError(f"two rules with the code {code}")
        RULES[code] = Rule(code, severity, check, needs)
        return check

    return register


def run(one: Rule, document: Document, shelf: Shelf) -> Iterator[Diagnostic]:
    """The diagnostics of one rule on one document: what several requirements of one sentence or line share is said once."""
    if one.is_skipped(shelf.world):
        return
    said: set[tuple[int, int, str]] = set()
    for fault in one.check(document, shelf):
        here = (fault.line, fault.column, fault.message)
        if here in said:
            continue
        said.add(here)
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


Answer = TypeVar("Answer")


def at_hand(ask: Callable[[Document], Iterable[Answer]]) -> Callable[[Document], Sequence[Answer]]:
    """What several rules ask of one document is answered once: the rules go over one document after the other."""
    last: tuple[Document | None, Sequence[Answer]] = (None, ())

    @wraps(ask)
    def answer(document: Document) -> Sequence[Answer]:
        nonlocal last
        known, answers = last
        if known is not document:
            answers = tuple(ask(document))
            last = (document, answers)
        return answers

    return answer


def saying(requirement: Requirement) -> Saying:
    """What is said of what: the sentence without spaces, and the objects it is checked at."""
    value = requirement.execution.values.get("对象") if requirement.execution else None
    return squeeze(requirement.sentence).rstrip("。;"), str(value or "")


def _said(document: Document, _under: Mapping[str, str]) -> dict[Saying, tuple[Document, str, int]]:
    found: dict[Saying, tuple[Document, str, int]] = {}
    for clause in document.clauses:
        for requirement in clause.requirements:
            found.setdefault(saying(requirement), (document, clause.number, requirement.line))
    return found


_SAID = Kept(_said)


@at_hand
def by_clause(document: Document) -> Iterator[tuple[str | None, Requirement]]:
    """Every requirement with the number of its clause."""
    for clause in document.clauses:
        for requirement in clause.requirements:
            yield clause.number or None, requirement


def by_sentence(
    document: Document, modalities: Collection[str] | None = None
) -> Iterator[tuple[str | None, Requirement]]:
    """Every sentence once, however many requirements it has: the first of these modalities, with the number of its clause."""
    seen: set[tuple[int, int]] = set()
    for clause, requirement in by_clause(document):
        here = (requirement.line, requirement.column)
        if here not in seen and (modalities is None or requirement.modality in modalities):
            seen.add(here)
            yield clause, requirement


def key_line(document: Document, key: str) -> int:
    """The line of a key of the front matter; the first line where it is missing."""
    return document.lines.get(key, 1)
