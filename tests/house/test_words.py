"""Names say what a thing is for; the glossary knows every model."""

import re

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.law import ROOT, SOURCE, python_files, rooms, shown

JUNK = {"core", "common", "utils", "helpers", "misc", "base", "managers", "services"}
JUNK_SUFFIXES = ("Manager", "Helper", "Info", "Data", "Record", "Item", "Base", "Detail")
# Django asks for the name of a user model's manager; a check item is the field's own word (检查项).
ALLOWED = {"PersonManager", "CheckItem"}


def test_no_file_or_folder_has_a_name_that_means_nothing() -> None:
    junk = [shown(path) for path in SOURCE.rglob("*") if path.stem in JUNK and "__pycache__" not in path.parts]
    assert junk == []


def _models() -> list[type]:
    return [model for model in apps.get_models() if model.__module__.startswith("wolong.")]


def test_no_model_carries_an_empty_suffix() -> None:
    assert [m.__name__ for m in _models() if m.__name__.endswith(JUNK_SUFFIXES) and m.__name__ not in ALLOWED] == []


def test_every_model_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"`([A-Za-z]+)`", glossary))
    assert sorted(m.__name__ for m in _models() if m.__name__ not in rows) == []


def test_every_room_says_in_one_sentence_what_it_is_for() -> None:
    silent = []
    for room in rooms():
        text = (SOURCE / "/".join(room.split(".")[1:]) / "__init__.py").read_text(encoding="utf-8")
        if not text.startswith('"""') or "come" not in text.split('"""')[1]:
            silent.append(room)
    assert silent == []


def _paths(patterns: list[URLPattern | URLResolver], prefix: str = "") -> list[str]:
    found = []
    for pattern in patterns:
        whole = prefix + str(pattern.pattern)
        found += _paths(pattern.url_patterns, whole) if isinstance(pattern, URLResolver) else [whole]
    return found


def test_addresses_end_with_a_slash_or_a_file_ending() -> None:
    odd = [
        p
        for p in _paths(get_resolver().url_patterns)
        if p and not p.endswith(("/", ".json", ".txt", ".xlsx", ".docx", ".pdf", ".svg", ".md", "docs"))
    ]
    assert odd == []


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX", "敬请期待", "开发中", "即将上线", "占位"])
def test_nothing_is_put_off_in_the_code(word: str) -> None:
    hits = [shown(path) for path in python_files() if word in path.read_text(encoding="utf-8")]
    hits += [shown(path) for path in SOURCE.rglob("*.html") if word in path.read_text(encoding="utf-8")]
    assert hits == []
