"""What the frame needs on every page; computed only when a template asks for it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from wolong.ground.pages.registries import menu, search, topbar

THEMES = ("light", "dark")


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `frame.menu`, `frame.areas`, `frame.inbox`, `frame.person`, `frame.theme` …"""
    return {"frame": SimpleLazyObject(lambda: Frame(request))}


class Frame:
    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._menu: list[menu.Group] | None = None

    @property
    def theme(self) -> str:
        """The theme this person chose on this device; empty means: as the system has it."""
        chosen = self._request.COOKIES.get("wl_theme", "")
        return chosen if chosen in THEMES else ""

    @property
    def is_signed_in(self) -> bool:
        user = getattr(self._request, "user", None)
        return bool(user and user.is_authenticated)

    @property
    def menu(self) -> list[menu.Group]:
        if self._menu is None:
            self._menu = menu.menu_for(self._request) if self.is_signed_in else []
        return self._menu

    @property
    def areas(self) -> topbar.AreaSwitch | None:
        return topbar.area_switch(self._request) if self.is_signed_in else None

    @property
    def inbox(self) -> dict[str, Any] | None:
        box = topbar.inbox()
        return {"url_name": box.url_name, "count": box.count(self._request)} if box and self.is_signed_in else None

    @property
    def person(self) -> topbar.PersonCard:
        return topbar.person_card(self._request)

    @property
    def person_links(self) -> list[topbar.PersonLink]:
        return topbar.person_links(self._request)

    @property
    def bars(self) -> list[str]:
        return topbar.bars(self._request)

    @property
    def search_labels(self) -> list[str]:
        return search.labels(self._request)
