"""The upkeep items of TSG T5002—2017, annex A, as the shipped standard lists them: each longer period takes in the shorter ones."""

import re
from decimal import Decimal
from itertools import accumulate
from pathlib import Path

import pytest

from wolong.language.modals import BINDING
from wolong.language.reading import read_text
from wolong.language.tree import Clause, Document

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "library" / "服务保障" / "Q-WLS-BZ04-005-2026.md"
ITEM = re.compile(r"A-(?P<period>[1-4])-(?P<turn>\d{2}) \S")
ADDED = {1: 31, 2: 13, 3: 15, 4: 17}
CYCLES = {1: "每月", 2: "每季度", 3: "每半年", 4: "每年"}
CUMULATED = (31, 44, 59, 76)


@pytest.fixture(scope="module")
def standard() -> Document:
    return read_text(FILE.read_text(encoding="utf-8"), file=FILE.name)


def items(document: Document) -> list[tuple[int, int, Clause]]:
    """Period, turn and clause of each item, in the order of the text."""
    found = ((ITEM.match(clause.title or ""), clause) for clause in document.clauses)
    return [(int(match["period"]), int(match["turn"]), clause) for match, clause in found if match]


def test_items_cumulate_to_31_44_59_76(standard: Document) -> None:
    counts = [sum(period == one for period, _turn, _clause in items(standard)) for one in ADDED]
    assert counts == list(ADDED.values())
    assert tuple(accumulate(counts)) == CUMULATED


def test_the_text_states_the_same_totals(standard: Document) -> None:
    stated = [
        (measure.low, measure.high)
        for clause in standard.clauses
        if clause.number.startswith("4.")
        for requirement in clause.requirements
        for measure in requirement.measures
        if measure.unit == "项"
    ]
    assert stated == [(Decimal(total), Decimal(total)) for total in CUMULATED]


def test_codes_run_from_01_without_a_gap_and_stand_in_the_chapter_of_their_period(standard: Document) -> None:
    written = [(period, turn) for period, turn, _clause in items(standard)]
    assert written == [(period, turn) for period, count in ADDED.items() for turn in range(1, count + 1)]
    for period, turn, clause in items(standard):
        assert clause.number == f"{period + 4}.{turn}"


def test_each_item_is_one_binding_requirement_checked_at_its_period(standard: Document) -> None:
    for period, _turn, clause in items(standard):
        assert len(clause.requirements) == 1, clause.number
        (requirement,) = clause.requirements
        assert requirement.modality in BINDING, clause.number
        assert not requirement.unread, clause.number
        assert requirement.execution is not None, clause.number
        assert requirement.execution.values["频次"] == CYCLES[period], clause.number
        assert requirement.execution.values["来源"] == "TSG T5002—2017", clause.number


def test_the_lock_engagement_is_the_one_item_with_a_number(standard: Document) -> None:
    measured = [
        (clause.title, measure.low, measure.high is None, measure.unit)
        for _period, _turn, clause in items(standard)
        for requirement in clause.requirements
        for measure in requirement.measures
    ]
    assert measured == [("A-1-29 层门锁紧元件啮合长度", Decimal(7), True, "mm")]
