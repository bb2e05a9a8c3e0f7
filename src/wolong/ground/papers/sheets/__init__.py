"""Tables in and out: what a sheet must look like, reading one with errors by row and cell, writing one."""

from wolong.ground.papers.sheets.columns import CellError, Column
from wolong.ground.papers.sheets.grids import GridSheet, read_grids
from wolong.ground.papers.sheets.reading import Row, Sheet, read_sheet
from wolong.ground.papers.sheets.writing import write_sheet, write_template

__all__ = [
    "CellError",
    "Column",
    "GridSheet",
    "Row",
    "Sheet",
    "read_grids",
    "read_sheet",
    "write_sheet",
    "write_template",
]
