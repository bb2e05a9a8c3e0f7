"""One set of blocks becomes a PDF and a Word document that say the same, with charts, numbers and marks."""

import io

import pytest
from docx import Document
from pypdf import PdfReader

from wolong.ground.papers.official import (
    Cell,
    Chart,
    Heading,
    Paper,
    Signature,
    Table,
    Text,
    numbered,
    numeral,
    official_docx,
    official_pdf,
)

LINK = "https://wolong.example/analysis/3/"
HOSTILE = '#read("/etc/passwd") *粗* <w:p>&amp;'


def paper(**more: object) -> Paper:
    values: dict[str, object] = {
        "title": "卧龙山办公区2026 年下半年标准执行情况分析报告",
        "number": "WLS-FX 2026-3",
        "unit": "卧龙山办公区服务中心",
        "day": "2026年12月31日",
        "printed": "2026-12-31 09:00 李主管",
        "secret": "内部资料",
        "blocks": (
            Heading("总体情况"),
            Text("共检查 40 项次。\n第二段。"),
            Heading("问题在哪里"),
            Heading("按条款", 2),
            Chart("哪些条款最常不合格？", [("BZ06-003 5.1.2", 12), ("BZ05-001 4.2", 3)]),
            Table(
                ("条款", "要求", "次数"),
                [(Cell("5.1.2"), Cell(HOSTILE, is_to_verify=True), Cell("12", is_number=True))] * 40,
                (2, 6, 1),
            ),
            Chart("每月多少问题？", [("7 月", 3), ("8 月", 0), ("9 月", 9)], shape="line"),
            Text("（未写）", is_quiet=True),
        ),
        "signatures": (Signature("编写"), Signature("印发", is_seal=True)),
    }
    return Paper(**{**values, **more})  # type: ignore[arg-type]


def pdf_text(data: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).replace("\n", "").replace(" ", "")


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")]
)
def test_numbers_of_headings(number: int, words: str) -> None:
    assert numeral(number) == words


def test_headings_are_numbered_by_level_and_begin_anew_under_each() -> None:
    found = numbered([Heading("甲"), Heading("子", 2), Heading("丑", 2), Text("。"), Heading("乙"), Heading("寅", 2)])
    assert [each.text for each in found] == ["一、甲", "（一）子", "（二）丑", "。", "二、乙", "（一）寅"]


def test_the_pdf_is_a4_with_numbers_marks_and_nothing_taken_as_markup() -> None:
    data = official_pdf(paper(), link=LINK)
    pages = PdfReader(io.BytesIO(data)).pages
    assert len(pages) > 1
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]
    text = pdf_text(data)
    for words in (
        "一、总体情况",
        "（一）按条款",
        "哪些条款最常不合格？",
        "待核",
        f"共{len(pages)}页",
        "—2—",
        "(盖章)",
    ):
        assert words in text, words
    assert '#read("/etc/passwd")*粗*' in text


def test_the_word_document_says_the_same() -> None:
    document = Document(io.BytesIO(official_docx(paper(), link=LINK)))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    said = [paragraph.text for paragraph in document.paragraphs]
    for words in ("一、总体情况", "（一）按条款", "共检查 40 项次。", "第二段。", "（未写）"):
        assert words in said, words
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert (styles["一、总体情况"], styles["（一）按条款"]) == ("Heading 1", "Heading 2")
    table = document.tables[0]
    assert (len(table.rows), table.rows[1].cells[1].text) == (41, f"{HOSTILE} 〔待核〕")
    assert "tblHeader" in table.rows[0]._tr.xml
    assert len(document.inline_shapes) == 3  # the way back, and two charts
    assert "哪些条款最常不合格？：BZ06-003 5.1.2 12，BZ05-001 4.2 3" in document.element.xml
    assert "PAGE" in section.footer._element.xml
    assert {run.font.name for paragraph in document.paragraphs for run in paragraph.runs} <= {None, "楷体", "仿宋"}


def test_a_paper_without_charts_or_signatures_is_one_too() -> None:
    bare = paper(blocks=(Text("没有检查记录。"),), signatures=())
    assert "没有检查记录。" in pdf_text(official_pdf(bare, link=LINK))
    assert len(Document(io.BytesIO(official_docx(bare, link=LINK))).inline_shapes) == 1


def test_what_xml_cannot_hold_is_left_out() -> None:
    dirty = paper(blocks=(Text("铃\x07声\x00"), Table(("甲",), [(Cell("乙\x0b丙"),)], (1,))))
    document = Document(io.BytesIO(official_docx(dirty, link=LINK)))
    assert "铃声" in [paragraph.text for paragraph in document.paragraphs]
