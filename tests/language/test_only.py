"""One file judged beside the others hears what it would hear if all were judged."""

from datetime import date

import pytest

from bench.language import standard
from wolong.language.linting import lint
from wolong.language.reading import read_text

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("file", ["0.md", "3.md"])
def test_one_file_beside_the_others_hears_the_same(file: str) -> None:
    documents = [read_text(standard(number), file=f"{number}.md") for number in (0, 1, 2, 20)]
    documents[3] = read_text(standard(20), file="3.md")
    everything = lint(documents, today=TODAY)
    mine = lint(documents, today=TODAY, only={file})
    assert mine == [one for one in everything if one.file == file]
    assert any(one.related for one in mine)


def test_the_measured_text_is_a_standard_as_the_linter_wants_it() -> None:
    document = read_text(standard(7), file="7.md")
    assert len(document.requirements) >= 50
    assert document.diagnostics == ()
    assert {one.code for one in lint([document], today=TODAY) if one.severity == "error"} == set()
