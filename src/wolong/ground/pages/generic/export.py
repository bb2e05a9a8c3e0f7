"""A list as a spreadsheet, written row by row."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter  # type: ignore[import-untyped]
from django.http import FileResponse

from wolong.ground.pages.generic.columns import Column

MOST_ROWS = 100_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What XML 1.0 cannot hold; a sheet with one of these does not open.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST_TEXT = 32_767  # what one cell of a spreadsheet holds
PIXELS_PER_CHARACTER = 8


def write_sheet(file: IO[bytes], title: str, columns: Sequence[Column], rows: Iterable[Any]) -> None:
    """Write a head and rows. Text is always text, so a cell that begins with = + - @ is never a formula."""
    book = xlsxwriter.Workbook(
        file,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "1")
    head = book.add_format({"bold": True, "bottom": 1})
    a_day = book.add_format({"num_format": "yyyy-mm-dd"})
    a_moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.freeze_panes(1, 0)
    for x, column in enumerate(columns):
        sheet.set_column(x, x, max(10, (column.width or 280) / PIXELS_PER_CHARACTER))
        sheet.write_string(0, x, str(column.label), head)
    for y, row in enumerate(rows, start=1):
        for x, column in enumerate(columns):
            value = column.sheet(row)
            if value is None or value == "":
                continue
            if isinstance(value, datetime):
                sheet.write_datetime(y, x, value, a_moment)
            elif isinstance(value, date):
                sheet.write_datetime(y, x, datetime(value.year, value.month, value.day), a_day)  # noqa: DTZ001 - a sheet has no zone
            elif isinstance(value, (int, float, Decimal)):
                sheet.write_number(y, x, value)
            else:
                sheet.write_string(y, x, _UNWRITABLE.sub("", value)[:LONGEST_TEXT])
    book.close()


def sheet_response(title: str, stamp: str, columns: Sequence[Column], rows: Iterable[Any]) -> FileResponse:
    """The sheet as a download; the file lives on disk until it is sent."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_sheet(file, title, [column for column in columns if column.export], rows)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{title} {stamp}.xlsx", content_type=XLSX)
