"""The tree that reading yields: documents, clauses, requirements and measures, each a frozen value with its JSON."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

from wolong.language.folding import lines_of

Json = dict[str, Any]


@cache
def _fields(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*names)


class _Value:
    """A whole library travels from process to process: as arguments that takes half of what a dataclass takes by itself."""

    __slots__ = ()
    __match_args__: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return type(self), _fields(self.__match_args__)(self)


def number_out(value: Decimal | None) -> int | float | None:
    """A JSON number: whole values without a fraction."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def number_in(value: Any) -> Decimal | None:
    """The Decimal that a JSON number was written from."""
    return None if value is None else Decimal(str(value))


@dataclass(frozen=True, slots=True)
class Place(_Value):
    """Another location that a diagnostic points to."""

    file: str
    line: int
    column: int
    clause: str | None
    message: str

    def as_json(self) -> Json:
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "clause": self.clause,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class Diagnostic(_Value):
    """What is wrong, where, and how to mend it. Severity is error, warning or info."""

    code: str
    severity: str
    file: str
    line: int
    column: int
    clause: str | None
    message: str
    help: str
    related: tuple[Place, ...] = ()

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        return (self.file, self.line, self.column, self.code, self.message)

    def as_json(self) -> Json:
        return {
            "code": self.code,
            "severity": self.severity,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "clause": self.clause,
            "message": self.message,
            "help": self.help,
            "related": [place.as_json() for place in self.related],
        }


@dataclass(frozen=True, slots=True)
class Period(_Value):
    """A length of time that a frequency counts in: 每15日 is 15 d, 每季度 is 3 month."""

    value: Decimal
    unit: str

    def as_json(self) -> Json:
        return {"value": number_out(self.value), "unit": self.unit}


@dataclass(frozen=True, slots=True)
class Measure(_Value):
    """One number that a sentence fixes: a limit, a work frequency or a deadline. The bounds enclose what is *allowed*."""

    kind: str
    property: str | None
    condition: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False
    unit: str | None = None
    per: Period | None = None
    event: str | None = None
    direction: str | None = None

    def as_json(self) -> Json:
        return {
            "kind": self.kind,
            "property": self.property,
            "condition": self.condition,
            "low": number_out(self.low),
            "high": number_out(self.high),
            "low_open": self.low_open,
            "high_open": self.high_open,
            "unit": self.unit,
            "per": self.per.as_json() if self.per else None,
            "event": self.event,
            "direction": self.direction,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Measure":
        """The measure that `as_json` wrote."""
        per = data.get("per")
        return cls(
            kind=str(data["kind"]),
            property=data.get("property"),
            condition=data.get("condition"),
            low=number_in(data.get("low")),
            high=number_in(data.get("high")),
            low_open=bool(data.get("low_open")),
            high_open=bool(data.get("high_open")),
            unit=data.get("unit"),
            per=Period(Decimal(str(per["value"])), str(per["unit"])) if per else None,
            event=data.get("event"),
            direction=data.get("direction"),
        )


@dataclass(frozen=True, slots=True)
class Execution(_Value):
    """One execution line as written: Chinese keys to their values; the mark 待核 stands as true."""

    values: Mapping[str, str | bool]
    line: int = 0
    column: int = 1
    columns: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def as_json(self) -> Json:
        return dict(self.values)


def placed(sentence: str, offset: int, line: int, column: int, further: Sequence[int]) -> tuple[int, int]:
    """Where the sign at `offset` of a sentence stands that begins at `line` and `column`."""
    row = sentence.count("\n", 0, offset)
    if row == 0:
        return line, column + offset
    return line + row, further[row - 1] + offset - sentence.rindex("\n", 0, offset) - 1


@dataclass(frozen=True, slots=True)
class Requirement(_Value):
    """One checkable sentence part: what shall, should, may or can be. What stands behind the fingerprint is for the house only.

    `further` holds the columns at which the later lines of a sentence begin that goes on over several.
    """

    modality: str
    sentence: str
    object: str | None
    condition: str | None
    predicates: tuple[str, ...]
    measures: tuple[Measure, ...]
    unread: tuple[str, ...]
    execution: Execution | None
    fingerprint: str
    line: int = 0
    column: int = 1
    ordinal: int = 0
    subject: str | None = None
    further: tuple[int, ...] = ()

    def place_of(self, offset: int) -> tuple[int, int]:
        """Line and column in the file of a sign of the sentence."""
        return placed(self.sentence, offset, self.line, self.column, self.further)

    def as_json(self) -> Json:
        return {
            "modality": self.modality,
            "sentence": self.sentence,
            "object": self.object,
            "condition": self.condition,
            "predicates": list(self.predicates),
            "measures": [measure.as_json() for measure in self.measures],
            "unread": list(self.unread),
            "execution": self.execution.as_json() if self.execution is not None else None,
            "fingerprint": self.fingerprint,
        }


@dataclass(frozen=True, slots=True)
class Clause(_Value):
    """A chapter, numbered clause, list item or annex. `kind` is chapter, clause, item or annex; `role` what its chapter is for."""

    number: str
    title: str | None
    text: str
    line: int
    requirements: tuple[Requirement, ...]
    level: int = 1
    parent: str | None = None
    kind: str = "clause"
    role: str = "body"
    executions: tuple[Execution, ...] = ()
    has_table: bool = False

    def as_json(self) -> Json:
        return {
            "number": self.number,
            "title": self.title,
            "text": self.text,
            "line": self.line,
            "requirements": [requirement.as_json() for requirement in self.requirements],
        }


@dataclass(frozen=True, slots=True)
class Reference(_Value):
    """A cited standard; without a year the newest edition is meant."""

    number: str
    year: int | None

    def as_json(self) -> Json:
        return {"number": self.number, "year": self.year}

    def __str__(self) -> str:
        return self.number if self.year is None else f"{self.number}—{self.year}"


@dataclass(frozen=True, slots=True)
class Term(_Value):
    """A term and its definition."""

    term: str
    definition: str
    clause: str

    def as_json(self) -> Json:
        return {"term": self.term, "definition": self.definition, "clause": self.clause}


@dataclass(frozen=True, slots=True)
class Ignore(_Value):
    """An inline `wolong: ignore` with its reason; it silences its own line and the next one that holds text."""

    code: str
    reason: str
    line: int

    @property
    def is_whole(self) -> bool:
        """Whether it says which rule it silences and why; one that doesn't silences nothing."""
        return bool(self.reason) and re.fullmatch(r"WL\d{1,3}", self.code) is not None


@dataclass(frozen=True, slots=True)
class Document(_Value):
    """A standard as read: what it is, its clauses in file order, and what could not be read."""

    file: str
    number: str | None = None
    title: str | None = None
    level: str | None = None
    nature: str | None = None
    tone: str | None = None
    territory: str | None = None
    position: str | None = None
    issued: date | None = None
    effective: date | None = None
    review_due: date | None = None
    replaces: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    terms: tuple[Term, ...] = ()
    clauses: tuple[Clause, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    owner: str | None = None
    lines: Mapping[str, int] = field(default_factory=dict)
    ignores: tuple[Ignore, ...] = ()
    source: str = ""

    @property
    def source_lines(self) -> list[str]:
        return lines_of(self.source)

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        return tuple(requirement for clause in self.clauses for requirement in clause.requirements)

    @property
    def has_errors(self) -> bool:
        return any(diagnostic.severity == "error" for diagnostic in self.diagnostics)

    def as_json(self) -> Json:
        return {
            "file": self.file,
            "number": self.number,
            "title": self.title,
            "level": self.level,
            "nature": self.nature,
            "tone": self.tone,
            "territory": self.territory,
            "position": self.position,
            "issued": self.issued.isoformat() if self.issued else None,
            "effective": self.effective.isoformat() if self.effective else None,
            "review_due": self.review_due.isoformat() if self.review_due else None,
            "replaces": list(self.replaces),
            "references": [reference.as_json() for reference in self.references],
            "terms": [term.as_json() for term in self.terms],
            "clauses": [clause.as_json() for clause in self.clauses],
            "diagnostics": [diagnostic.as_json() for diagnostic in self.diagnostics],
        }
