"""The columns of a sheet, and what one cell means."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from django.utils.translation import gettext as _

Kind = Literal["text", "integer", "decimal", "date", "flag", "choice"]
YES = {"是", "有", "√", "✓", "y", "yes", "true", "1"}
NO = {"否", "无", "×", "n", "no", "false", "0"}
DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
EXCEL_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"}
LONGEST_SHOWN = 30


class WrongCell(ValueError):
    """A cell can't be understood, and why, in a sentence."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: `title` stands in the first row, `key` names the value read from it.

    `choices` maps what is written to what is meant. `note` and `example` help whoever fills in the template. Numbers
    keep within `lowest` and `highest`; a text within `longest` signs.
    """

    key: str
    title: Any
    kind: Kind = "text"
    required: bool = False
    choices: Mapping[str, Any] = field(default_factory=dict)
    note: Any = ""
    example: Any = ""
    longest: int = 200
    lowest: Decimal | int | None = None
    highest: Decimal | int | None = None
    width: int = 16

    def understand(self, raw: Any) -> Any:
        """The value of a cell; None for an empty one. Raises WrongCell with the reason."""
        text = as_text(raw)
        if not text:
            if self.required:
                raise WrongCell(_("必填，不能为空"))
            return None
        if text in EXCEL_ERRORS:
            raise WrongCell(_("单元格是错误值 %(text)s") % {"text": text})
        match self.kind:
            case "text":
                return self._text(text)
            case "integer" | "decimal":
                return self._number(raw, text)
            case "date":
                return _date(raw, text)
            case "flag":
                return _flag(text)
            case "choice":
                return self._choice(text)

    def _text(self, text: str) -> str:
        if len(text) > self.longest:
            raise WrongCell(_("%(size)d 个字，最多 %(longest)d 个字") % {"size": len(text), "longest": self.longest})
        return text

    def _number(self, raw: Any, text: str) -> int | Decimal:
        plain = unicodedata.normalize("NFKC", text).replace(" ", "")
        if isinstance(raw, (bool, date, time, timedelta)) or not NUMBER.fullmatch(plain):
            raise WrongCell(_("“%(text)s”不是数字") % {"text": text[:LONGEST_SHOWN]})
        try:
            number = Decimal(plain.replace(",", ""))
        except InvalidOperation:
            raise WrongCell(_("“%(text)s”不是数字") % {"text": text[:LONGEST_SHOWN]}) from None
        if self.lowest is not None and number < self.lowest:
            raise WrongCell(_("不能小于 %(lowest)s") % {"lowest": self.lowest})
        if self.highest is not None and number > self.highest:
            raise WrongCell(_("不能大于 %(highest)s") % {"highest": self.highest})
        if self.kind == "decimal":
            return number
        if number != number.to_integral_value():
            raise WrongCell(_("“%(text)s”不是整数") % {"text": text[:LONGEST_SHOWN]})
        return int(number)

    def _choice(self, text: str) -> Any:
        known = {unicodedata.normalize("NFKC", str(name)).strip(): value for name, value in self.choices.items()}
        name = unicodedata.normalize("NFKC", text)
        if name not in known:
            some = "、".join(str(choice) for choice in list(self.choices)[:8]) + ("…" if len(self.choices) > 8 else "")
            raise WrongCell(_("“%(text)s”不在可选项里：%(some)s") % {"text": text[:LONGEST_SHOWN], "some": some})
        return known[name]


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong, and where: row as Excel counts it, column as a letter; a whole row has no column."""

    row: int
    column: str
    title: str
    sentence: str

    @property
    def cell(self) -> str:
        return f"{self.column}{self.row}" if self.column else _("第 %(row)d 行") % {"row": self.row}

    def __str__(self) -> str:
        return f"{self.cell} {self.title}：{self.sentence}" if self.title else f"{self.cell}：{self.sentence}"


def letter_of(index: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def as_text(raw: Any) -> str:
    """A cell as somebody reads it: 12 and not 12.0, a day without its midnight, no blanks around."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e15 else format(Decimal(repr(raw)), "f")
    if isinstance(raw, datetime):
        return f"{raw:%Y-%m-%d}" if raw.time() == time() else f"{raw:%Y-%m-%d %H:%M}"
    return str(raw).replace("\u3000", " ").replace("\x00", "").strip()


def _date(raw: Any, text: str) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    for form in DATE_FORMATS:
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise WrongCell(_("“%(text)s”不是日期，请写成 2026-11-23") % {"text": text[:LONGEST_SHOWN]})


def _flag(text: str) -> bool:
    word = unicodedata.normalize("NFKC", text).lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise WrongCell(_("“%(text)s”看不懂，请写“是”或“否”") % {"text": text[:LONGEST_SHOWN]})
