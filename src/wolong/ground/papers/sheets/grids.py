"""Sheets that follow no template: every visible one as texts and merged ranges, for who can read them."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook

from wolong.ground.lifecycle import Refused
from wolong.ground.papers.sheets.columns import as_text
from wolong.ground.papers.sheets.parcel import Parcel, unpack_all
from wolong.ground.papers.sheets.reading import UNREADABLE
from wolong.language.scoring import Grid, Span

MOST_GRID_BYTES = 5 * 1024 * 1024
MOST_GRID_ROWS = 2000
MOST_GRID_COLUMNS = 60
MOST_SHEETS = 30
LONGEST_CELL = 5000


@dataclass(frozen=True, slots=True)
class GridSheet:
    """One sheet; `hindrance` is why its cells can't be trusted (its grid is then empty)."""

    name: str
    grid: Grid
    hindrance: str = ""


def read_grids(data: bytes) -> list[GridSheet]:
    """Every visible sheet. Refuses what `read_sheet` refuses as a file; what hinders one sheet stands with that sheet.

    A sheet is hindered by formulas without a stored result, more than 2,000 rows or 60 columns, and cells of over 5,000 signs.
    """
    if len(data) > MOST_GRID_BYTES:
        raise Refused(
            _("表格文件超过 %(most)d MB，考核表不会这么大，请去掉图片再传。") % {"most": MOST_GRID_BYTES // 1024**2}
        )
    parcels = unpack_all(data)
    if len(parcels) > MOST_SHEETS:
        raise Refused(_("表格里有 %(n)d 张工作表，请把考核表单独存成一个文件。") % {"n": len(parcels)})
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [_read(book, parcel) for parcel in parcels]
    except UNREADABLE:
        raise Refused(_("这不是 .xlsx 表格，或文件已损坏。")) from None


def _read(book: CalamineWorkbook, parcel: Parcel) -> GridSheet:
    outline = parcel.outline()
    sheet = book.get_sheet_by_name(parcel.sheet_name)
    if max(outline.last_row, sheet.total_height) > MOST_GRID_ROWS:
        return _hindered(parcel, _("有 %(n)d 行，超过 %(most)d 行") % {"n": outline.last_row, "most": MOST_GRID_ROWS})
    if max(outline.last_column, sheet.total_width) > MOST_GRID_COLUMNS:
        return _hindered(
            parcel, _("有 %(n)d 列，超过 %(most)d 列") % {"n": outline.last_column, "most": MOST_GRID_COLUMNS}
        )
    if outline.has_formulas and (empty := parcel.empty_formulas()):
        shown = "、".join(empty[:5]) + ("…" if len(empty) > 5 else "")
        return _hindered(
            parcel, _("单元格 %(cells)s 的公式没有计算结果，请在 Excel 里打开保存一次，或改成数值") % {"cells": shown}
        )
    cells = [[as_text(raw) for raw in row] for row in sheet.to_python(skip_empty_area=False)]
    if any(len(text) > LONGEST_CELL for row in cells for text in row):
        return _hindered(parcel, _("有单元格超过 %(most)d 个字") % {"most": LONGEST_CELL})
    return GridSheet(parcel.sheet_name, Grid(parcel.sheet_name, cells, list(_spans(outline.merged))))


def _hindered(parcel: Parcel, sentence: str) -> GridSheet:
    return GridSheet(parcel.sheet_name, Grid(parcel.sheet_name, []), sentence)


def _spans(refs: list[str]) -> Iterator[Span]:
    """Merged ranges as the XML writes them (A2:B3); each may be told twice, where two chunks overlap."""
    for ref in dict.fromkeys(refs):
        first, _colon, last = ref.partition(":")
        if last:
            top, left = _place(first)
            bottom, right = _place(last)
            yield Span(top, left, bottom, right)


def _place(ref: str) -> tuple[int, int]:
    letters = ref.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(ref[len(letters) :]) - 1, column - 1
