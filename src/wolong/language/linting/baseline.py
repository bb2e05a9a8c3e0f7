"""The baseline: what a body of texts already had when linting began (存量), so that its owner is not drowned in it."""

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

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
    """What is to be shown, what was known before, and how many known problems are gone, by code."""

    shown: list[Diagnostic]
    kept: list[Diagnostic]
    vanished: Mapping[str, int] = field(default_factory=dict)

    @property
    def gone(self) -> int:
        return sum(self.vanished.values())


Mark = tuple[str, str]
"""A problem's code, and what stays the same of it when lines move."""


def compare(found: Sequence[Diagnostic], documents: Iterable[Document], known: Counter[Mark]) -> Compared:
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
    vanished: Counter[str] = Counter()
    for (code, _words), times in left.items():
        vanished[code] += times
    return Compared(shown, kept, {code: times for code, times in sorted(vanished.items()) if times})


def begin(found: Sequence[Diagnostic]) -> Compared:
    """The first look: at most twenty, the worst first and spread over codes and files; the rest is kept."""
    turns: Counter[str] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    fair = []
    # Within a code, each file has its turn before one has a second.
    for one in sorted(found, key=lambda each: (_weight(each), each.sort_key)):
        fair.append((_weight(one), one.code, seen[one.code, one.file], one))
        seen[one.code, one.file] += 1
    ranked = []
    for weight, code, _turn, one in sorted(fair, key=lambda each: (*each[:3], each[3].sort_key)):
        ranked.append((SEVERITIES.index(one.severity) > 0, turns[code], weight, one))
        turns[code] += 1
    ranked.sort(key=lambda each: (*each[:3], each[3].sort_key))
    chosen = {id(one) for *_rank, one in ranked[:MOST_SHOWN]}
    return Compared([one for one in found if id(one) in chosen], [one for one in found if id(one) not in chosen])


def _weight(one: Diagnostic) -> tuple[int, int]:
    return (SEVERITIES.index(one.severity), GROUPS.index(one.code[:3]) if one.code[:3] in GROUPS else len(GROUPS))


def written(kept: Sequence[Diagnostic], documents: Iterable[Document]) -> str:
    """The file: one mark a problem, with its code, file and clause for whoever reads it."""
    marks = _marks(documents)
    problems = [
        {"code": one.code, "file": one.file, "clause": one.clause, "mark": _mark(one, marks)[1]} for one in kept
    ]
    return json.dumps({"format": FORMAT, "problems": problems}, ensure_ascii=False, indent=1) + "\n"


def read(text: str) -> Counter[Mark]:
    """The marks of a baseline file; BadBaseline where it is none."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as broken:
        raise BadBaseline("不是 JSON") from broken
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("problems"), list):
        raise BadBaseline(f"没有 format {FORMAT} 和 problems")
    try:
        return Counter((str(one["code"]), str(one["mark"])) for one in data["problems"])
    except (KeyError, TypeError) as broken:
        raise BadBaseline("有一项没有 code 或 mark") from broken


def _marks(documents: Iterable[Document]) -> dict[str, list[str]]:
    return {document.file: document.source_lines for document in documents}


def _mark(one: Diagnostic, sources: Mapping[str, list[str]]) -> Mark:
    """Code, file name, clause and the words of the line (the message where there is none), wherever lint is called from."""
    lines = sources.get(one.file, [])
    words = lines[one.line - 1] if 0 < one.line <= len(lines) else ""
    bare = "".join(unicodedata.normalize("NFKC", words).split())
    parts = (one.code, PurePosixPath(one.file).name, one.clause or "", bare or one.message)
    return one.code, hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:20]
