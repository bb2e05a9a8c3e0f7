"""The baseline: what a body of texts already had when linting began (存量), so that its owner is not drowned in it."""

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wolong.language.tree import Diagnostic, Document

MOST_SHOWN = 20
FORMAT = 1
SEVERITIES = ("error", "warning", "info")
# Contradictions cost the most, wording the least.
GROUPS = ("WL4", "WL5", "WL1", "WL3", "WL6", "WL2")


class BadBaseline(ValueError):
    """The file is no baseline."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What is to be shown, what was known before, and how many known problems are gone."""

    shown: list[Diagnostic]
    kept: list[Diagnostic]
    gone: int


def compare(found: Sequence[Diagnostic], documents: Iterable[Document], known: Counter[str]) -> Compared:
    """Each known problem covers one found one with the same mark."""
    marks = _marks(documents)
    left, shown, kept = Counter(known), [], []
    for one in found:
        mark = _mark(one, marks)
        if left[mark] > 0:
            left[mark] -= 1
            kept.append(one)
        else:
            shown.append(one)
    return Compared(shown, kept, left.total())


def begin(found: Sequence[Diagnostic]) -> Compared:
    """The first look: at most twenty, the worst first and spread over the codes; the rest is kept."""
    turns: Counter[str] = Counter()
    ranked = []
    for one in sorted(found, key=lambda each: (_weight(each), each.sort_key)):
        ranked.append((SEVERITIES.index(one.severity) > 0, turns[one.code], _weight(one), one))
        turns[one.code] += 1
    ranked.sort(key=lambda each: (*each[:3], each[3].sort_key))
    chosen = {id(one) for *_rank, one in ranked[:MOST_SHOWN]}
    return Compared(
        [one for one in found if id(one) in chosen], [one for one in found if id(one) not in chosen], gone=0
    )


def _weight(one: Diagnostic) -> tuple[int, int]:
    return (SEVERITIES.index(one.severity), GROUPS.index(one.code[:3]) if one.code[:3] in GROUPS else len(GROUPS))


def written(kept: Sequence[Diagnostic], documents: Iterable[Document]) -> str:
    """The file: one mark a problem, with its code, file and clause for whoever reads it."""
    marks = _marks(documents)
    problems = [{"code": one.code, "file": one.file, "clause": one.clause, "mark": _mark(one, marks)} for one in kept]
    return json.dumps({"format": FORMAT, "problems": problems}, ensure_ascii=False, indent=1) + "\n"


def read(text: str) -> Counter[str]:
    """The marks of a baseline file; BadBaseline where it is none."""
    try:
        data = json.loads(text)
    except ValueError as broken:
        raise BadBaseline("不是 JSON") from broken
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("problems"), list):
        raise BadBaseline(f"没有 format {FORMAT} 和 problems")
    try:
        return Counter(str(one["mark"]) for one in data["problems"])
    except (KeyError, TypeError) as broken:
        raise BadBaseline("有一项没有 mark") from broken


def _marks(documents: Iterable[Document]) -> dict[str, list[str]]:
    return {document.file: document.source.split("\n") for document in documents}


def _mark(one: Diagnostic, sources: Mapping[str, list[str]]) -> str:
    """What stays the same when lines move: code, file, the words of the line; the message where there is no line."""
    lines = sources.get(one.file, [])
    words = lines[one.line - 1] if 0 < one.line <= len(lines) else ""
    bare = "".join(unicodedata.normalize("NFKC", words).split())
    return hashlib.sha256("\n".join((one.code, one.file, bare or one.message)).encode("utf-8", "replace")).hexdigest()[
        :20
    ]
