"""How well the reader reads sentences whose readings were decided before, without the reader in view.

A decided sentence is a line of JSON: `s` the sentence, `r` its requirements with `m` modality, `c` condition and `ms` measures, each with
`k` kind, `p` property, `lo`, `hi`, `lo_open`, `hi_open`, `u` unit, `per` [value, unit], `ev` event, `dir` direction, `c` condition.
Absent keys are absent values. `python -m tests.language.judged FILE…` prints every sentence that is not read as decided.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from tests.language.written import written
from wolong.language.drafts import Draft
from wolong.language.sentences import has_modal, read_sentence, split_sentences
from wolong.language.tree import Measure
from wolong.language.units import canonical

Decided = dict[str, Any]
RIGHT, MISREAD, OTHERWISE, UNREAD = "right", "misread", "otherwise", "unread"
_SHARE = 0.6  # of the signs of the shorter name
_ALIKE = re.compile(r"[\s的之应须]|时间")
_OF_CASE = re.compile(r"[时后前中内]$")


def judge(row: Decided) -> tuple[str, list[str]]:
    """The verdict on one sentence and what differs: a value that nobody decided is a misreading, a missing one unread."""
    drafts = [
        draft
        for _, sentence in split_sentences(row["s"])
        for draft in read_sentence(sentence, lent=None if has_modal(sentence) else "shall")
    ]
    found = [(measure, draft) for draft in drafts for measure in draft.measures]
    missing: list[str] = []
    otherwise: list[str] = []
    for requirement in row["r"]:
        for decided in requirement.get("ms", []):
            alike = [one for one in found if _values(one[0]) == _decided_values(decided)]
            if not alike:
                missing.append(f"missing {decided}")
                continue
            best = min(alike, key=lambda one: len(_differences(one, decided, requirement)))
            found.remove(best)
            otherwise += _differences(best, decided, requirement)
    extra = [f"not decided: {measure.as_json()}" for measure, _ in found]
    spoken = [name for name, _ in groupby(draft.modality for draft in drafts)]
    if spoken != [name for name, _ in groupby(one["m"] for one in row["r"])]:
        otherwise.append(f"modals {spoken}")
    verdict = MISREAD if extra else OTHERWISE if otherwise else UNREAD if missing else RIGHT
    return verdict, extra + otherwise + missing


def _values(measure: Measure) -> tuple[object, ...]:
    json_values = measure.as_json()
    per = json_values["per"]
    return (
        measure.kind,
        json_values["low"],
        json_values["high"],
        measure.low_open,
        measure.high_open,
        measure.unit,
        (per["value"], per["unit"]) if per else None,
        measure.direction if measure.kind == "deadline" else None,
    )


def _decided_values(decided: Decided) -> tuple[object, ...]:
    per = decided.get("per")
    return (
        decided["k"],
        decided.get("lo"),
        decided.get("hi"),
        bool(decided.get("lo_open")),
        bool(decided.get("hi_open")),
        canonical(decided["u"]) if decided.get("u") else None,
        (per[0], canonical(per[1])) if per else None,
        decided.get("dir") if decided["k"] == "deadline" else None,
    )


def _differences(read: tuple[Measure, Draft], decided: Decided, requirement: Decided) -> list[str]:
    """What a measure of the right value says otherwise: its name, its event, its condition, its modality."""
    measure, draft = read
    event, named = decided.get("ev"), decided.get("c") or requirement.get("c")
    condition = measure.condition or draft.condition
    of_event = measure.kind == "deadline" and (_same_case(condition, event) or _same_case(named, measure.event))
    found = []
    if not _same(measure.property, decided.get("p")):
        found.append(f"name {measure.property!r}, decided {decided.get('p')!r}")
    if measure.kind == "deadline" and not _same(measure.event, event) and not _same_case(condition, event):
        found.append(f"event {measure.event!r}, decided {event!r}")
    if not (of_event or _same_case(condition, named) or _same_case(measure.condition, decided.get("c"))):
        found.append(f"condition {condition!r}, decided {named!r}")
    if draft.modality != requirement["m"]:
        found.append(f"modality {draft.modality}")
    return found


def _same(one: str | None, other: str | None) -> bool:
    """Whether two names mean one thing: the one holds the other, or most of its signs."""
    first, second = _ALIKE.sub("", one or ""), _ALIKE.sub("", other or "")
    if not first or not second:
        return first == second
    shared = set(first) & set(second)
    return first in second or second in first or len(shared) >= _SHARE * min(len(set(first)), len(set(second)))


def _same_case(one: str | None, other: str | None) -> bool:
    return _same(_OF_CASE.sub("", one or ""), _OF_CASE.sub("", other or ""))


def decided_in(path: Path) -> list[Decided]:
    """The decided sentences of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def tally(rows: Iterable[Decided]) -> Counter[str]:
    """How many sentences are read how."""
    return Counter(judge(row)[0] for row in rows)


def _print(path: Path) -> None:
    rows = decided_in(path)
    for number, row in enumerate(rows, 1):
        verdict, differences = judge(row)
        if verdict != RIGHT:
            read = " /// ".join(written(sentence) for _, sentence in split_sentences(row["s"]))
            print(
                f"{number} {verdict}: {row['s']}", f"   read: {read}", *(f"   {one}" for one in differences), sep="\n"
            )
    print(path, dict(tally(rows)))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        _print(Path(name))
