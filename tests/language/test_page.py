"""docs/language.md says how the wing reads and what other rooms take of it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
WING = ROOT / "src" / "wolong" / "language"
PAGE = (ROOT / "docs" / "language.md").read_text("utf-8")
_IMPORT = re.compile(r"^from wolong\.language(?P<module>[a-z_.]*) import (?P<names>[^(\n]+|\([^)]+\))", re.MULTILINE)


def modules_other_rooms_import() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        if WING in path.parents:
            continue
        for match in _IMPORT.finditer(path.read_text("utf-8")):
            module = match["module"].rpartition(".")[2]
            names = re.findall(r"[a-z_]+", match["names"]) if module in ("", "linting") else []
            found |= {module, *(name for name in names if (WING / match["module"].strip(".") / f"{name}.py").exists())}
    return found - {""}


def test_the_page_names_what_other_rooms_use() -> None:
    used = PAGE.partition("## What other rooms use")[2].partition("\n## ")[0]
    modules = modules_other_rooms_import()
    assert {"judging", "scoring", "cited", "sarif"} <= modules
    assert [name for name in sorted(modules) if not re.search(rf"[`.]{name}\b", used)] == []


def test_the_page_names_every_module() -> None:
    names = {path.stem for path in WING.glob("*.py")} - {"__init__"}
    assert [name for name in sorted(names) if not re.search(rf"`{name}[`.]", PAGE)] == []
