"""A form is A4, numbered page by page, leads back by its QR code, and never reads what it was not given."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from tests.factories.files import photo_bytes
from wolong.ground.papers.documents import CannotPrint, qr_svg, render_pdf

LINK = "https://wolong.example/rectification/147/"


def _data(**more):
    return {
        "title": "整改通知单",
        "number": "ZG-2026-WLS-0147",
        "form_number": "表 ZG-01",
        "unit": "卧龙山办公区服务中心",
        "printed": "2026年11月23日",
        "link": LINK,
        "facts": [
            {"label": "接收单位", "value": "示例电梯公司"},
            {"label": "期限", "value": "2026年11月26日 周四", "pending": False},
            {"label": "限值", "value": "≤ 5 lx", "pending": True},
        ],
        "place": "1 号楼 3 号电梯",
        "demand": "每 15 日保养一次,最大间隔不超过 15 日;" * 6,
        "signatures": [
            {"name": "签发人", "person": "李主管", "on": "2026年11月23日"},
            {"name": "接收单位", "seal": True},
            {"name": "复查人"},
        ],
        "history": [{"at": "11-23 09:15", "text": "签发整改通知单"}],
        "photos": [],
        **more,
    }


def _text(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "").replace(" ", "")


def test_a_form_is_one_a4_page_with_its_number_and_cells_to_sign() -> None:
    pdf = render_pdf("papers/specimen.typ", _data(), link=LINK)
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 1
    assert (round(pages[0].mediabox.width), round(pages[0].mediabox.height)) == (595, 842)
    text = _text(pdf)
    for words in (
        "整改通知单",
        "ZG-2026-WLS-0147",
        "表ZG-01",
        "第1页共1页",
        "示例电梯公司",
        "待核",
        "李主管",
        "(盖章)",
        "内部",
    ):
        assert words in text, words


def test_a_long_form_says_on_each_page_which_of_how_many_it_is() -> None:
    lines = [{"at": "11-23", "text": f"第 {n} 次检查"} for n in range(90)]
    pdf = render_pdf("papers/specimen.typ", _data(history=lines), link=LINK)
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) >= 3
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页共{len(pages)}页" in page.extract_text().replace(" ", "")


def test_photographs_stand_on_the_paper() -> None:
    photos = {f"photos/{n}.jpg": photo_bytes((400, 300)) for n in range(3)}
    data = _data(photos=[{"path": path, "caption": "轿厢 现场"} for path in photos])
    pdf = render_pdf("papers/specimen.typ", data, link=LINK, files=photos)
    assert sum(len(page.images) for page in PdfReader(io.BytesIO(pdf)).pages) >= 3
    assert "轿厢现场" in _text(pdf)


def test_only_shipped_fonts_are_used() -> None:
    pdf = render_pdf("papers/specimen.typ", _data(), link=LINK)
    fonts = PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"]
    assert {"NotoSansCJK" in str(font.get_object()["/BaseFont"]) for font in fonts.values()} == {True}


def test_days_in_the_data_are_written_as_iso() -> None:
    assert "2026-11-23" in _text(render_pdf("papers/specimen.typ", _data(printed=date(2026, 11, 23)), link=LINK))


def test_text_is_never_taken_as_markup() -> None:
    demand = '#read("/etc/passwd") *粗* $x$ @a <b>'
    assert '#read("/etc/passwd")*粗*$x$@a<b>' in _text(
        render_pdf("papers/specimen.typ", _data(demand=demand), link=LINK)
    )


@pytest.mark.parametrize("name", ["../evil.jpg", "/tmp/evil.jpg", "main.typ", "data.json"])
def test_a_file_never_leaves_its_folder(name: str) -> None:
    with pytest.raises(CannotPrint):
        render_pdf("papers/specimen.typ", _data(), link=LINK, files={name: b"x"})


def test_a_missing_template_or_picture_says_so() -> None:
    with pytest.raises(CannotPrint, match="no template"):
        render_pdf("papers/none.typ", {})
    with pytest.raises(CannotPrint, match="specimen"):
        render_pdf("papers/specimen.typ", _data(photos=[{"path": "photos/9.jpg", "caption": ""}]), link=LINK)


def test_the_code_leads_back() -> None:
    assert qr_svg(LINK).startswith(b"<?xml")
    assert qr_svg(LINK) != qr_svg(LINK + "?")
