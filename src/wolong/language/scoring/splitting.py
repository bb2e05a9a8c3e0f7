"""Several standards in one cell: numbered ones are taken apart, and the points in brackets behind them."""

import re
from decimal import Decimal

from wolong.language.folding import fold
from wolong.language.numerals import number_value
from wolong.language.patterns import lazy

_CIRCLED = {chr(0x2460 + n): n + 1 for n in range(20)}
_MARK = lazy(
    r"(?P<circled>[\u2460-\u2473])[ \t]*|(?:^|(?<=[\n;。!:,]))[ \t]*"
    r"(?:(?P<plain>\d{1,2})\s*(?:[.、．]|\))(?!\d)|\((?P<round>\d{1,2}|[一二三四五六七八九十]{1,3})\)"
    r"|(?P<han>[一二三四五六七八九十]{1,3})、)[ \t]*"
)
_POINTS = lazy(
    r"[(\[【]\s*(?:(?:本|此)?项|计|共|满分|分值:?)?\s*(?P<points>\d+(?:\.\d+)?)\s*分?\s*[)\]】]\s*[;。,]?\s*$"
)
_POINTS_FIRST = lazy(r"^\s*[(\[【]\s*(?P<points>\d+(?:\.\d+)?)\s*分\s*[)\]】]")


def folded(text: str) -> str:
    """Half-width sign by sign, line breaks and circled numbers kept: every place is that of the text as written."""
    return "".join(sign if sign == "\n" or sign in _CIRCLED else fold(sign) for sign in text)


def lines_of(text: str) -> str:
    """Line breaks of one kind."""
    return re.sub(r"\r\n|\r", "\n", text).strip()


def split_numbered(text: str) -> tuple[list[str], str]:
    """The parts of a cell, and why a numbering was not followed (empty where it was, or where there is none).

    1. 2. · 1、 · (1) · ① · 一、 count when they run 1, 2, 3 …; lines that each end with a full stop are parts, too.
    """
    whole = lines_of(text)
    marks = [(match, _value(match), match.lastgroup) for match in _MARK.finditer(folded(whole))]
    if marks:
        kind = marks[0][2]
        marks = [mark for mark in marks if mark[2] == kind]
        numbers = [number for _match, number, _kind in marks]
        if numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 1:
            return _parts(whole, [match for match, _number, _kind in marks]), ""
        if len(numbers) > 1:
            return [_bare(whole)], f"单元格里的编号不是 1、2、3 连着的({'、'.join(map(str, numbers))})，没有拆开"
        if numbers == [1] and marks[0][0].start() == 0:
            return [_bare(whole[marks[0][0].end() :])], ""
    lines = [line for line in whole.split("\n") if line.strip()]
    if len(lines) > 1 and all(line.rstrip().endswith(("。", ";", "；", "!", "！")) for line in lines[:-1]):
        return [_bare(line) for line in lines], ""
    return [_bare(whole)], ""


def _bare(text: str) -> str:
    return text.strip().rstrip("；;，,。 ")


def _parts(whole: str, marks: list[re.Match[str]]) -> list[str]:
    head = whole[: marks[0].start()].strip().rstrip(":：")
    ends = [mark.start() for mark in marks[1:]] + [len(whole)]
    parts = [_bare(whole[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
    parts = [part for part in parts if part]
    return [f"{head}：{part}" if head else part for part in parts]


def _value(match: re.Match[str]) -> int:
    if match["circled"]:
        return _CIRCLED[match["circled"]]
    value = number_value(match["plain"] or match["round"] or match["han"])
    return int(value) if value is not None else 0


def points_in_brackets(text: str) -> tuple[str, Decimal | None]:
    """地面洁净(5分) is 地面洁净 and 5; brackets that hold no points stay."""
    for pattern in (_POINTS, _POINTS_FIRST):
        if match := pattern.search(folded(text)):
            rest = _bare(text[: match.start()] + text[match.end() :])
            if rest:
                return rest, Decimal(match["points"])
    return text, None
