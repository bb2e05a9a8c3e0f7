"""A report as official papers are laid out, in blocks; the same blocks become a PDF and a Word document.

Headings carry their Chinese numbers (一、, （一）) as text, so that they stay when somebody cuts and pastes.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from wolong.ground.papers.documents import render_pdf, render_pictures
from wolong.ground.papers.presses import word

DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 or 2."""

    text: str
    level: int = 1
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `is_quiet` for a remark under a table."""

    text: str
    is_quiet: bool = False
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Cell:
    """`is_to_verify`: not confirmed against its source, marked 待核."""

    text: str
    is_to_verify: bool = False
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` are shares of the line."""

    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float]
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Chart:
    """One question, its title, answered by bars from zero (`shape` bars) or a line over time (`shape` line)."""

    title: str
    rows: Sequence[tuple[str, float]]
    shape: str = "bars"
    kind: str = "chart"


@dataclass(frozen=True, slots=True)
class Signature:
    """A cell to sign; `is_seal` leaves room for a stamp."""

    name: str
    is_seal: bool = False


Block = Heading | Text | Table | Chart


@dataclass(frozen=True, slots=True)
class Paper:
    title: str
    number: str
    unit: str
    day: str
    """As it stands under the title: 2026年12月31日."""
    printed: str
    secret: str
    blocks: Sequence[Block]
    signatures: Sequence[Signature] = field(default_factory=tuple)


def numeral(number: int) -> str:
    """1 … 99 as 一 … 九十九."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones or not tens else "")


def numbered(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with 一、 and （一） before their headings."""
    found: list[Block] = []
    first = second = 0
    for block in blocks:
        if not isinstance(block, Heading):
            found.append(block)
        elif block.level == 1:
            first, second = first + 1, 0
            found.append(Heading(f"{numeral(first)}、{block.text}", 1))
        else:
            second += 1
            found.append(Heading(f"（{numeral(second)}）{block.text}", block.level))
    return found


def official_pdf(paper: Paper, *, link: str) -> bytes:
    """A4 as GB/T 9704 lays papers out, with charts, page numbers and a QR code that leads back."""
    data = {**_plain(paper), "link": link}
    return render_pdf("papers/official.typ", data, link=link)


def official_docx(paper: Paper, *, link: str) -> bytes:
    """The same as a Word document that people go on writing in; charts are pictures."""
    blocks = numbered(paper.blocks)
    charts = [block for block in blocks if isinstance(block, Chart)]
    pictures = render_pictures("papers/charts.typ", {"charts": [asdict(one) for one in charts]}) if charts else []
    return word().write_docx(paper, blocks, dict(zip(map(id, charts), pictures, strict=True)), link=link)


def _plain(paper: Paper) -> dict[str, Any]:
    return {**asdict(paper), "blocks": [asdict(block) for block in numbered(paper.blocks)]}
