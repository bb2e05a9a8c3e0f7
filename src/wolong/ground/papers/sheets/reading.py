"""Reading a sheet: whole-file faults are refused, faults of cells are listed by row and column."""

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from wolong.ground.lifecycle import Refused
from wolong.ground.papers.sheets.columns import CellError, Column, WrongCell, as_text, letter_of
from wolong.ground.papers.sheets.parcel import MOST_BYTES, Parcel, unpack
from wolong.ground.papers.sheets.plain import is_plain, rows_of_text

MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_ERRORS = 500
UNREADABLE = (
    CalamineError,
    ParseError,
    DefusedXmlException,
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    EOFError,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `number` as Excel counts it, `values` by the columns' keys (None for an empty cell)."""

    number: int
    values: dict[str, Any]


@dataclass
class Sheet:
    """What was read: rows without a fault, and every fault (the first 500; `errors_left_off` counts the rest)."""

    columns: Sequence[Column]
    titles: list[str]
    rows: list[Row] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    errors_left_off: int = 0

    @cached_property
    def by_title(self) -> dict[str, Column]:
        return {str(column.title): column for column in self.columns}

    @cached_property
    def example(self) -> list[str] | None:
        """The template's example row, None where it has none."""
        examples = [as_text(self.by_title[title].example) if title else "" for title in self.titles]
        return examples if any(examples) else None

    @property
    def is_clean(self) -> bool:
        return not self.errors

    def fault(self, row: int, key: str, sentence: str) -> None:
        """Add a fault that only the caller can know, e.g. a building that does not exist."""
        titles = {column.key: str(column.title) for column in self.columns}
        title = titles.get(key, "")
        place = letter_of(self.titles.index(title)) if title in self.titles else ""
        self.add(CellError(row, place, title, sentence))

    def add(self, error: CellError) -> None:
        if len(self.errors) < MOST_ERRORS:
            self.errors.append(error)
        else:
            self.errors_left_off += 1


def read_sheet(file: bytes | UploadedFile | Path | BinaryIO, columns: Sequence[Column]) -> Sheet:
    """Read the first visible sheet of an xlsx, or a CSV; its first row names the columns, in any order.

    Refuses what is neither, is locked, unpacks to more than 100 MB, has over 50,000 rows, or other columns. Merged
    cells, formulas without a stored result and values that can't be understood are listed in `errors`. Empty rows, and the
    example row of the template, are passed over.
    """
    data = _bytes(file)
    if is_plain(data):
        return _read_plain(data, columns)
    parcel = unpack(data)
    try:
        outline = parcel.outline()
        _check_extent(outline.last_row, outline.last_column)
        cells = _cells(parcel)
        sheet = Sheet(columns, _titles(next(cells, []), columns))
        for ref in outline.merged:
            row, letters = _split(ref.partition(":")[0])
            sheet.add(CellError(row, letters, "", _("合并的单元格 %(ref)s：请取消合并，每格都填上。") % {"ref": ref}))
        if outline.has_formulas:
            for ref in parcel.empty_formulas():
                row, letters = _split(ref)
                sheet.add(CellError(row, letters, "", _("公式没有计算结果：请在 Excel 里打开保存一次，或改成数值。")))
    except UNREADABLE:
        raise Refused(_("这不是 .xlsx 表格，或文件已损坏。")) from None
    for number, raw in enumerate(cells, start=2):
        _read_row(sheet, number, raw)
    return sheet


def _read_plain(data: bytes, columns: Sequence[Column]) -> Sheet:
    rows = rows_of_text(data)
    _check_extent(len(rows), max(map(len, rows), default=0))
    sheet = Sheet(columns, _titles(list(rows[0]) if rows else [], columns))
    for number, raw in enumerate(rows[1:], start=2):
        _read_row(sheet, number, list(raw))
    return sheet


def _bytes(file: bytes | UploadedFile | Path | BinaryIO) -> bytes:
    if isinstance(file, bytes):
        return file
    if isinstance(file, Path):
        return file.read_bytes()
    # One byte more than allowed is enough to know, and never more than that is held.
    return file.read(MOST_BYTES + 1)


def _check_extent(rows: int, columns: int) -> None:
    if rows - 1 > MOST_ROWS:
        raise Refused(
            _("表格有 %(rows)d 行，一次最多导入 %(most)d 行，请分成几个文件。") % {"rows": rows - 1, "most": MOST_ROWS}
        )
    if columns > MOST_COLUMNS:
        raise Refused(_("表格有 %(columns)d 列，不像是本模板。") % {"columns": columns})


def _cells(parcel: Parcel) -> Iterator[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(parcel.data))
    sheet = book.get_sheet_by_name(parcel.sheet_name)
    # Cells without an address escape the outline; what the reader counts decides.
    _check_extent(sheet.total_height, sheet.total_width)
    yield from sheet.to_python(skip_empty_area=False)


def _titles(head: list[Any], columns: Sequence[Column]) -> list[str]:
    titles = [as_text(raw).rstrip("* ").strip() for raw in head]
    while titles and not titles[-1]:
        titles.pop()
    if not titles:
        raise Refused(_("第一行没有列名。请用模板填写。"))
    known = [str(column.title) for column in columns]
    missing = [str(column.title) for column in columns if column.required and str(column.title) not in titles]
    unknown = [title or _("(空)") for title in titles if title not in known]
    double = [title for title, times in Counter(titles).items() if times > 1 and title]
    faults = [
        sentence % {"names": "、".join(names[:10])}
        for sentence, names in (
            (_("缺少：%(names)s"), missing),
            (_("不认识：%(names)s"), unknown),
            (_("重复：%(names)s"), double),
        )
        if names
    ]
    if faults:
        raise Refused(_("列名和模板不一样。%(faults)s。") % {"faults": ";".join(faults)})
    return titles


def _read_row(sheet: Sheet, number: int, raw: list[Any]) -> None:
    if all(cell is None or cell == "" for cell in raw) or _is_example(sheet, raw):
        return
    values: dict[str, Any] = {column.key: None for column in sheet.columns}
    is_whole = True
    for index, cell in enumerate(raw):
        title = sheet.titles[index] if index < len(sheet.titles) else ""
        if not title:
            if as_text(cell):
                sheet.add(CellError(number, letter_of(index), "", _("这一列没有列名")))
                is_whole = False
            continue
        column = sheet.by_title[title]
        try:
            values[column.key] = column.understand(cell)
        except WrongCell as wrong:
            sheet.add(CellError(number, letter_of(index), title, str(wrong)))
            is_whole = False
    if is_whole:
        sheet.rows.append(Row(number, values))


def _is_example(sheet: Sheet, raw: list[Any]) -> bool:
    """Whether somebody left the example of the template standing."""
    return sheet.example is not None and [as_text(cell) for cell in raw[: len(sheet.titles)]] == sheet.example


def _split(ref: str) -> tuple[int, str]:
    letters = ref.rstrip("0123456789")
    digits = ref[len(letters) :]
    return int(digits) if digits else 0, letters
