"""Writing a sheet: 20,000 rows without holding them, and templates that help whoever fills them in."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from wolong.ground.papers.sheets.columns import Column

FONT = "等线"
LAST_ROW = 50_000
# Excel keeps a list of choices in one cell of at most 255 signs; a longer one stands on a sheet of its own.
LONGEST_LIST = 255
# A text that begins with = is a text: nobody's input becomes a formula in another's Excel.
AS_TYPED = {"strings_to_formulas": False, "strings_to_urls": False}


def write_sheet(columns: Sequence[Column], rows: Iterable[Mapping[str, Any]], *, name: str) -> bytes:
    """A sheet that `read_sheet` with the same columns reads back: values by key, choices as they are written."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(name[:31])
        _head(book, sheet, columns)
        day = book.add_format({"num_format": "yyyy-mm-dd", "font_name": FONT, "align": "left"})
        written = [{_key(value): label for label, value in column.choices.items()} for column in columns]
        for number, row in enumerate(rows, start=1):
            for index, column in enumerate(columns):
                value = row.get(column.key)
                if column.choices:
                    value = written[index].get(_key(value), value)
                _write(sheet, number, index, value, day)
    return out.getvalue()


def write_template(columns: Sequence[Column], *, name: str) -> bytes:
    """An empty sheet to fill in: notes on the column names, lists to choose from, an example that is passed over."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, AS_TYPED) as book:
        sheet = book.add_worksheet(name[:31])
        _head(book, sheet, columns)
        example = book.add_format({"italic": True, "font_color": "#667085", "font_name": FONT})
        lists = _lists(book, columns)
        for index, column in enumerate(columns):
            if note := _note(column):
                sheet.write_comment(0, index, note, {"x_scale": 1.6, "font_size": 10})
            if any(one.example for one in columns):
                sheet.write(1, index, str(column.example), example)
            if rule := _rule(column, lists.get(index, "")):
                sheet.data_validation(1, index, LAST_ROW, index, rule)
        _explain(book, columns)
        sheet.activate()
    return out.getvalue()


def _key(value: Any) -> str:
    return str(getattr(value, "value", value))


def _head(book: Workbook, sheet: Worksheet, columns: Sequence[Column]) -> None:
    look = {"bold": True, "font_name": FONT, "bottom": 1, "bg_color": "#EEF2F6", "text_wrap": True, "valign": "vcenter"}
    plain, needed = book.add_format(look), book.add_format({**look, "font_color": "#B42318"})
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
        sheet.write_string(
            0, index, f"{column.title}{'*' if column.required else ''}", needed if column.required else plain
        )
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, LAST_ROW, max(len(columns) - 1, 0))


def _write(sheet: Worksheet, row: int, index: int, value: Any, day: Format) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, index, _("是") if value else _("否"))
    elif isinstance(value, (int, float, Decimal)):
        sheet.write_number(row, index, value)
    elif isinstance(value, datetime):
        sheet.write_string(row, index, f"{timezone.localtime(value):%Y-%m-%d %H:%M}")
    elif isinstance(value, date):
        sheet.write_datetime(row, index, value, day)
    else:
        sheet.write_string(row, index, str(value))


def _note(column: Column) -> str:
    lines = [_("必填。") if column.required else "", str(column.note)]
    if column.choices:
        lines.append(_("可选：%(names)s") % {"names": "、".join(list(column.choices)[:30])})
    return "\n".join(line for line in lines if line)


def _lists(book: Workbook, columns: Sequence[Column]) -> dict[int, str]:
    """Where the long lists of choices stand, on a hidden sheet, by column."""
    long = {i: c for i, c in enumerate(columns) if len(",".join(map(str, c.choices))) > LONGEST_LIST}
    if not long:
        return {}
    sheet = book.add_worksheet(_("可选项"))
    sheet.hide()
    places = {}
    for place, (index, column) in enumerate(long.items()):
        sheet.write_column(0, place, list(map(str, column.choices)))
        letter = xlsxwriter.utility.xl_col_to_name(place)
        places[index] = f"='{_('可选项')}'!${letter}$1:${letter}${len(column.choices)}"
    return places


def _rule(column: Column, place: str) -> dict[str, Any] | None:
    """What Excel itself lets somebody type into a column."""
    error = {"ignore_blank": True, "error_title": str(column.title)[:32], "error_type": "warning"}
    match column.kind:
        case "choice" if column.choices:
            return {"validate": "list", "source": place or list(map(str, column.choices)), **error}
        case "flag":
            return {"validate": "list", "source": [_("是"), _("否")], **error}
        case "integer" | "decimal":
            low = column.lowest if column.lowest is not None else -(10**12)
            high = column.highest if column.highest is not None else 10**12
            return {"validate": column.kind, "criteria": "between", "minimum": low, "maximum": high, **error}
        case _:
            return None


def _explain(book: Workbook, columns: Sequence[Column]) -> None:
    sheet = book.add_worksheet(_("填写说明"))
    bold = book.add_format({"bold": True, "font_name": FONT, "bottom": 1})
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 8)
    sheet.set_column(2, 3, 40)
    sheet.write_row(0, 0, [_("列"), _("必填"), _("说明"), _("可选项")], bold)
    for number, column in enumerate(columns, start=1):
        choices = "、".join(map(str, column.choices))
        sheet.write_row(number, 0, [str(column.title), _("是") if column.required else "", str(column.note), choices])
