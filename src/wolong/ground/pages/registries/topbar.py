"""What stands above every page: office area, messages, person, and bars such as the demo's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from wolong.ground.pages.registries.menu import Figure


@dataclass(frozen=True)
class AreaOption:
    label: str
    value: str
    is_current: bool = False


@dataclass(frozen=True)
class AreaSwitch:
    """The office area that the page looks at; the options are posted as `area` to `post_to` (with `next`)."""

    label: str
    options: tuple[AreaOption, ...]
    post_to: str = ""


@dataclass(frozen=True)
class Inbox:
    url_name: str
    count: Figure


@dataclass(frozen=True)
class PersonCard:
    name: str
    unit: str = ""


@dataclass(frozen=True, eq=False)
class PersonLink:
    """One line of the person menu; with `post` it is a button of a form (signing out)."""

    label: Any
    url_name: str
    icon: str = ""
    post: bool = False
    may: Callable[[HttpRequest], bool] = lambda _request: True


@dataclass
class TopBar:
    areas: Callable[[HttpRequest], AreaSwitch | None] | None = None
    inbox: Inbox | None = None
    person: Callable[[HttpRequest], PersonCard] | None = None
    links: list[PersonLink] | None = None
    bars: list[Callable[[HttpRequest], str]] | None = None


_bar = TopBar(links=[], bars=[])


def set_areas(provider: Callable[[HttpRequest], AreaSwitch | None] | None) -> None:
    _bar.areas = provider


def set_inbox(inbox: Inbox | None) -> None:
    _bar.inbox = inbox


def set_person(provider: Callable[[HttpRequest], PersonCard] | None) -> None:
    _bar.person = provider


def add_person_link(link: PersonLink) -> None:
    links = _bar.links = [known for known in _bar.links or [] if known.url_name != link.url_name]
    links.append(link)


def add_bar(render: Callable[[HttpRequest], str]) -> None:
    """Add a bar over the frame: `render(request)` gives safe HTML, or an empty string for none."""
    bars = _bar.bars = [known for known in _bar.bars or [] if known != render]
    bars.append(render)


def area_switch(request: HttpRequest) -> AreaSwitch | None:
    return _bar.areas(request) if _bar.areas else None


def inbox() -> Inbox | None:
    return _bar.inbox


def person_card(request: HttpRequest) -> PersonCard:
    return _bar.person(request) if _bar.person else PersonCard(name=str(request.user))


def person_links(request: HttpRequest) -> list[PersonLink]:
    return [link for link in _bar.links or [] if link.may(request)]


def bars(request: HttpRequest) -> list[str]:
    return [html for html in (render(request) for render in _bar.bars or []) if html]
