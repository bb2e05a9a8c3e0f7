"""The side menu: only what a built room has registered is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wolong.ground.questions import Counting

Figure = Callable[[HttpRequest], Counting | None]
"""What a figure counts; None where this person has no figure."""


class Section(TextChoices):
    TOP = "top", _("首页")
    LOOP = "loop", _("闭环")
    ESTATE = "estate", _("办公区")
    SETTINGS = "settings", _("设置")


@dataclass(frozen=True, kw_only=True, eq=False)
class MenuEntry:
    """One line of the menu.

    `order` sorts within the section; `may` hides the line from who may not open it; `count` says what the figure behind
    the label counts (0 is not shown); `key` is the letter after `g`.
    """

    section: Section
    order: int
    label: Any
    url_name: str
    icon: str = ""
    may: Callable[[HttpRequest], bool] = lambda _request: True
    count: Figure | None = None
    key: str | None = None


@dataclass(frozen=True)
class Line:
    entry: MenuEntry
    url: str
    count: str
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


def counts_for(request: HttpRequest) -> dict[str, Figure]:
    """What is counted for this person, by the name of the line's address."""
    return {entry.url_name: entry.count for entry in _entries if entry.count is not None and entry.may(request)}


def menu_for(request: HttpRequest, figures: Mapping[str, str]) -> list[Group]:
    """The menu of this request, in order, with the figures by name of address.

    The line with the longest address that begins the present one is current.
    """
    lines: dict[Section, list[Line]] = {section: [] for section in Section}
    allowed = [entry for entry in _entries if entry.may(request)]
    addressed = [(entry, reverse(entry.url_name)) for entry in allowed]
    here = max(
        (url for _entry, url in addressed if request.path == url or (url != "/" and request.path.startswith(url))),
        key=len,
        default="",
    )
    for entry, url in sorted(addressed, key=lambda pair: pair[0].order):
        lines[entry.section].append(Line(entry, url, figures.get(entry.url_name, ""), url == here))
    return [Group(section, tuple(found)) for section, found in lines.items() if found]


def entries_with_key(request: HttpRequest) -> tuple[MenuEntry, ...]:
    """The lines that have a letter, in the order of the menu."""
    sections = list(Section)
    allowed = [entry for entry in _entries if entry.key and entry.may(request)]
    return tuple(sorted(allowed, key=lambda entry: (sections.index(entry.section), entry.order)))
