"""Workbooks as people have them: several sheets, merged cells, a macro, a password."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from tests.language.scoring.layouts import Layout, span_of


def workbook(*sheets: tuple[str, Sequence[Sequence[Any]], Sequence[str]]) -> bytes:
    """An xlsx of (name, rows, merged ranges)."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, rows, merged in sheets:
            sheet = book.add_worksheet(name)
            covered = set()
            for ref in merged:
                span = span_of(ref)
                sheet.merge_range(ref, rows[span.top][span.left])
                covered |= {(r, c) for r in range(span.top, span.bottom + 1) for c in range(span.left, span.right + 1)}
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None and (number, column) not in covered:
                        sheet.write(number, column, value)
    return out.getvalue()


def of_layout(*layouts: Layout) -> bytes:
    return workbook(*((one.key, one.cells, one.merged) for one in layouts))


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same parcel with one more part, e.g. xl/vbaProject.bin."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, content)
    return out.getvalue()
