"""Cells as they stand on a sheet, and what merging them means: one text over a span of rows and columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from wolong.language.folding import fold
from wolong.language.patterns import lazy

_BLANKS = lazy(r"\s+")


def plain(text: str) -> str:
    """Half-width and without any blank: how headings and totals are compared."""
    return _BLANKS.sub("", fold(text))


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range; rows and columns count from 0 and include the last."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: texts by row and column (row 0 is the first of the sheet), and its merged ranges."""

    name: str
    cells: Sequence[Sequence[str]]
    merged: Sequence[Span] = ()


class Spread:
    """A grid in which every cell of a merged range says what the range says, and knows its range."""

    def __init__(self, grid: Grid) -> None:
        width = max((len(row) for row in grid.cells), default=0)
        self.rows = [[*row, *[""] * (width - len(row))] for row in grid.cells]
        self.height, self.width = len(self.rows), width
        self._spans: dict[tuple[int, int], Span] = {}
        for span in grid.merged:
            if span.top >= self.height or span.left >= width:
                continue
            text = self.rows[span.top][span.left]
            for row in range(span.top, min(span.bottom + 1, self.height)):
                for column in range(span.left, min(span.right + 1, width)):
                    self.rows[row][column] = text
                    self._spans[row, column] = span

    def text(self, row: int, column: int) -> str:
        return self.rows[row][column].strip()

    def span(self, row: int, column: int) -> Span:
        """The range that a cell belongs to; a cell on its own is its own range."""
        return self._spans.get((row, column)) or Span(row, column, row, column)

    def texts(self, row: int) -> list[str]:
        """The different texts of a row, each range once."""
        seen: set[Span] = set()
        found = []
        for column in range(self.width):
            span = self.span(row, column)
            if span not in seen and self.text(row, column):
                seen.add(span)
                found.append(self.text(row, column))
        return found
