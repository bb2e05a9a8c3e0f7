"""What a Chinese name sorts by."""

from importlib import import_module

LONGEST = 240
"""What the narrowest of the columns holds."""


def pinyin_key(name: str) -> str:
    """The syllables of a name, in small letters."""
    # Loaded here: its dictionary takes 12 MB of a process, and most processes of the web never write a name.
    return " ".join(import_module("pypinyin").lazy_pinyin(name)).lower()[:LONGEST]
