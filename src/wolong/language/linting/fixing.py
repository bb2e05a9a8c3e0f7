"""`--fix`: what can be mended without a thought, and never the meaning."""

import re
from collections.abc import Callable, Sequence

from wolong.language.tree import Diagnostic, Document

_REMARK = re.compile(r"[ \t]*<!--\s*wolong\s*[:\uff1a]\s*ignore\b.*?-->")
Mend = Callable[[str, Diagnostic], str]


def _shall(line: str, one: Diagnostic) -> str:
    """必须 becomes 应 where the rule found it; after 不 or 无 it is another word."""
    at = one.column - 1
    if line[at : at + 2] != "必须" or line[max(at - 1, 0) : at] in {"不", "无"}:
        return line
    return f"{line[:at]}应{line[at + 2 :]}"


def _dash(line: str, _one: Diagnostic) -> str:
    """The dash before a year in a 标准号 is —."""
    return re.sub(r"(?<=[0-9])\s*[-\u2013\u2212\uff0d]\s*(?=(?:19|20)\d\d(?!\d))", "—", line)


def _without_remark(line: str, _one: Diagnostic) -> str:
    return _REMARK.sub("", line, count=1)


MENDS: dict[str, Mend] = {"WL117": _without_remark, "WL118": _dash, "WL202": _shall}
WHOLE = {"WL102"}  # the mark at the head of the file goes when the file is written


def is_mendable(one: Diagnostic) -> bool:
    """Whether `--fix` has something to do for it."""
    return one.code in MENDS or one.code in WHOLE


def mended(document: Document, found: Sequence[Diagnostic]) -> str:
    """The text of one document with what is mendable mended; line endings stay as they are."""
    lines = re.split(r"(\r\n|\n|\r)", document.source)
    own = [one for one in found if one.file == document.file and one.code in MENDS]
    # From the right to the left, so that columns stay true.
    for one in sorted(own, key=lambda each: (each.line, each.column), reverse=True):
        at = 2 * (one.line - 1)
        if at < len(lines):
            lines[at] = MENDS[one.code](lines[at], one)
    return "".join(lines)
