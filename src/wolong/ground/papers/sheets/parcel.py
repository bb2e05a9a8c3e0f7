"""What an xlsx is before anybody reads it: a zip of XML that may be a bomb, locked, or full of formulas."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring, iterparse
from django.utils.translation import gettext as _

from wolong.ground.lifecycle import Refused

MOST_BYTES = 30 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 2000
CHUNK = 1 << 20
OVERLAP = 128
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z0-9:]{2,40})\"")
CELL = re.compile(rb"\sr=\"([A-Z]{1,3})(\d{1,7})\"")
DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(slots=True)
class Outline:
    """What the XML of the sheet shows that reading its values hides."""

    last_row: int = 0
    last_column: int = 0
    has_formulas: bool = False
    merged: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Parcel:
    """An xlsx that was found harmless to open; `sheet` is the part of its first visible sheet."""

    data: bytes
    archive: zipfile.ZipFile
    sheet: str
    sheet_name: str

    def outline(self) -> Outline:
        """One pass over the XML: the last cell, formulas, merged cells. Refuses entities, the trick of XML bombs."""
        outline = Outline()
        last_column = b""
        for chunk in self._chunks():
            if DOCTYPE.search(chunk):
                raise Refused(_("表格里有不允许的 XML 声明，没有读取。"))
            for letters, digits in CELL.findall(chunk):
                outline.last_row = max(outline.last_row, int(digits))
                if (len(letters), letters) > (len(last_column), last_column):
                    last_column = letters
            outline.has_formulas = outline.has_formulas or FORMULA.search(chunk) is not None
            outline.merged += [ref.decode() for ref in MERGED.findall(chunk) if ref.decode() not in outline.merged[-1:]]
        for letter in last_column.decode():
            outline.last_column = outline.last_column * 26 + ord(letter) - 64
        return outline

    def _chunks(self) -> Iterator[bytes]:
        with self.archive.open(self.sheet) as file:
            tail = b""
            while chunk := file.read(CHUNK):
                yield tail + chunk
                tail = chunk[-OVERLAP:]

    def empty_formulas(self) -> list[str]:
        """The cells with a formula whose result the file does not hold: they would be read as empty."""
        found = []
        with self.archive.open(self.sheet) as file:
            for _event, element in iterparse(file, forbid_dtd=True):
                name = element.tag.rpartition("}")[2]
                if name == "c":
                    parts = {child.tag.rpartition("}")[2]: child.text for child in element}
                    if "f" in parts and not parts.get("v"):
                        found.append(element.get("r", ""))
                    element.clear()
                elif name == "row":
                    element.clear()
        return found


def unpack(data: bytes) -> Parcel:
    """Look at the parcel without trusting what it says of itself; refuses what is no xlsx, locked, or far too big."""
    return unpack_all(data)[0]


def unpack_all(data: bytes) -> list[Parcel]:
    """A parcel for each visible sheet, in order; refuses as `unpack` does."""
    if len(data) > MOST_BYTES:
        raise Refused(_("表格文件超过 %(most)d MB,请分成几个文件导入。") % {"most": MOST_BYTES // 1024**2})
    if data.startswith(OLD_OFFICE):
        raise Refused(_("表格有密码，或是旧的 .xls 格式。请去掉密码，另存为 .xlsx 后再导入。"))
    if not data.startswith(b"PK") and _is_text(data[:4000]):
        raise Refused(_("这不是 .xlsx 表格，是文字文件(如 .csv)。请用 Excel 打开，另存为 .xlsx 后再导入。"))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _measure(data, archive)
        sheets = _visible_sheets(archive)
    except Refused:
        raise
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, ParseError, DefusedXmlException, IndexError):
        raise Refused(_("这不是 .xlsx 表格，或文件已损坏。")) from None
    return [Parcel(data, archive, part, name) for part, name in sheets]


def _is_text(head: bytes) -> bool:
    """Whether it reads as lines of cells: UTF-8 or GBK, no control signs, with commas, semicolons or tabs."""
    for coding in ("utf-8-sig", "gb18030"):
        try:
            text = head.decode(coding, errors="strict" if len(head) < 4000 else "ignore")
        except UnicodeDecodeError:
            continue
        return bool(re.search("[,;\t，]", text)) and not re.search(r"[\x00-\x08\x0e-\x1f]", text)
    return False


def _measure(data: bytes, archive: zipfile.ZipFile) -> None:
    """Unpack every part once and count, since the sizes that a zip states of itself may be a lie."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused(_too_big())
    total = 0
    for part in parts:
        if part.flag_bits & 1:
            raise Refused(_("表格有密码。请去掉密码后再导入。"))
        if part.filename.lower().endswith("vbaproject.bin"):
            raise Refused(_("表格里有宏。请另存为不带宏的 .xlsx 后再导入。"))
        head = data[part.header_offset : part.header_offset + 30]
        start = part.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        packed = data[start : start + part.compress_size]
        if part.compress_type == zipfile.ZIP_STORED:
            total += len(packed)
        elif part.compress_type == zipfile.ZIP_DEFLATED:
            total += _unpacked_size(packed, MOST_UNPACKED - total)
        else:
            raise zipfile.BadZipFile
        if total > MOST_UNPACKED:
            raise Refused(_too_big())


def _unpacked_size(packed: bytes, most: int) -> int:
    engine = zlib.decompressobj(-15)
    total, rest = 0, packed
    while rest and not engine.eof and total <= most:
        total += len(engine.decompress(rest, CHUNK))
        rest = engine.unconsumed_tail
    return total


def _too_big() -> str:
    return _("表格解开后超过 %(most)d MB,没有读取。请分成几个文件导入。") % {"most": MOST_UNPACKED // 1024**2}


def _visible_sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """The part and the name of every visible sheet: where people type."""
    if "word/document.xml" in archive.namelist():
        raise Refused(_("这是 Word 文件。请把表格粘到 Excel 里，另存为 .xlsx 后再导入。"))
    book = fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True)
    links = fromstring(archive.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    found = []
    for sheet in book.iter():
        if sheet.tag.rpartition("}")[2] != "sheet" or sheet.get("state", "visible") != "visible":
            continue
        key = next((value for name, value in sheet.attrib.items() if name.rpartition("}")[2] == "id"), "")
        target = targets[key]
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part not in archive.namelist():
            raise KeyError(part)
        found.append((part, sheet.get("name", "")))
    if not found:
        raise Refused(_("表格里没有可见的工作表。"))
    return found
