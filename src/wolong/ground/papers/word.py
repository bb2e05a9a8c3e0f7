"""Blocks of an official report as a Word document: A4, faces and sizes of official papers, tables that repeat their head."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import segno
from django.utils import timezone
from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

if TYPE_CHECKING:
    from wolong.ground.papers.official import Block, Cell, Paper, Table

# The faces that official papers ask for (GB/T 9704); where a machine lacks one, Word shows its own.
TITLE, HEI, KAI, SONG, TABLE = "方正小标宋简体", "黑体", "楷体", "仿宋", "宋体"
QUIET, TO_VERIFY, SHADE = RGBColor(0x47, 0x54, 0x67), RGBColor(0xB5, 0x47, 0x08), "F2F4F7"
PAGE, MARGINS = (Mm(210), Mm(297)), {"top": Mm(34), "bottom": Mm(32), "left": Mm(28), "right": Mm(26)}
LINE_MM = 156.0
UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold
BODY, SMALL, TABLE_SIZE = Pt(14), Pt(10.5), Pt(10.5)


def write_docx(paper: Paper, blocks: Sequence[Block], pictures: Mapping[int, bytes], *, link: str) -> bytes:
    """The document; `pictures` are the charts by the id of their block."""
    document: Any = Document()
    _set_up(document, paper)
    _head(document, paper, link)
    for block in blocks:
        _write(document, block, pictures)
    _signatures(document, paper)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Any, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = PAGE
    for side, width in MARGINS.items():
        setattr(section, f"{side}_margin", width)
    normal = document.styles["Normal"]
    _face(normal, SONG, BODY)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    for name, face, size in (("Title", TITLE, Pt(22)), ("Heading 1", HEI, Pt(16)), ("Heading 2", KAI, Pt(14))):
        style = document.styles[name]
        _face(style, face, size)
        style.font.bold, style.font.color.rgb = name != "Title", RGBColor(0, 0, 0)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(10), Pt(6)
        for border in style.element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = (
        _clean(paper.title).replace("\n", ""),
        _clean(paper.unit),
        "",
    )
    properties.created = properties.modified = timezone.now().replace(tzinfo=None)
    _page_numbers(section.footer.paragraphs[0], paper)


def _clean(text: str) -> str:
    return UNWRITABLE.sub("", text)


def _face(style: Any, face: str, size: Any) -> None:
    """Word keeps apart the face of Latin letters and of Chinese ones; a theme's face would win over both."""
    style.font.name, style.font.size, style.font.italic = face, size, False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), face)


def _page_numbers(paragraph: Any, paper: Paper) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" —")
    for run in paragraph.runs:
        run.font.size = Pt(12)
    quiet = paragraph.add_run(f"\n{paper.secret}  编号 {paper.number}")
    quiet.font.size, quiet.font.color.rgb = Pt(9), QUIET


def _field(paragraph: Any, code: str) -> None:
    """A figure that Word counts itself."""
    for kind, text in (("begin", None), (None, code), ("end", None)):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)  # noqa: SLF001 - the library has no word for fields


def _head(document: Any, paper: Paper, link: str) -> None:
    code = io.BytesIO()
    segno.make(link, error="m", micro=False).save(code, kind="png", scale=6, border=2)
    code.seek(0)
    right = document.add_paragraph()
    right.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    right.add_run().add_picture(code, width=Mm(18))
    title = document.add_paragraph(_clean(paper.title), style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    under = document.add_paragraph()
    under.alignment = WD_ALIGN_PARAGRAPH.CENTER
    under.paragraph_format.space_after = Pt(12)
    _run(under, f"{paper.unit}　{paper.day}", KAI, BODY)


def _run(paragraph: Any, text: str, face: str, size: Any) -> Any:
    run = paragraph.add_run(_clean(text))
    run.font.name, run.font.size = face, size
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)  # noqa: SLF001 - the library sets Latin faces only
    return run


def _write(document: Any, block: Block, pictures: Mapping[int, bytes]) -> None:
    kind: Any = block
    if kind.kind == "heading":
        document.add_paragraph(_clean(kind.text), style=f"Heading {kind.level}")
    elif kind.kind == "text":
        _paragraph(document, kind.text, is_quiet=kind.is_quiet)
    elif kind.kind == "chart":
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(6)
        paragraph.add_run().add_picture(io.BytesIO(pictures[id(block)]), width=Mm(LINE_MM))
        _describe(paragraph, f"{kind.title}：" + "，".join(f"{name} {value:g}" for name, value in kind.rows))
    else:
        _table(document, kind)


def _describe(paragraph: Any, words: str) -> None:
    """What a picture shows, for whoever cannot see it."""
    for properties in paragraph._p.iter(qn("wp:docPr")):  # noqa: SLF001 - the library has no word for it
        properties.set("descr", _clean(words))


def _paragraph(document: Any, text: str, *, is_quiet: bool) -> None:
    for line in _clean(text).splitlines() or [""]:
        paragraph = document.add_paragraph()
        form = paragraph.paragraph_format
        if is_quiet:
            _run(paragraph, line, SONG, SMALL).font.color.rgb = QUIET
            continue
        form.first_line_indent = Pt(2 * BODY.pt)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(26)
        paragraph.add_run(line)


def _table(document: Any, block: Table) -> None:
    table = document.add_table(rows=1, cols=len(block.head), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    head = table.rows[0]
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    head._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 - the library has no word for it
    for cell, name in zip(head.cells, block.head, strict=True):
        _run(cell.paragraphs[0], name, TABLE, TABLE_SIZE).bold = True
        cell.paragraphs[0].paragraph_format.space_before = cell.paragraphs[0].paragraph_format.space_after = Pt(2)
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
            shade.set(qn(f"w:{key}"), value)
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - the library has no word for it
    for row in block.rows:
        added = table.add_row()
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - the library has no word for it
        for cell, one in zip(added.cells, row, strict=True):
            _fill(cell, one)
    whole = sum(block.widths)
    for column, share in zip(table.columns, block.widths, strict=True):
        column.width = Mm(LINE_MM * share / whole)
        for cell in column.cells:
            cell.width = Mm(LINE_MM * share / whole)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _fill(cell: Any, one: Cell) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    _run(paragraph, one.text, TABLE, TABLE_SIZE)
    if one.is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if one.is_to_verify:
        _run(paragraph, " 〔待核〕", TABLE, TABLE_SIZE).font.color.rgb = TO_VERIFY


def _signatures(document: Any, paper: Paper) -> None:
    if not paper.signatures:
        return
    document.add_paragraph()
    table = document.add_table(rows=1, cols=len(paper.signatures), style="Table Grid")
    for cell, one in zip(table.rows[0].cells, paper.signatures, strict=True):
        _run(cell.paragraphs[0], one.name + ("（盖章）" if one.is_seal else ""), TABLE, TABLE_SIZE)
        for _blank in range(3):
            cell.add_paragraph()
        last = cell.add_paragraph()
        last.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _run(last, "年　　月　　日", TABLE, TABLE_SIZE)
