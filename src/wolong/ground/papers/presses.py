"""What makes PDF and Word files, loaded with the first paper: it takes 12 MB of a process, and most print nothing."""

from importlib import import_module
from typing import Any


def typst() -> Any:
    return import_module("typst")


def word() -> Any:
    return import_module("wolong.ground.papers.word")
