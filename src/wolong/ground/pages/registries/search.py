"""Where the search box looks."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from wolong.ground.pages.registries.panels import guarded

logger = logging.getLogger(__name__)

PER_SOURCE = 8


@dataclass(frozen=True)
class Hit:
    title: str
    context: str
    url: str


@dataclass(frozen=True, kw_only=True)
class SearchSource:
    """One kind of thing to find; `find` answers with what this person may see, best first."""

    label: Any
    find: Callable[[HttpRequest, str], list[Hit]]
    may: Callable[[HttpRequest], bool] = lambda _request: True
    order: int = 100


@dataclass(frozen=True)
class Found:
    label: str
    hits: list[Hit]
    failed: bool = False


_sources: list[SearchSource] = []


def register(source: SearchSource) -> None:
    if source not in _sources:
        _sources.append(source)


def labels(request: HttpRequest) -> list[str]:
    return [str(source.label) for source in sorted(_sources, key=lambda source: source.order) if source.may(request)]


def search(request: HttpRequest, q: str) -> list[Found]:
    """Ask every source that this person may ask; a source that fails says so."""
    found = []
    for source in sorted(_sources, key=lambda source: source.order):
        if not source.may(request):
            continue
        try:
            with guarded():
                hits = list(source.find(request, q))[:PER_SOURCE]
        except Exception:
            logger.exception("search in %s failed", source.label)
            found.append(Found(str(source.label), [], failed=True))
            continue
        if hits:
            found.append(Found(str(source.label), hits))
    return found
