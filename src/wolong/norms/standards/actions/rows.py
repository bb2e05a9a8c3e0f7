"""A read document as rows: clauses in document order, each 应 with its measures and typed execution line."""

from wolong.language.tree import Clause as ReadClause
from wolong.language.tree import Document
from wolong.norms.standards.models import Clause, Edition, Requirement
from wolong.norms.standards.queries import requirement_of

BATCH = 1000


def write_rows(edition: Edition, document: Document) -> None:
    """Store the clauses and requirements of a document.

    A title or phrase too long for its column is cut there only: the whole text stands in the edition.
    """
    clauses = [_clause(edition, position, read) for position, read in enumerate(document.clauses, start=1)]
    Clause.objects.bulk_create(clauses, batch_size=BATCH)
    rows = [
        requirement_of(edition, clause, ordinal, required)
        for clause, read in zip(clauses, document.clauses, strict=True)
        for ordinal, required in enumerate(read.requirements, start=1)
    ]
    Requirement.objects.bulk_create(rows, batch_size=BATCH)


def _clause(edition: Edition, position: int, read: ReadClause) -> Clause:
    return Clause(
        edition=edition,
        position=position,
        number=read.number[:60],
        level=read.level,
        kind=read.kind,
        title=(read.title or "")[:300],
        text=read.text,
        line=read.line,
    )
