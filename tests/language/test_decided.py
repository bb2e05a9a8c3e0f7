"""Readings that were decided without the reader in view: how many of them it reaches, and how few it contradicts."""

from itertools import groupby
from pathlib import Path

import pytest

from tests.language.judged import MISREAD, RIGHT, Decided, decided_in, judge, tally

ROWS = decided_in(Path(__file__).parent / "decided.jsonl")
BY_KIND = {
    kind: list(rows) for kind, rows in groupby(sorted(ROWS, key=lambda row: row["of"]), key=lambda row: row["of"])
}
# Of a hundred sentences of each kind so many are read as decided at least, word for word or nearly; the rest is mostly a name, a
# condition or a modality that may be given either way. The last are house rules as they are written on the spot, and sentences
# chosen to lead astray.
LEAST = {"标准": 91, "法规": 92, "混合": 88, "合同": 88, "招标": 89, "制度": 51, "刁钻": 86}
MOST_MISREAD = 1  # of a hundred


@pytest.mark.parametrize("kind", LEAST)
def test_sentences_are_read_as_decided(kind: str) -> None:
    counts = tally(BY_KIND[kind])
    assert 100 * counts[RIGHT] >= LEAST[kind] * counts.total()


def test_no_value_is_read_that_nobody_decided() -> None:
    counts = tally(ROWS)
    assert 100 * counts[MISREAD] <= MOST_MISREAD * counts.total()


def test_every_kind_has_its_floor() -> None:
    assert set(BY_KIND) == set(LEAST)


@pytest.mark.parametrize(
    ("sentence", "decided", "verdict"),
    [
        ("照度应不低于 300 lx。", {"k": "limit", "p": "照度", "lo": 300, "u": "lx"}, "right"),
        ("照度应不低于 300 lx。", {"k": "limit", "p": "温度", "lo": 300, "u": "lx"}, "otherwise"),
        ("照度应不低于 300 lx。", {"k": "limit", "p": "照度", "hi": 300, "u": "lx"}, "misread"),
        ("照度应约为平时的一半。", {"k": "limit", "p": "照度", "lo": 50, "u": "%"}, "unread"),
    ],
)
def test_a_verdict_tells_values_names_and_silence_apart(sentence: str, decided: Decided, verdict: str) -> None:
    assert judge({"s": sentence, "r": [{"m": "shall", "ms": [decided]}]})[0] == verdict
