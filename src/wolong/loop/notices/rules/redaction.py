"""Finding and hiding what must not be public: names, numbers of people, plates, rooms of guarded places.

Text is folded sign by sign before it is searched, so that full-width digits, circled digits or blanks in between do not
save a number. The folded text is as long as the text: what is found there stands at the same place here.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from wolong.loop.notices.states import Hidden

# Blanks, invisible signs and dashes that people put between digits.
_GAP = r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\-‐‑‒–—―−－﹣_·•]{0,4}"
_HAN_DIGITS = dict(zip("〇零一二三四五六七八九幺", "001234567891", strict=True))
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_NUMBER = re.compile(r"[A-Z]?\d{2,5}(?:-\d{1,3})?")
_MARK = re.compile("［已隐去：(?:{})］".format("|".join(str(kind.label) for kind in Hidden)))


def _digits(count: int | str, digit: str = r"\d") -> str:
    return f"(?:{_GAP}{digit}){{{count}}}"


# First come the kinds that win where two overlap. No bounds before or after a mobile number: in a longer run of digits
# it would survive. A run that holds one is hidden whole.
_PATTERNS: tuple[tuple[Hidden, re.Pattern[str]], ...] = (
    (
        Hidden.IDENTITY,
        re.compile(rf"[1-9]{_digits(5)}{_GAP}(?:1{_GAP}[89]|2{_GAP}0){_digits(2)}{_GAP}[01]{_digits(6)}{_GAP}[\dX]"),
    ),
    (Hidden.IDENTITY, re.compile(r"(?<!\d)[1-9]\d{7}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}(?!\d)")),
    (Hidden.MOBILE, re.compile(rf"1{_GAP}[3-9]{_digits(9)}")),
    (Hidden.MOBILE, re.compile(r"1[3-9]\d[^\d\n]{1,3}\d{4}[^\d\n]{1,3}\d{4}")),
    (
        Hidden.EMAIL,
        re.compile(
            r"[A-Z0-9][A-Z0-9._%+-]{0,63}\s{0,3}(?:@|\(AT\)|\[AT\])\s*[A-Z0-9-]+(?:\s*\.\s*[A-Z0-9-]+)+", re.IGNORECASE
        ),
    ),
    (
        Hidden.PLATE,
        re.compile(
            rf"[{_PROVINCES}使][\s·•.-]{{0,2}}[A-HJ-Z][\s·•.-]{{0,2}}[A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂学警港澳]"
            rf"|WJ[\s·•.-]{{0,2}}[{_PROVINCES}]?[\s·•.-]{{0,2}}\d{{4,5}}[A-Z]?",
            re.IGNORECASE,
        ),
    ),
    (
        Hidden.LANDLINE,
        re.compile(r"(?<!\d)\(?0\d{2,3}[)\s]?[\s-]{0,2}[2-9]\d{6,7}(?:(?:[\s-]{1,2}|\s?转\s?)\d{1,5})?(?!\d)"),
    ),
    (Hidden.LANDLINE, re.compile(r"(?<!\d)[48]00[\s-]?\d{3,4}[\s-]?\d{3,4}(?!\d)")),
    (
        Hidden.LANDLINE,
        re.compile(r"(?<=电话|手机|传真|分机|座机|热线|固话)[^\d，。；、\n］]{0,6}(\d(?:[\s-]?\d){2,11})(?!\d)"),
    ),
)


@dataclass(frozen=True, slots=True)
class Found:
    """Words to be hidden: where they stand, what they are, and as they are written."""

    start: int
    end: int
    kind: Hidden
    words: str


@dataclass(frozen=True, slots=True)
class Known:
    """What no pattern can know: names of people, numbers and full names of guarded rooms, words marked by hand."""

    names: frozenset[str] = frozenset()
    rooms: frozenset[str] = frozenset()
    marked: frozenset[tuple[Hidden, str]] = frozenset()
    lifted: frozenset[tuple[Hidden, str]] = frozenset()


def _folded_sign(sign: str, *, han: bool) -> str:
    if han and sign in _HAN_DIGITS:
        return _HAN_DIGITS[sign]
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", sign)
    plain = plain if len(plain) == 1 else sign
    upper = plain.upper()
    return upper if len(upper) == 1 else plain


def folded(text: str, *, han: bool = False) -> str:
    """The text sign by sign in its plainest form, of the same length; `han` reads 一三八 as digits too."""
    return "".join(_folded_sign(sign, han=han) for sign in text)


_BETWEEN = r"[\s\u200b-\u200f\u2060\ufeff·•.]"


@lru_cache(maxsize=16384)
def key_of(words: str) -> str:
    """What tells two hidden words apart: their plain form without blanks."""
    return re.sub(_BETWEEN, "", folded(words))


def _occurring(words: Collection[str], text: str) -> frozenset[str]:
    """Those of many words that stand in a text at all: a pattern of thousands would be slow."""
    bare = re.sub(_BETWEEN, "", folded(text))
    return frozenset(word for word in words if len(key_of(word)) > 1 and key_of(word) in bare)


@lru_cache(maxsize=256)
def _literal(words: frozenset[str]) -> re.Pattern[str] | None:
    """Any of the words, longest first, with blanks allowed between the signs of each."""
    useful = sorted({key_of(word) for word in words if len(key_of(word)) > 1}, key=lambda word: (-len(word), word))
    if not useful:
        return None
    return re.compile("|".join((_BETWEEN + "{0,3}").join(map(re.escape, word)) for word in useful))


@lru_cache(maxsize=256)
def _rooms(numbers: frozenset[str]) -> re.Pattern[str] | None:
    """A room's number where it is said as one: 1302 室, 302房间, 房间 302."""
    useful = sorted({key_of(number) for number in numbers if key_of(number)}, key=lambda one: (-len(one), one))
    if not useful:
        return None
    either = "|".join(map(re.escape, useful))
    return re.compile(
        rf"(?<![A-Z0-9])(?:{either})\s*(?:号?房间?|号?室|号(?!楼|线|机|梯))|(?<=房间|房号|室号)\s*(?:{either})(?!\d)"
    )


def room_numbers(names: Iterable[str]) -> frozenset[str]:
    """The numbers of rooms that stand in names of places: 1号楼 B1302 监控室 gives B1302."""
    found: set[str] = set()
    for name in names:
        found.update(re.findall(r"(?<![A-Z0-9])[A-Z]?\d{3,5}(?:-\d{1,3})?(?!\d|号楼)", folded(name)))
    return frozenset(found)


def _of_patterns(text: str) -> Iterable[tuple[int, int, Hidden]]:
    plain, counted = folded(text), folded(text, han=True)
    for kind, pattern in _PATTERNS:
        yield from _spans(pattern, plain, kind)
        if kind == Hidden.MOBILE and counted != plain:
            yield from _spans(pattern, counted, kind)


def _spans(pattern: re.Pattern[str], text: str, kind: Hidden) -> Iterator[tuple[int, int, Hidden]]:
    """Where a pattern stands. The digits that touch a mobile number are hidden with it: what is left would still tell much."""
    done = 0
    for match in pattern.finditer(text):
        start, end = match.span(1 if pattern.groups else 0)
        if kind == Hidden.MOBILE:
            if end <= done:
                continue  # within the run of digits that was hidden before
            while start > done and text[start - 1].isdecimal():
                start -= 1
            while end < len(text) and text[end].isdecimal():
                end += 1
            done = end
        yield start, end, kind


def _of_words(text: str, known: Known) -> Iterable[tuple[int, int, Hidden]]:
    plain = folded(text)
    by_kind: dict[Hidden, set[str]] = {}
    for kind, words in known.marked:
        by_kind.setdefault(kind, set()).add(words)
    rooms = _occurring(known.rooms, text)
    numbers = frozenset(one for one in rooms if _NUMBER.fullmatch(key_of(one)))
    patterns = [(kind, _literal(_occurring(words, text))) for kind, words in by_kind.items()]
    patterns += [
        (Hidden.NAME, _literal(_occurring(known.names, text))),
        (Hidden.ROOM, _literal(rooms - numbers)),
        (Hidden.ROOM, _rooms(numbers)),
    ]
    for kind, pattern in patterns:
        if pattern is not None:
            for match in pattern.finditer(plain):
                yield *match.span(), kind


def find(text: str, known: Known) -> list[Found]:
    """Everything to be hidden, from the left; what overlaps is one, of the kind that wins."""
    rank = {kind: place for place, kind in enumerate(Hidden)}
    spans = [span for span in (*_of_patterns(text), *_of_words(text, known)) if not _is_lifted(text, span, known)]
    marks = [match.span() for match in _MARK.finditer(text)]
    merged: list[tuple[int, int, Hidden]] = []
    for start, end, kind in sorted(spans):
        if any(start < over and end > under for under, over in marks) and kind not in _HARD:
            continue  # the word of a mark that stands there already
        if merged and start < merged[-1][1]:
            first, last, before = merged[-1]
            merged[-1] = (first, max(last, end), min(before, kind, key=rank.__getitem__))
        else:
            merged.append((start, end, kind))
    return [Found(start, end, kind, text[start:end]) for start, end, kind in merged]


_HARD = (Hidden.IDENTITY, Hidden.MOBILE, Hidden.EMAIL)


def _is_lifted(text: str, span: tuple[int, int, Hidden], known: Known) -> bool:
    start, end, kind = span
    return kind not in _HARD and (kind, key_of(text[start:end])) in known.lifted


def mark_of(kind: Hidden) -> str:
    return f"［已隐去：{kind.label}］"


def hide(text: str, found: Collection[Found]) -> str:
    """The text with a visible mark in the place of what was found."""
    parts, last = [], 0
    for one in found:
        parts += [text[last : one.start], mark_of(one.kind)]
        last = one.end
    return "".join([*parts, text[last:]])


def redact(text: str, known: Known) -> str:
    return hide(text, find(text, known))


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text beside its other form: plain, or hidden as `kind`."""

    words: str
    mark: str = ""


def pieces(text: str, known: Known) -> list[Piece]:
    """The text cut into what stays and what is hidden, for showing before beside after."""
    cut: list[Piece] = []
    last = 0
    for one in find(text, known):
        if one.start > last:
            cut.append(Piece(text[last : one.start]))
        cut.append(Piece(one.words, mark_of(one.kind)))
        last = one.end
    if last < len(text) or not cut:
        cut.append(Piece(text[last:]))
    return cut
