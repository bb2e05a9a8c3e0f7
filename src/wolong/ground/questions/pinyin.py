"""What a Chinese name sorts by."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

LONGEST = 240
"""What the narrowest of the columns holds."""


def pinyin_key(name: str) -> str:
    """The syllables of a name, in small letters."""
    return " ".join(_lazy_pinyin()(name)).lower()[:LONGEST]


@cache
def _lazy_pinyin() -> Callable[[str], list[Any]]:
    # Its dictionary takes 12 MB of a process, and most processes of the web never write a name.
    return import_module("pypinyin").lazy_pinyin  # type: ignore[no-any-return]
