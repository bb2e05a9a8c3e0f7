"""What the frame needs on every page; computed only when a template asks for it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from wolong.ground.pages.pieces import piece
from wolong.ground.pages.registries import menu, search, topbar
from wolong.ground.pages.registries.figures import figures_for

THEMES = ("light", "dark")


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `frame.side`, `frame.dialogs`, `frame.bars`, `frame.theme`, and what `{% top %}` draws"""
    return {"frame": SimpleLazyObject(lambda: Frame(request))}


class Frame:
    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def theme(self) -> str:
        """The theme this person chose on this device; empty means: as the system has it."""
        chosen = self._request.COOKIES.get("wl_theme", "")
        return chosen if chosen in THEMES else ""

    @cached_property
    def _figures(self) -> dict[str, str]:
        return figures_for(self._request)

    @property
    def is_signed_in(self) -> bool:
        user = getattr(self._request, "user", None)
        return bool(user and user.is_authenticated)

    @property
    def side(self) -> SafeString:
        lines = menu.menu_for(self._request, self._figures) if self.is_signed_in else []
        return piece("pages/_side.html", self._request, menu=tuple(lines))

    @property
    def dialogs(self) -> SafeString:
        entries = menu.entries_with_key(self._request) if self.is_signed_in else ()
        return piece("pages/_dialogs.html", self._request, entries=entries)

    def top(self, search_q: str = "") -> SafeString:
        request, is_signed_in = self._request, self.is_signed_in
        box = topbar.inbox() if is_signed_in else None
        return piece(
            "pages/_top.html",
            request,
            is_signed_in=is_signed_in,
            areas=topbar.area_switch(request) if is_signed_in else None,
            search_q=search_q,
            search_labels=tuple(search.labels(request)) if is_signed_in else (),
            inbox_url=box.url_name if box else "",
            unread=self._figures.get(box.url_name, "") if box else "",
            theme=self.theme,
            person=topbar.person_card(request) if is_signed_in else None,
            person_links=tuple(topbar.person_links(request)) if is_signed_in else (),
            has_password=request.user.is_authenticated and request.user.has_usable_password(),
        )

    @property
    def bars(self) -> list[str]:
        return topbar.bars(self._request)
