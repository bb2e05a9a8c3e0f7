"""The shipped standards read without a fault, are executable line by line, and mark what is not confirmed."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from wolong.language.cited import read_index
from wolong.language.execution import parse_execution
from wolong.language.linting import lint
from wolong.language.reading import read_bytes
from wolong.language.synonyms import read_synonyms
from wolong.language.tree import Document

LIBRARY = Path(__file__).parents[2] / "library"
SECTIONS = {"综合科", "物业管理科", "安全保卫科", "设备管理科"}
LINES = {"保洁", "绿化", "安保", "监控", "会议", "供配电", "给排水", "空调", "消防", "电梯", "弱电", "餐饮"}


@pytest.fixture(scope="module")
def shelf() -> list[Document]:
    return [read_bytes(path.read_bytes(), file=path.name) for path in sorted(LIBRARY.rglob("*.md"))]


def test_the_three_parts_hold_47_standards_and_600_requirements(shelf: list[Document]) -> None:
    current = [one for one in shelf if "2021" not in one.file]
    assert {(one.position or "").split("/")[0] for one in current} == {"通用基础", "服务保障", "服务提供"}
    assert len(current) >= 47
    assert sum(len(one.requirements) for one in current) >= 600
    assert min(len(one.requirements) for one in current) >= 5


def test_no_sentence_stands_twice_and_hardly_a_rule_is_silenced(shelf: list[Document]) -> None:
    current = [one for one in shelf if "2021" not in one.file]
    said = Counter(
        "".join(one.sentence.split())
        for document in current
        for one in {r.sentence: r for r in document.requirements}.values()
    )
    assert [sentence for sentence, times in said.items() if times > 1] == []
    assert sum(len(one.ignores) for one in shelf) <= 5


def test_what_the_library_cites_stands_in_its_index(shelf: list[Document]) -> None:
    index = read_index((LIBRARY / "索引.tsv").read_text("utf-8"))
    synonyms = read_synonyms((LIBRARY / "词表" / "同义词.tsv").read_text("utf-8"))
    assert len(index) >= 60
    assert len(synonyms) >= 60
    found = lint(shelf, today=date(2026, 11, 23), index=index, synonyms=synonyms)
    assert [one for one in found if one.severity != "info"] == []


def test_what_was_proposed_here_is_marked(shelf: list[Document]) -> None:
    for document in shelf:
        for requirement in document.requirements:
            values = requirement.execution.values if requirement.execution else {}
            if values.get("来源") == "拟定":
                assert values.get("待核") is True, requirement.sentence


def test_every_figure_says_where_it_comes_from(shelf: list[Document]) -> None:
    for document in shelf:
        for requirement in document.requirements:
            values = requirement.execution.values if requirement.execution else {}
            assert not requirement.measures or "来源" in values or "待核" in values, requirement.sentence


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
