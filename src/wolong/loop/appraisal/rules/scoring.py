"""The sum: from frozen inputs to points by clause, chapters, parts, score, grade and payment. Pure; docs/appraisal.md says it in words.

Inputs and result are plain JSON, decimals as text, so that a score can be recomputed years later and by strangers.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from wolong.loop.appraisal.rules.money import Fee, half_up, payment_of
from wolong.loop.appraisal.rules.scheme import DAILY, FULL, Table, from_json, grade_of, plain

FORMAT = "wolong-appraisal/1"
NOTHING = Decimal(0)
Json = dict[str, Any]


def canonical(inputs: Mapping[str, Any]) -> str:
    """The exact text that is hashed: keys sorted, no spaces, UTF-8 as it is."""
    return json.dumps(inputs, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(inputs: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(inputs).encode()).hexdigest()


def score(inputs: Mapping[str, Any]) -> Json:
    """The whole result of one sheet; the same inputs give the same result to the cent."""
    table = from_json(inputs["scheme"])
    chapters = [_chapter(one, table) for one in inputs["chapters"]]
    daily = _daily(chapters)
    parts, total = _parts(table, inputs, daily)
    result: Json = {
        "chapters": chapters,
        "daily": _text(daily),
        "checked_weight": plain(sum((Decimal(one["weight"]) for one in chapters if one["got"] is not None), NOTHING)),
        "parts": parts,
        "score": _text(total),
        "grade": None,
        "uncapped_grade": None,
        "caps": _caps(inputs),
        "payment": None,
    }
    if total is not None:
        reached = grade_of(table.bands, total)
        given = table.bands[-1] if result["caps"] else reached
        result |= {"uncapped_grade": reached.name, "grade": given.name, "payment": _payment(inputs, given.pay)}
    return result


def _chapter(given: Mapping[str, Any], table: Table) -> Json:
    """Full marks less what its clauses take, never below 0; a chapter that nobody checked has no score."""
    weight = Decimal(given["weight"])
    clauses = _clauses(given["findings"], table, weight)
    checked = given["itemised"] + given["overall"] > 0
    taken = sum((Decimal(one["points"]) for one in clauses), NOTHING)
    got = max(NOTHING, weight - taken) if checked else None
    return {
        "name": given["name"],
        "weight": plain(weight),
        "itemised": given["itemised"],
        "overall": given["overall"],
        "got": None if got is None else plain(got),
        "clauses": clauses,
    }


def _clauses(findings: Sequence[Mapping[str, Any]], table: Table, weight: Decimal) -> list[Json]:
    """Points by clause: hits are added up to the clause's cap; an all-or-nothing clause is lost once."""
    groups: dict[tuple[str, int], list[Mapping[str, Any]]] = defaultdict(list)
    for one in findings:
        if one["left_out"] is None:
            groups[one["clause"], one["ordinal"]].append(one)
    return [
        {"clause": clause, "ordinal": ordinal, **_deduction(hits, table, weight)}
        for (clause, ordinal), hits in sorted(groups.items())
    ]


def _deduction(hits: Sequence[Mapping[str, Any]], table: Table, weight: Decimal) -> Json:
    """What one clause takes in the period. The cap of its latest wording would let a score rise by one more finding: the widest counts."""
    each = [Decimal(one["points"]) * (table.repeat if one["repeat"] else 1) for one in hits]
    by_hit = sum((points for points, one in zip(each, hits, strict=True) if one["per"]), NOTHING)
    once = max((points for points, one in zip(each, hits, strict=True) if not one["per"]), default=NOTHING)
    caps = [Decimal(one["cap"]) if one["cap"] is not None else weight for one in hits]
    taken = min(by_hit + once, max(caps))
    return {
        "points": plain(half_up(taken)),
        "uncapped": plain(half_up(by_hit + once)),
        "cap": plain(max(caps)),
        "hits": [
            {"number": one["number"], "points": plain(half_up(points))} for points, one in zip(each, hits, strict=True)
        ],
    }


def _daily(chapters: Sequence[Json]) -> Decimal | None:
    """Points got by points to be had, times 100, of the chapters that were checked; None where none was."""
    checked = [one for one in chapters if one["got"] is not None]
    if not checked:
        return None
    got = sum((Decimal(one["got"]) for one in checked), NOTHING)
    return half_up(got / sum((Decimal(one["weight"]) for one in checked), NOTHING) * FULL)


def _parts(table: Table, inputs: Mapping[str, Any], daily: Decimal | None) -> tuple[list[Json], Decimal | None]:
    """Each part with its share, and the total over the parts that have a score, their shares stretched to 100 %."""
    scores = {DAILY: daily, **{key: Decimal(value) for key, value in inputs["other_parts"].items()}}
    there = [(part, scores.get(part.key)) for part in table.parts if part.share > 0]
    shares = sum((part.share for part, got in there if got is not None), NOTHING)
    rows = [
        {
            "key": part.key,
            "name": part.name,
            "share": plain(part.share),
            "score": _text(got),
            "counted_share": None if got is None else plain(half_up(part.share / shares * FULL)),
        }
        for part, got in there
    ]
    if not shares:
        return rows, None
    return rows, half_up(sum((got * part.share for part, got in there if got is not None), NOTHING) / shares)


def _caps(inputs: Mapping[str, Any]) -> list[Json]:
    """Findings of grade A that hold the grade at the lowest: still open when the sheet was frozen, or repeated."""
    return [dict(one) for one in inputs["grave"]]


def _payment(inputs: Mapping[str, Any], percent: Decimal) -> Json | None:
    """Only where a contract term is cited, and a fee is known."""
    given = inputs["payment"]
    if given is None:
        return None
    fees = [Fee(one["line"], Decimal(one["monthly_yuan"]), Decimal(one["months"])) for one in given["fees"]]
    paid = payment_of(fees, percent=percent)
    return {
        "term": given["term"],
        "fee": str(paid.fee),
        "percent": plain(paid.percent),
        "taken": str(paid.taken),
        "due": str(paid.due),
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"
