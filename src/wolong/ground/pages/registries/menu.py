"""The side menu: only what a built room has registered is shown."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)


class Section(TextChoices):
    TOP = "top", _("首页")
    LOOP = "loop", _("闭环")
    ESTATE = "estate", _("办公区")
    SETTINGS = "settings", _("设置")


@dataclass(frozen=True, kw_only=True, eq=False)
class MenuEntry:
    """One line of the menu.

    `order` sorts within the section; `may` hides the line from who may not open it; `count` gives the figure behind the
    label (None or 0: no figure); `key` is the letter after `g`.
    """

    section: Section
    order: int
    label: Any
    url_name: str
    icon: str = ""
    may: Callable[[HttpRequest], bool] = lambda _request: True
    count: Callable[[HttpRequest], int | None] | None = None
    key: str | None = None


@dataclass(frozen=True)
class Line:
    entry: MenuEntry
    url: str
    count: int | None
    is_current: bool


@dataclass(frozen=True)
class Group:
    section: Section
    lines: tuple[Line, ...]

    @property
    def heading(self) -> str:
        return "" if self.section == Section.TOP else str(self.section.label)


_entries: list[MenuEntry] = []


def register(entry: MenuEntry) -> None:
    """Add one line; registering the same address again replaces it (tests set apps up twice)."""
    unregister(entry.url_name)
    _entries.append(entry)


def unregister(url_name: str) -> None:
    _entries[:] = [known for known in _entries if known.url_name != url_name]


def _count(entry: MenuEntry, request: HttpRequest) -> int | None:
    if entry.count is None:
        return None
    try:
        return entry.count(request)
    except Exception:
        # A figure that fails must not take every page with it; no figure is shown, never a zero.
        logger.exception("menu count of %s failed", entry.url_name)
        return None


def menu_for(request: HttpRequest, counts: bool = True) -> list[Group]:
    """The menu of this request, in order; the line with the longest address that begins the present one is current."""
    lines: dict[Section, list[Line]] = {section: [] for section in Section}
    allowed = [entry for entry in _entries if entry.may(request)]
    addressed = [(entry, reverse(entry.url_name)) for entry in allowed]
    here = max(
        (url for _entry, url in addressed if request.path == url or (url != "/" and request.path.startswith(url))),
        key=len,
        default="",
    )
    for entry, url in sorted(addressed, key=lambda pair: pair[0].order):
        count = _count(entry, request) if counts else None
        lines[entry.section].append(Line(entry, url, count, url == here))
    return [Group(section, tuple(found)) for section, found in lines.items() if found]


def entries_with_key(request: HttpRequest) -> tuple[MenuEntry, ...]:
    """The lines that have a letter, in the order of the menu."""
    sections = list(Section)
    allowed = [entry for entry in _entries if entry.key and entry.may(request)]
    return tuple(sorted(allowed, key=lambda entry: (sections.index(entry.section), entry.order)))
