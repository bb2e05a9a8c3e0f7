"""Reading and linting spread over processes: the same documents and the same faults as in one."""

import importlib
import multiprocessing
import os
import pkgutil
import re
import runpy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import wolong.language
from wolong.language import many
from wolong.language.linting import lint
from wolong.language.many import lint_many, read_many
from wolong.language.patterns import lazy

DAY = date(2026, 11, 24)
LIBRARY = Path(__file__).parents[2] / "library"
FILES = [(path.read_bytes(), path.name) for path in sorted(LIBRARY.rglob("*.md"))]


@pytest.fixture
def _spread(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library is less than what is worth a second process."""
    monkeypatch.setattr(many, "FEW_BYTES", 0)


@pytest.mark.usefixtures("_spread")
def test_the_library_is_read_and_linted_in_two_processes_as_in_one() -> None:
    documents = read_many(FILES, jobs=1)
    asked: dict[str, Any] = {"today": DAY, "select": ("WL6", "WL4")}
    assert read_many(FILES, jobs=2) == documents
    assert lint_many(documents, jobs=2, **asked) == lint_many(documents, jobs=1, **asked) == lint(documents, **asked)


@pytest.mark.usefixtures("_spread")
def test_documents_of_one_file_name_are_each_judged_once() -> None:
    documents = [replace(one, file="") for one in read_many(FILES, jobs=1)]
    found = lint_many(documents, jobs=2, today=DAY)
    assert found
    assert sorted(found, key=str) == sorted(lint(documents, today=DAY), key=str)


@pytest.mark.usefixtures("_spread")
def test_what_is_asked_for_alone_is_judged_alone_in_two_processes() -> None:
    documents = read_many(FILES, jobs=1)
    only = {one.file for one in documents[:3]}
    found = lint_many(documents, jobs=2, today=DAY, only=only)
    assert {one.file for one in found} <= only
    assert found
    assert found == lint(documents, today=DAY, only=only)


def test_where_no_process_can_fork_one_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    alone = runpy.run_path(str(many.__file__))
    monkeypatch.setattr(multiprocessing, "get_context", None)
    documents = alone["read_many"](FILES)
    assert alone["lint_many"](documents, jobs=2, today=DAY) == lint(documents, today=DAY)
    assert alone["_cores"]() == (os.cpu_count() or 1)


def test_every_pattern_of_the_wing_compiles() -> None:
    kind = type(lazy(""))
    modules = [
        importlib.import_module(one.name) for one in pkgutil.walk_packages(wolong.language.__path__, "wolong.language.")
    ]
    patterns = [one for module in modules for one in vars(module).values() if isinstance(one, kind)]
    assert len(patterns) > 300
    for one in patterns:
        re.compile(one.pattern, one.flags)


def test_a_lazy_pattern_answers_as_the_compiled_one() -> None:
    later, now = lazy(r"(?P<value>\d+)\s?lx", re.IGNORECASE), re.compile(r"(?P<value>\d+)\s?lx", re.IGNORECASE)
    for text in ("300 LX", "无", "1lx 2lx"):
        assert later.findall(text) == now.findall(text)
        assert bool(later.match(text)) == bool(now.match(text))
    with pytest.raises(re.error):
        lazy("(").search("")
