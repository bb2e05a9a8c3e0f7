"""SARIF 2.1.0: what the public schema asks of the parts that are written, and nothing that it does not know."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.language.test_command_line import wolong
from tests.language.test_outputs import clauses
from wolong.language.linting import EXPLAINED, lint
from wolong.language.linting.sarif import as_sarif
from wolong.language.reading import read_text

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
POSITIVE = {"type": "integer", "minimum": 1}


def closed(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def listed(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


ARTIFACT = closed(["uri"], uri={"type": "string", "pattern": r"^[A-Za-z0-9%._~/:@-]+$"})
PHYSICAL = closed(
    ["artifactLocation"],
    artifactLocation=ARTIFACT,
    region=closed(["startLine"], startLine=POSITIVE, startColumn=POSITIVE),
)
LOGICAL = listed(closed([], fullyQualifiedName={"type": "string"}))
LOCATION = closed(
    ["physicalLocation"],
    id={"type": "integer", "minimum": 0},
    physicalLocation=PHYSICAL,
    logicalLocations=LOGICAL,
    message=TEXT,
)
RESULT = closed(
    ["message", "ruleId", "locations"],
    ruleId={"type": "string"},
    ruleIndex={"type": "integer", "minimum": 0},
    level={"enum": ["none", "note", "warning", "error"]},
    message=TEXT,
    locations=listed(LOCATION),
    relatedLocations=listed(LOCATION),
    baselineState={"enum": ["new", "unchanged", "updated", "absent"]},
)
RULE = closed(["id", "shortDescription", "help"], id={"type": "string"}, shortDescription=TEXT, help=TEXT)
DRIVER = closed(["name"], name={"const": "wolong"}, version={"type": "string"}, rules=listed(RULE))
RUN = closed(
    ["tool", "results", "columnKind"],
    tool=closed(["driver"], driver=DRIVER),
    columnKind={"const": "unicodeCodePoints"},
    results=listed(RESULT),
)
SCHEMA = closed(
    ["version", "runs"], **{"$schema": {"type": "string"}, "version": {"const": "2.1.0"}, "runs": listed(RUN)}
)


@pytest.mark.parametrize("arguments", [(), ("--baseline", "存量.json")])
def test_what_the_command_writes_is_valid_and_every_rule_explains_itself(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "甲 乙.md").write_text(clauses(*["会议室照度不应低于 300 lx。"] * 20, "垃圾必须及时清运。"), "utf-8")
    (tmp_path / "b.md").write_text(clauses("会议室照度不应低于 500 lx。", number=2), "utf-8")
    done = wolong("lint", ".", "--format", "sarif", *arguments, cwd=tmp_path)
    sarif = json.loads(done.stdout)
    jsonschema.validate(sarif, SCHEMA)
    run = sarif["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[one["ruleIndex"]]["id"] for one in run["results"]] == [one["ruleId"] for one in run["results"]]
    assert any("relatedLocations" in one for one in run["results"])
    assert all(("baselineState" in one) == bool(arguments) for one in run["results"])


def test_columns_count_code_points() -> None:
    text = clauses("\U0002070e\U0002070e的垃圾必须清运。", "门应干净。")
    found = lint([read_text(text, file="a.md")], today=date(2026, 11, 24), select=("WL202",))
    (result,) = as_sarif(found, version="1", explained=EXPLAINED)["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    line = text.split("\n")[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 :].startswith("必须")


def test_nothing_found_is_a_valid_run_without_results() -> None:
    sarif = as_sarif([], version="1", explained=EXPLAINED)
    jsonschema.validate(sarif, SCHEMA)
    assert sarif["runs"][0]["results"] == []
