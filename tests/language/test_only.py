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


def test_a_shelf_in_which_one_file_changed_hears_what_a_new_shelf_hears() -> None:
    documents = [read_text(standard(number), file=f"{number}.md") for number in (0, 1, 2, 20)]
    lint(documents, today=TODAY)
    for turn in (1, 2):
        documents[1] = read_text(documents[1].source.replace("不应", "不得", turn), file="1.md")
        documents[3] = read_text(documents[3].source.replace("C |", "B |", turn), file="20.md")
        anew = [read_text(one.source, file=one.file) for one in documents]
        mine = lint(documents, today=TODAY, only={"1.md", "20.md"})
        assert mine == [one for one in lint(anew, today=TODAY) if one.file in {"1.md", "20.md"}]


def test_what_is_kept_of_a_shelf_knows_when_the_synonyms_change() -> None:
    texts = ["4.1 会议室照度不应低于 300 lx。", "4.1 会议室亮度不应低于 500 lx。"]
    documents = [
        read_text(f"---\n标准号: Q/A {at}—2026\n---\n{text}\n", file=f"{at}.md") for at, text in enumerate(texts)
    ]
    apart = lint(documents, today=TODAY, select=["WL4"])
    assert apart == []
    together = lint(documents, today=TODAY, select=["WL4"], synonyms={"亮度": "照度"})
    assert [one.code for one in together] == ["WL402"]
    assert lint(documents, today=TODAY, select=["WL4"]) == apart
