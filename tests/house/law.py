"""What the tests of the house read: where the code lies, and which rooms there are."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "wolong"
WINGS = ("ground", "norms", "estate", "loop")
# What a room shows to other rooms (docs/house.md); everything else is its own affair.
FACE = {"models", "states", "queries", "access", "actions", "signals"}
# Rooms that exist to be used as a whole, and the modules they offer beside the usual face.
WIDE_FACES = {
    "wolong.ground.lifecycle": {"rules"},
    "wolong.ground.pages": None,
    "wolong.ground.papers": None,
    "wolong.ground.exchange": None,
    "wolong.ground.workdays": {"rules"},
    "wolong.norms.standards": {"registries"},
    "wolong.loop.notices": {"registries", "rules"},  # whoever offers something writes it as blocks
    "wolong.loop.findings": {"registries", "case"},  # an order shows the case of its finding
}


def python_files(folder: Path = SOURCE) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts)


def rooms() -> list[str]:
    return [f"wolong.{wing}.{path.parent.name}" for wing in WINGS for path in sorted((SOURCE / wing).glob("*/apps.py"))]


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
