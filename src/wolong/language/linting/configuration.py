"""`wolong.toml`: which rules a body of texts wants, kept beside the texts."""

import fnmatch
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAME = "wolong.toml"
MOST_DOTS = 1000  # in one line: a key of so many names costs the square of their count
KEYS = ("select", "ignore", "per-file-ignores", "baseline", "world")


class BadConfiguration(ValueError):
    """What is wrong with the file, in one sentence."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The `[lint]` table; paths are relative to the file."""

    folder: Path = field(default_factory=Path)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    baseline: Path | None = None
    world: Path | None = None

    def ignored_in(self, path: Path) -> tuple[str, ...]:
        """The prefixes that are not asked of this file."""
        try:
            inside = path.resolve().relative_to(self.folder.resolve()).as_posix()
        except ValueError:
            return ()
        return tuple(
            prefix
            for pattern, prefixes in self.per_file_ignores.items()
            if fnmatch.fnmatch(inside, pattern)
            for prefix in prefixes
        )


def is_prefix(text: str) -> bool:
    """WL, WL4 or WL203."""
    return text == "WL" or (text.startswith("WL") and text[2:].isdigit() and len(text) <= len("WL203"))


def find(start: Path) -> Path | None:
    """The nearest `wolong.toml` in the folder of a path or above it."""
    here = start.resolve()
    folders = [here, *here.parents] if here.is_dir() else [*here.parents]
    return next((folder / NAME for folder in folders if (folder / NAME).is_file()), None)


def load(path: Path) -> Configuration:
    """Reads the file; BadConfiguration names what is wrong."""
    data = _table(path)
    for name in data:
        if name != "lint":
            raise BadConfiguration(f"{NAME} 里没有 [{name}] 这一节，只有 [lint]")
    lint = data.get("lint", {})
    if not isinstance(lint, dict):
        raise BadConfiguration(f"{NAME} 的 lint 应是一节：[lint]")
    for key in lint:
        if key not in KEYS:
            raise BadConfiguration(f"{NAME} 的 [lint] 没有“{key}”，可用的：{'、'.join(KEYS)}")
    per_file = lint.get("per-file-ignores", {})
    if not isinstance(per_file, dict):
        raise BadConfiguration(f'{NAME} 的 per-file-ignores 应是一节，如 "旧/*.md" = ["WL2"]')
    return Configuration(
        folder=path.parent,
        select=_prefixes(lint.get("select", []), "select"),
        ignore=_prefixes(lint.get("ignore", []), "ignore"),
        per_file_ignores={str(name): _prefixes(value, "per-file-ignores") for name, value in per_file.items()},
        baseline=_path(lint.get("baseline"), path.parent, "baseline"),
        world=_path(lint.get("world"), path.parent, "world"),
    )


def _table(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text("utf-8")
        is_endless = any(line.count(".") > MOST_DOTS for line in text.splitlines())
        data = {} if is_endless else tomllib.loads(text)
    except RecursionError:
        is_endless, data = True, {}
    except (OSError, ValueError) as broken:  # a number of 5,000 digits is a ValueError, and so is what is no UTF-8
        raise BadConfiguration(f"{NAME} 读不懂：{broken}") from broken
    if is_endless:
        raise BadConfiguration(f"{NAME} 读不懂：括号或点号套得太深")
    return data


def _prefixes(value: Any, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and is_prefix(one) for one in value):
        raise BadConfiguration(f'{NAME} 的 {key} 应是代号的列表，如 ["WL4", "WL203"]')
    return tuple(value)


def _path(value: Any, folder: Path, key: str) -> Path | None:
    if value is None:
        return None
    if not isinstance(value, str) or "\0" in value:
        raise BadConfiguration(f"{NAME} 的 {key} 应是文件名")
    return folder / value
