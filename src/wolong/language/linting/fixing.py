"""`--fix`: what can be mended without a thought, and never the meaning."""

import re
from collections.abc import Callable, Sequence

from wolong.language.folding import plain
from wolong.language.front import front_rules
from wolong.language.lines import in_order
from wolong.language.marks import fence_after
from wolong.language.modals import SHALL, modal_at
from wolong.language.numbering import PLAIN_DASH
from wolong.language.patterns import lazy
from wolong.language.reading import read_text
from wolong.language.remarks import REMARK
from wolong.language.tree import Diagnostic, Document

_LINE_ENDS = lazy(r"(\r\n|\n|\r)")
_QUOTE = lazy(r"^\s*[>\uff1e]")
_UNITS = (
    "mg/m³",
    "CFU/m³",
    "μg/m³",
    "m³",
    "m²",
    "kWh",
    "dB(A)",
    "mm",
    "cm",
    "km",
    "kg",
    "kW",
    "kPa",
    "min",
    "lx",
    "m",
    "h",
)
_TIGHT = lazy(
    r"(?<![A-Za-z0-9_.\-/—])(\d+(?:\.\d+)?)(?=(?:" + "|".join(map(re.escape, _UNITS)) + r")(?![A-Za-z0-9/²³(·]))"
)
# Titles, links, pictures, code and remarks name things that are looked up by their exact signs.
_NO_PROSE = lazy(r"^\s*#|\]\(|`|<!--|://")
_MUST = lazy(r"^(?:必须|应[当该]?|须)+(?=[能可]|$)")
_QUOTED = lazy(r"“(?P<word>[^”]+)”")
_LINK = lazy(r"\[[^\]]*\]\([^)]*\)")
Mend = Callable[[str, Diagnostic], str]


def _shall(line: str, one: Diagnostic) -> str:
    """必须 and 必须应 become 应, where that stays a verb: 必须急修 and 必须不得 are left to their author, and so is the text of a link."""
    at = one.column - 1
    quoted = _QUOTED.search(one.message)
    word = quoted["word"] if quoted else ""
    better = f"{line[:at]}{_MUST.sub('应', word)}{line[at + len(word) :]}"
    is_link = any(link.start() <= at < link.end() for link in _LINK.finditer(line))
    is_verb = modal_at(plain(better[at:]), 0) == (SHALL, 1)
    return better if line.startswith(word, at) and is_verb and not is_link else line


def _dash(line: str, _one: Diagnostic) -> str:
    """The dash before a year in a 标准号 is —."""
    return PLAIN_DASH.sub("—", line)


def _without_remark(line: str, one: Diagnostic) -> str:
    """The remark goes that silences nothing; another one on the same line stays."""
    code = re.search(r"WL\d*", one.message)
    for match in REMARK.finditer(line):
        if code and match["code"] == code.group():
            return line[: match.start()].rstrip(" \t") + line[match.end() :]
    return line


MENDS: dict[str, Mend] = {"WL117": _without_remark, "WL118": _dash, "WL202": _shall}
WHOLE = {"WL102"}  # the mark at the head of the file goes when the file is written


def mendable(document: Document, found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics of one document for which `--fix` has something to do."""
    lines = _LINE_ENDS.split(document.source)[::2]
    own = [one for one in found if one.file == document.file]
    return [
        one
        for one in own
        if one.code in WHOLE
        or (
            one.code in MENDS
            and 0 < one.line <= len(lines)
            and MENDS[one.code](lines[one.line - 1], one) != lines[one.line - 1]
        )
    ]


def mended(document: Document, found: Sequence[Diagnostic]) -> str:
    """The text of one document with what is mendable mended; line endings stay as they are."""
    lines = _LINE_ENDS.split(document.source)
    own = [one for one in mendable(document, found) if one.code in MENDS]
    # From the right to the left, so that columns stay true.
    for one in sorted(own, key=lambda each: (each.line, each.column), reverse=True):
        at = 2 * (one.line - 1)
        lines[at] = MENDS[one.code](lines[at], one)
    return "".join(lines)


def tidied(text: str) -> str:
    """Half-width separators and the order of keys in execution lines, a space before a unit, nothing after the last word.

    Where a requirement would read otherwise than before, the text stays as it is.
    """
    pieces = _LINE_ENDS.split(text)
    begin, last = front_rules(pieces[::2])
    body = 2 * (begin if last is None else last + 1)
    fence = ""
    for at in range(0, len(pieces), 2):
        line = pieces[at]
        fence = fence_after(line, fence)
        if fence:
            continue
        line = line.rstrip()
        if _QUOTE.match(line):
            line = in_order([line]) or line
        elif at >= body and not _NO_PROSE.search(line):
            line = _TIGHT.sub(r"\1 ", line)
        pieces[at] = line
    better = "".join(pieces)
    return better if better == text or _said(better) == _said(text) else text


def _said(text: str) -> list[tuple[object, ...]]:
    """What a text requires, without the spaces of its sentences."""
    return [(one.fingerprint, one.modality, one.measures, one.unread) for one in read_text(text).requirements]
