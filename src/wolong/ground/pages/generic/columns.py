"""The columns of a list: what a cell shows, how it sorts, what it is in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString

from wolong.ground.pages.badges import due_html, severity_html, state_html
from wolong.ground.pages.dates import day

Kind = Literal["text", "number", "date", "due", "datetime", "severity", "state", "link", "code"]


WRITERS: dict[str, Callable[[Any], SafeString | str]] = {
    "severity": lambda letter: severity_html(str(letter), word=False),
    "date": day,
    "datetime": lambda moment: f"{timezone.localtime(moment):%m-%d %H:%M}",
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column.

    `value`: a dotted path or a function of the row (default: `key`). `sort`: ORM fields for the header link; none: not
    sortable. `kind` due colours an open deadline (give `today`). `url`: link of the cell (kind link: default is the
    row's page). `width` in px; one column without width takes the rest. `export_value` where the sheet wants another.
    `sheet_only`: in the spreadsheet, not on the page.
    """

    key: str
    label: Any
    value: str | Callable[[Any], Any] | None = None
    sort: str | Sequence[str] | None = None
    kind: Kind = "text"
    width: int | None = None
    export: bool = True
    export_value: Callable[[Any], Any] | None = None
    sheet_only: bool = False
    url: Callable[[Any], str] | None = None
    quiet: bool = False
    today: Callable[[], date] | None = None

    @property
    def sort_fields(self) -> tuple[str, ...]:
        if not self.sort:
            return ()
        return (self.sort,) if isinstance(self.sort, str) else tuple(self.sort)

    def raw(self, row: Any) -> Any:
        source = self.value or self.key
        if callable(source):
            return source(row)
        try:
            return attrgetter(source)(row)
        except (AttributeError, ObjectDoesNotExist):
            # A path through an empty relation shows as empty; a misspelt path must not.
            if source.split(".")[0] in vars(type(row)) or hasattr(row, source.split(".")[0]):
                return None
            raise

    def cell(self, row: Any) -> SafeString | str:
        """What stands in the cell, escaped."""
        return self._linked(row, self._shown(row, self.raw(row)))

    def td(self, row: Any, row_url: str = "") -> str:
        """The whole cell as HTML. Made here, not in a template: a page has hundreds, and a template takes 20 ms more."""
        value = self.raw(row)
        shown = self._shown(row, value)
        if row_url and self.kind == "text" and not self.url:
            shown = format_html('<a class="wl-q" href="{}">{}</a>', row_url, shown)
        else:
            shown = self._linked(row, shown)
        title = f' title="{escape(value)}"' if self.kind in ("text", "link") and value else ""
        return f"{self._open_td}{title}>{conditional_escape(shown)}</td>"

    @cached_property
    def _open_td(self) -> str:
        quiet = " wl-m" if self.quiet else ""
        return f'<td class="wl-k-{self.kind}{quiet}" data-label="{escape(self.label)}"'

    def _linked(self, row: Any, shown: SafeString | str) -> SafeString | str:
        if self.kind != "link" and self.url is None:
            return shown
        url = self.url(row) if self.url else row.get_absolute_url()
        return format_html('<a class="wl-q" href="{}">{}</a>', url, shown) if url else shown

    def _shown(self, row: Any, value: Any) -> SafeString | str:
        if value is None or value == "":
            return "—" if self.kind == "number" else ""
        writer = WRITERS.get(self.kind)
        if writer is not None:
            return writer(value)
        if self.kind == "state":
            return state_html(value, row)
        if self.kind == "due":
            return due_html(value, self.today() if self.today else None)
        return str(value)

    def sheet(self, row: Any) -> str | int | float | Decimal | date | datetime | None:
        """The value in a spreadsheet: figures and days as such, everything else as text."""
        value = self.export_value(row) if self.export_value else self.raw(row)
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, datetime):
            return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
        if value is None or isinstance(value, (int, float, Decimal, date)):
            return value
        if self.kind == "state":
            return state_word(value, row)
        return str(value)


def state_word(value: Any, row: Any) -> str:
    from_row = getattr(row, "get_state_display", None)
    return str(from_row()) if from_row and getattr(row, "state", None) == value else str(getattr(value, "label", value))
