"""What a sheet brings, as it is shown before anybody agrees to it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from wolong.estate.places.rules.rows import Comparison, Fault, RowT

# Below these a sheet is read and written while the person waits; above, the worker does it and the page shows progress.
MOST_BYTES_AT_ONCE = 150_000
MOST_ROWS_AT_ONCE = 1_000
SHOWN_ROWS = 40
SHOWN_ABSENT = 200
KEPT_FAULTS = 2_000


def is_small_file(size: int) -> bool:
    return size <= MOST_BYTES_AT_ONCE


def is_small_sheet(rows: int) -> bool:
    return rows <= MOST_ROWS_AT_ONCE


def said(value: Any) -> str:
    """A value as it stands in a cell: 是 and 否, a plain number, an empty text for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    return str(getattr(value, "label", value))


def preview_of(comparison: Comparison[RowT]) -> list[dict[str, Any]]:
    """The first changed rows, then the first new ones, with what stands and what would stand; last what is not in the sheet."""
    shown = [
        {
            "line": change.row.line,
            "what": "changed",
            "code": change.row.code,
            "name": getattr(change.row, "name", ""),
            "differences": [[column, said(old), said(new)] for column, (old, new) in change.differences.items()],
        }
        for change in comparison.changed[: SHOWN_ROWS // 2]
    ]
    shown += [
        {"line": row.line, "what": "new", "code": row.code, "name": getattr(row, "name", ""), "differences": []}
        for row in comparison.new[: SHOWN_ROWS - len(shown)]
    ]
    shown += [
        {"line": None, "what": "absent", "code": code, "name": name, "differences": []}
        for code, name in comparison.absent[:SHOWN_ABSENT]
    ]
    return shown


def kept(faults: Iterable[Fault]) -> list[list[Any]]:
    """The faults as they are kept with the job: line, column's title, what stands there, sentence."""
    return [fault.as_list() for fault in faults][:KEPT_FAULTS]
