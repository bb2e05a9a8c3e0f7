"""SARIF 2.1.0: the form in which code hosts and editors take diagnostics."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from wolong.language.linting.explaining import Explanation
from wolong.language.tree import Diagnostic, Place

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def as_sarif(
    found: Sequence[Diagnostic],
    *,
    version: str,
    explained: Mapping[str, Explanation],
    kept: Iterable[Diagnostic] | None = None,
) -> dict[str, Any]:
    """One run; columns count code points. With a baseline, `kept` are the problems that were known before."""
    states = [(one, None if kept is None else "new") for one in found]
    states += [(one, "unchanged") for one in kept or ()]
    codes = sorted({one.code for one, _state in states})
    places = {code: at for at, code in enumerate(codes)}
    driver = {
        "name": "wolong",
        "version": version,
        "rules": [_rule(code, explained.get(code)) for code in codes],
    }
    results = [_result(one, places[one.code], state) for one, state in states]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, known: Explanation | None) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": code}
    if known is not None:
        rule["shortDescription"] = {"text": known.summary}
        words = [known.why, known.mend, f"反例：\n{known.bad}", f"正例：\n{known.good}"]
        rule["help"] = {"text": "\n\n".join(word for word in words if word.strip())}
    return rule


def _result(one: Diagnostic, at: int, state: str | None) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": at,
        "level": LEVELS[one.severity],
        "message": {"text": f"{one.message}。{one.help}" if one.help else one.message},
        "locations": [_location(one.file, one.line, one.column, one.clause)],
    }
    if one.related:
        result["relatedLocations"] = [_related(number, place) for number, place in enumerate(one.related)]
    if state is not None:
        result["baselineState"] = state
    return result


def _related(number: int, place: Place) -> dict[str, Any]:
    where = _location(place.file, place.line, place.column, place.clause)
    return {"id": number, **where, "message": {"text": place.message}}


def _location(file: str, line: int, column: int, clause: str | None) -> dict[str, Any]:
    where: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(file, errors="replace")},
            "region": {"startLine": max(line, 1), "startColumn": max(column, 1)},
        }
    }
    if clause:
        where["logicalLocations"] = [{"fullyQualifiedName": clause}]
    return where
