"""Where the text of a clause stands in its file: blank lines and execution lines are not part of a clause's text."""

from collections.abc import Iterator

from wolong.language.linting.registry import at_hand
from wolong.language.tree import Clause, Document

# A text that its file doesn't hold is looked for only so often: each search may walk to the end.
_PATIENCE = 20


@at_hand
def text_lines(document: Document) -> Iterator[tuple[Clause, str, int, int]]:
    """Every line of every clause's text, with its line and column in the file; one walk down the source."""
    source = document.source_lines
    misses = 0
    for clause in document.clauses:
        at = clause.line - 1
        for text in clause.text.split("\n"):
            if not text.strip():
                continue
            rows = range(at, len(source)) if misses < _PATIENCE else ()
            found = next((row for row in rows if text in source[row]), None)
            if found is None:
                misses += 1
                yield clause, text, clause.line, 1
                continue
            yield clause, text, found + 1, source[found].index(text) + 1
            at = found + 1
