"""What is written or sent in a swifter way is what the plain way gives."""

import json
import pickle
from datetime import date
from pathlib import Path

import pytest
import yaml

from bench.language import standard
from wolong.language import front
from wolong.language.linting import lint
from wolong.language.linting.listing import as_lines
from wolong.language.reading import read_text
from wolong.language.tree import Diagnostic, Place

LIBRARY = sorted((Path(__file__).parents[2] / "library").rglob("Q-*.md"))
ODD = Diagnostic(
    "WL101", "error", 'a"\\\n\u2028.md', 1, 1, None, "甲\t乙", "\x7f", (Place("b.md", 1, 2, None, "“丙”"),)
)


def test_diagnostics_are_written_as_json_writes_them() -> None:
    documents = [read_text(standard(number), file=f"{number}.md") for number in (0, 20)]
    found = [*lint(documents, today=date(2026, 11, 24)), ODD]
    for several in (found, found[:1], []):
        assert as_lines(several) == json.dumps([one.as_json() for one in several], ensure_ascii=False, indent=2)


def test_a_document_comes_out_of_another_process_as_it_went_in() -> None:
    document = read_text(standard(3), file="3.md")
    assert pickle.loads(pickle.dumps(document)) == document


def test_front_matter_reads_the_same_in_c_and_in_python(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [path.read_text("utf-8") for path in LIBRARY]
    texts += [
        f"---\n{odd}\n---\n"
        for odd in ("名称: [甲", "名称: {甲: 乙}", "名称: '甲'", "名称: |\n  甲", "? 甲", "名称: 甲 # 乙")
    ]
    swift = [read_text(text) for text in texts]
    monkeypatch.setattr(front, "_SWIFT", None)
    assert [read_text(text) for text in texts] == swift
    assert yaml.__with_libyaml__
