"""A table as plain text: CSV as Excel writes it, in UTF-8 or GBK, apart by commas, tabs or semicolons."""

import codecs
import csv
import io
import re

from django.utils.translation import gettext as _

from wolong.ground.lifecycle import Refused
from wolong.ground.papers.sheets.parcel import MOST_BYTES, OLD_OFFICE

ZIP = b"PK\x03\x04"
SEPARATORS = (",", "\t", ";")
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def is_plain(data: bytes) -> bool:
    """Whether it may be text at all: neither an xlsx nor an old Office file, and decodable."""
    return bool(data) and not data.startswith((ZIP[:2], OLD_OFFICE)) and _text(data[:4096], is_begin=True) is not None


def rows_of_text(data: bytes) -> list[list[str]]:
    """The rows of a CSV file. Refuses what is too large, and what turns out to be no text or no table."""
    if len(data) > MOST_BYTES:
        raise Refused(_("表格文件超过 %(most)d MB,请分成几个文件导入。") % {"most": MOST_BYTES // 1024**2})
    text = _text(data)
    if text is None:
        raise Refused(_("这不是表格，或文件已损坏。请用 .xlsx，或 UTF-8、GBK 编码的 .csv。"))
    head = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        raise Refused(_("CSV 文件的引号不成对，或有一格太长，没有读取。")) from None
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return rows


def _text(data: bytes, *, is_begin: bool = False) -> str | None:
    """As UTF-16 or UTF-8 where it says or reads so, else as GBK; None where it is no text. A begin may end within a sign."""
    says_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for name in ("utf-16",) if says_utf16 else ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(name)()
        try:
            text = decoder.decode(data, final=not is_begin)
        except UnicodeError:
            continue
        return None if NO_TEXT.search(text) else text
    return None
