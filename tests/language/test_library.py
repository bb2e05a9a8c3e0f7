"""The shipped standards read without a fault, are executable line by line, and mark what is not confirmed."""

from datetime import date
from pathlib import Path

import pytest

from wolong.language.execution import parse_execution
from wolong.language.linting import lint
from wolong.language.reading import read_bytes
from wolong.language.tree import Document

LIBRARY = Path(__file__).parents[2] / "library"
SECTIONS = {"综合科", "物业管理科", "安全保卫科", "设备管理科"}
LINES = {"保洁", "绿化", "安保", "监控", "会议", "供配电", "给排水", "空调", "消防", "电梯", "弱电", "餐饮"}


@pytest.fixture(scope="module")
def shelf() -> list[Document]:
    return [read_bytes(path.read_bytes(), file=path.name) for path in sorted(LIBRARY.rglob("*.md"))]


def test_ten_standards_hold_more_than_110_requirements(shelf: list[Document]) -> None:
    current = [one for one in shelf if "2021" not in one.file]
    assert len(current) >= 10
    assert sum(len(one.requirements) for one in current) >= 110


def test_nothing_is_unread_and_nothing_is_wrong(shelf: list[Document]) -> None:
    found = [one for one in lint(shelf, today=date(2026, 11, 23)) if one.severity != "info"]
    assert found == []
    assert all(not requirement.unread for document in shelf for requirement in document.requirements)


def test_every_requirement_says_where_how_and_how_often(shelf: list[Document]) -> None:
    for document in shelf:
        for requirement in document.requirements:
            assert requirement.execution is not None
            line, faults = parse_execution(requirement.execution.values)
            assert faults == []
            assert line.objects
            assert line.method
            assert line.cycle
            assert line.doer in LINES | SECTIONS


def test_a_file_is_named_after_its_number(shelf: list[Document]) -> None:
    for document in shelf:
        number = (document.number or "").replace("/", "-").replace(" ", "-").replace("—", "-")
        assert document.file == f"{number}.md"


def test_the_ammonia_limit_became_a_requirement_and_stricter(shelf: list[Document]) -> None:
    clauses = {
        document.number: next(clause for clause in document.clauses if clause.number == "5.1.2")
        for document in shelf
        if (document.number or "").startswith("Q/WLS BZ06-003")
    }
    old, new = clauses["Q/WLS BZ06-003—2021"], clauses["Q/WLS BZ06-003—2026"]
    assert (old.requirements[0].modality, old.requirements[0].measures[0].as_json()["high"]) == ("should_not", 0.5)
    assert (new.requirements[0].modality, new.requirements[0].measures[0].as_json()["high"]) == ("shall_not", 0.3)
