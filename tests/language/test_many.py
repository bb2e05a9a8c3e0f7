"""Reading and linting spread over processes: the same documents and the same faults as in one."""

import importlib
import pkgutil
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import wolong.language
from wolong.language.linting import lint
from wolong.language.many import FEW_BYTES, lint_many, read_many
from wolong.language.patterns import lazy

LIBRARY = Path(__file__).parents[2] / "library"
FILES = [(path.read_bytes(), path.name) for path in sorted(LIBRARY.rglob("*.md"))]


def test_the_library_is_read_and_linted_in_two_processes_as_in_one() -> None:
    assert sum(len(data) for data, _ in FILES) > FEW_BYTES
    documents = read_many(FILES, jobs=1)
    asked: dict[str, Any] = {"today": date(2026, 11, 24), "select": ("WL6", "WL4")}
    assert read_many(FILES, jobs=2) == documents
    assert lint_many(documents, jobs=2, **asked) == lint_many(documents, jobs=1, **asked) == lint(documents, **asked)


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
