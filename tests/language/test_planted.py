"""Five hundred defects planted in the shipped standards: each is found by its code, in its file, on its line, and nothing else breaks."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from tests.language import defects  # noqa: F401  registers the planters
from tests.language.planting import OTHER, PLANTERS, Plant, planted
from wolong.language.linting import EXPLAINED, lint
from wolong.language.reading import read_bytes, read_text
from wolong.language.tree import Diagnostic, Document

TODAY = date(2026, 11, 24)
LIBRARY = Path(__file__).parents[2] / "library"


@cache
def shelf() -> tuple[Document, ...]:
    paths = [path for path in sorted(LIBRARY.rglob("*.md")) if path.name != "README.md"]
    return tuple(read_bytes(path.read_bytes(), file=path.name) for path in paths)


@cache
def plants() -> tuple[Plant, ...]:
    return tuple(planted(list(shelf())))


@cache
def sound(file: str) -> Counter[str]:
    """The errors that a shipped standard has by itself."""
    return errors(lint([one for one in shelf() if one.file == file], today=TODAY), file)


def errors(found: Sequence[Diagnostic], file: str) -> Counter[str]:
    return Counter(one.code for one in found if one.severity == "error" and one.file == file)


def found_in(one: Plant) -> list[Diagnostic]:
    documents = [read_bytes(one.text.encode(one.coding, "replace"), file=one.file)]
    if one.beside is not None:
        documents.insert(0, read_text(one.beside, file=OTHER))
    return lint(documents, today=TODAY, world=one.world, index=one.index)


def test_every_code_is_planted_often_enough() -> None:
    counts = Counter(one.code for one in plants())
    assert set(PLANTERS) == set(EXPLAINED)
    assert {code: counts[code] for code in EXPLAINED if counts[code] < 8} == {}
    assert counts.total() >= 500


@pytest.mark.parametrize("code", sorted(PLANTERS))
def test_a_planted_defect_is_found_where_it_is(code: str) -> None:
    missed, broken = [], []
    for one in plants():
        if one.code != code:
            continue
        found = found_in(one)
        if not any((each.code, each.file, each.line) == (code, one.file, one.line) for each in found):
            missed.append((one.file, one.line, [(each.code, each.line) for each in found if each.code == code]))
        others = set(errors(found, one.file) - sound(one.file)) - {code}
        if others:
            broken.append((one.file, one.line, others))
    assert missed == []
    assert broken == []
