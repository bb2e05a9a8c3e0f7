"""Full-width and half-width are equal to the reader: a fold that keeps every position."""

import re
import unicodedata
from functools import lru_cache

from wolong.language.patterns import lazy

# What NFKC leaves apart but a reader of standards takes as one sign.
_EQUAL = {
    "\u301c": "~",
    "\u223c": "~",
    "\u2013": "-",
    "\u2212": "-",
    "\u2010": "-",
    "\u2a7d": "≤",
    "\u2a7e": "≥",
    "\u2266": "≤",
    "\u2267": "≥",
    "\n": " ",
    "\t": " ",
    "\u2236": ":",
    "•": "·",
    "\u22c5": "·",
}


class _Fold(dict[int, str]):
    """A translate table that looks up NFKC once per character."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) != 1:
            folded = chr(code)
        self[code] = _EQUAL.get(folded, folded)
        return self[code]


_TABLE = _Fold()
RAISED = "\u00b2\u00b3\u00b9\u2070\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b"
_RAISED = re.compile(rf"(?<=\d)[{RAISED}]+")
_IS_RAISED = frozenset(RAISED)
_LINE_END = re.compile(r"\r\n|\n|\r")
_LONG = 400  # longer texts are not kept
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
"""Signs that nobody sees, as copies from web pages hold them between any two others."""
_UNSEEN = dict.fromkeys(map(ord, UNSEEN))
_GAP = rf"[\s{UNSEEN}]"
# Blanks beside Chinese signs and before a unit are a matter of typesetting; those between digits and in GB 50016 are not.
_TORN = lazy(
    rf"(?<=[\u4e00-\u9fff,、;:(]){_GAP}+|{_GAP}+(?=[\u4e00-\u9fff])|(?<=\d){_GAP}+(?=[A-Za-zμΩ℃%‰°])|[{UNSEEN}]+"
)


def fold(text: str) -> str:
    """The text with half-width signs, one code point for each of the original."""
    return _folded(text) if len(text) <= _LONG else _translated(text)


@lru_cache(maxsize=16384)
def _folded(text: str) -> str:
    """Reader and rules fold one line several times, and an editor asks for the same lines at every stroke."""
    return _translated(text)


def _translated(text: str) -> str:
    """10⁶ is no 106: what is raised behind a digit stays as it is; the 2 of m² is the unit's."""
    folded = text.translate(_TABLE)
    if _IS_RAISED.isdisjoint(text):
        return folded
    for match in _RAISED.finditer(text):
        folded = folded[: match.start()] + match.group() + folded[match.end() :]
    return folded


def seen(text: str) -> str:
    """The text without the signs that nobody sees; for values, whose places nobody asks for."""
    return text.translate(_UNSEEN)


def plain(text: str) -> str:
    """The folded text without the blanks that typesetting puts beside Chinese signs, and without what nobody sees."""
    folded = fold(text)
    return _TORN.sub("", folded) if _TORN.search(folded) else folded


def places_of(text: str) -> list[int]:
    """Where each sign of the plain text stands in the text as written, and where its end."""
    folded = fold(text)
    places = [0]
    for match in _TORN.finditer(folded):
        places.extend(range(places[-1] + 1, match.start() + 1))
        places[-1:] = [match.end()]
    places.extend(range(places[-1] + 1, len(folded) + 1))
    return places


def lines_of(text: str) -> list[str]:
    """The lines of a file, whatever ends them; what numbers a line and what looks one up cut alike."""
    return _LINE_END.split(text)


def squeeze(text: str) -> str:
    """NFKC without any space: what a fingerprint is taken of."""
    return _squeezed(text) if len(text) <= _LONG else _without_space(text)


@lru_cache(maxsize=16384)
def _squeezed(text: str) -> str:
    return _without_space(text)


def _without_space(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
