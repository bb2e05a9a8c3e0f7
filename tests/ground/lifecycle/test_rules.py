"""A table of moves allows what it lists and nothing else."""

import pytest

from wolong.ground.lifecycle import Lifecycle, Move, Refused

TABLE = Lifecycle(
    answer=Move(("ordered", "returned"), "answered"),
    accept=Move(("answered",), "accepted"),
)


def test_a_move_leads_from_its_sources_to_its_target() -> None:
    assert TABLE.step("answer", "returned", sentence="不行") == "answered"
    assert TABLE.allows("accept", "answered")
    assert not TABLE.allows("accept", "ordered")


def test_any_other_move_is_refused_in_the_words_given() -> None:
    with pytest.raises(Refused) as refusal:
        TABLE.step("accept", "ordered", sentence="还没有答复")
    assert refusal.value.sentence == str(refusal.value) == "还没有答复"


def test_a_verb_that_does_not_exist_is_a_fault_of_the_code() -> None:
    with pytest.raises(KeyError):
        TABLE.step("forget", "ordered", sentence="")


def test_the_table_can_be_walked() -> None:
    assert list(TABLE) == ["answer", "accept"]
    assert len(TABLE) == 2
    assert TABLE["accept"].target == "accepted"
