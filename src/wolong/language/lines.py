"""Execution lines as they stand in the text: 键:值 joined by |, with the place of each key."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from wolong.language.execution import KEYS, MARKED, parse_execution
from wolong.language.folding import fold
from wolong.language.outline import Quote
from wolong.language.patterns import lazy
from wolong.language.tree import Diagnostic, Execution

CODE_BAD_LINE = "WL504"
MARK = "待核"
_QUOTED = lazy(r"^\s*[>\uff1e]\s?")


def read_quote(quote: Quote, *, file: str, clause: str) -> tuple[Execution | None, list[Diagnostic]]:
    """The raw map of one block quote; None where it is no execution line."""
    values: dict[str, str | bool] = {}
    columns: dict[str, tuple[int, int]] = {}
    faults: list[Diagnostic] = []
    for text, line, column in quote.lines:
        for at, piece, key, value in _placed_pairs(text):
            here = (line, column + at)
            if key in values:
                faults.append(_fault(CODE_BAD_LINE, file, here, clause, f"执行行里“{key}”写了两次", "只留一个"))
                continue
            if value is None:
                message = f"“{piece}”不是“键:值”"
                faults.append(_fault(CODE_BAD_LINE, file, here, clause, message, f"可用的键：{'、'.join(KEYS)}"))
                continue
            values[key] = value
            columns[key] = here
    if not values:
        return None, faults
    first = quote.lines[0]
    execution = Execution(values, first[1], first[2], columns)
    faults.extend(_placed(values, columns, file=file, clause=clause))
    return execution, faults


def split_pairs(text: str) -> list[tuple[str, str | bool | None]]:
    """The pairs of one line as written; the value None where a piece is no 键:值."""
    return [(key, value) for _at, _piece, key, value in _placed_pairs(text)]


def in_order(lines: Sequence[str]) -> str | None:
    """An execution line on one line, its keys in order; None where the block quote is another one."""
    bare = [_QUOTED.sub("", line) for line in lines]
    pairs = [pair for line in bare for pair in split_pairs(line)]
    known = [key for key, _value in pairs]
    if not pairs or len(set(known)) < len(known) or any(key not in KEYS or value is None for key, value in pairs):
        return None
    words = [
        key if value is True else f"{key}:{value}" for key, value in sorted(pairs, key=lambda pair: KEYS.index(pair[0]))
    ]
    return f"{lines[0][: len(lines[0]) - len(lines[0].lstrip())]}> {' | '.join(words)}"


@lru_cache(maxsize=4096)
def _placed_pairs(text: str) -> tuple[tuple[int, str, str, str | bool | None], ...]:
    """Where each piece of a line begins, the piece, its key and its value; the same few lines stand below most clauses."""
    pieces: list[tuple[int, str, str, str | bool | None]] = []
    start = 0
    for folded in fold(text).split("|"):
        piece = text[start : start + len(folded)]
        bare = piece.strip()
        if bare:
            pieces.append((start + len(piece) - len(piece.lstrip()), bare, *_pair(bare)))
        start += len(folded) + 1
    return tuple(pieces)


def _pair(piece: str) -> tuple[str, str | bool | None]:
    folded = fold(piece)
    at = folded.find(":")
    key = (piece if at < 0 else piece[:at]).strip()
    value = piece[at + 1 :].strip() if at >= 0 else None
    if key == MARK and (value is None or fold(value) in MARKED):
        return key, True
    return key, value


def _placed(
    values: Mapping[str, str | bool], columns: Mapping[str, tuple[int, int]], *, file: str, clause: str
) -> list[Diagnostic]:
    """What parsing says about each key, at the place of that key."""
    placed: list[Diagnostic] = []
    for key, value in values.items():
        faults = _faults_of(key, value)
        if faults:
            placed.extend(_fault(one.code, file, columns[key], clause, one.message, one.help) for one in faults)
    return placed


@lru_cache(maxsize=4096)
def _faults_of(key: str, value: str | bool) -> tuple[Diagnostic, ...]:
    """What is wrong with one pair; the same few pairs stand in most clauses."""
    return tuple(parse_execution({key: value})[1])


def _fault(code: str, file: str, here: tuple[int, int], clause: str, message: str, help_text: str) -> Diagnostic:
    return Diagnostic(code, "error", file, here[0], here[1], clause or None, message, help_text)
