"""A content by value: a title and blocks. A block is a paragraph, a heading, or a table."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from wolong.loop.notices.rules.redaction import Found, Known, find, redact

Block = dict[str, Any]
LONGEST_TITLE, MOST_BLOCKS = 200, 5000
# Signs that turn the direction of a line, or are no text at all.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(text: str) -> str:
    """One form of a written text: line ends of one kind, no control signs."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def clean_title(text: str) -> str:
    return " ".join(clean(text).split())[:LONGEST_TITLE]


def paragraph(text: str, *, number: str = "", level: int = 0) -> Block:
    return {"kind": "text", "number": number, "level": level, "text": clean(text)}


def heading(text: str, *, number: str = "", level: int = 1) -> Block:
    return {"kind": "heading", "number": number, "level": level, "text": clean(text)}


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, numeric: Sequence[int] = ()) -> Block:
    """`numeric` are the columns that stand to the right."""
    cells = [[clean(str(cell)) for cell in row] for row in rows]
    return {"kind": "table", "head": [clean(str(cell)) for cell in head], "rows": cells, "numeric": list(numeric)}


def paragraphs(text: str) -> list[Block]:
    """What a person wrote, paragraph by paragraph."""
    return [paragraph(line) for line in clean(text).split("\n") if line.strip()]


def blocks_of(text: str, *, number: str = "", level: int = 0) -> list[Block]:
    """A clause's text as blocks: lines between bars are a table, as the standards language writes one."""
    found: list[Block] = []
    for is_table, lines in groupby(clean(text).split("\n"), key=lambda line: line.strip().startswith("|")):
        if is_table:
            rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
            rows = [row for row in rows if not all(re.fullmatch(r":?-*:?", cell) for cell in row)]
            if rows:
                found.append(table(rows[0], rows[1:]))
        elif words := "\n".join(lines).strip():
            found.append(paragraph(words, number="" if found else number, level=level))
    return found


def as_text(blocks: Iterable[Block]) -> str:
    return "\n".join(words for block in blocks for words in texts_of(block))


def texts_of(block: Block) -> Iterator[str]:
    """Every text of a block that a reader would see."""
    if block["kind"] == "table":
        yield from block["head"]
        for row in block["rows"]:
            yield from row
    else:
        yield from (words for words in (block["number"], block["text"]) if words)


def changed(block: Block, change: Callable[[str], str]) -> Block:
    """The block with each of its texts changed."""
    if block["kind"] == "table":
        rows = [[change(cell) for cell in row] for row in block["rows"]]
        return {**block, "head": [change(cell) for cell in block["head"]], "rows": rows}
    return {**block, "number": change(block["number"]), "text": change(block["text"])}


def redacted(title: str, blocks: Iterable[Block], known: Known) -> tuple[str, list[Block]]:
    """Title and blocks as the public sees them."""

    def hide(text: str) -> str:
        return redact(text, known)

    return hide(title)[: 2 * LONGEST_TITLE], [changed(block, hide) for block in blocks]


def found_in(title: str, blocks: Iterable[Block], known: Known) -> list[Found]:
    """Everything that is hidden in a content, in order."""
    texts = [title, *(words for block in blocks for words in texts_of(block))]
    return [one for text in texts for one in find(text, known)]


def digest(title: str, blocks: Sequence[Block]) -> str:
    """The SHA-256 of what is published: it stands in the ledger and on the page."""
    body = json.dumps([title, list(blocks)], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
