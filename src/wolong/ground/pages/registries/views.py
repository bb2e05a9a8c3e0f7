"""The views that a person keeps of a list: a higher room keeps them; a list only asks where its menu is and what opens first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

PARAMETER = "view"
"""In the address of a list: the view that it was opened by, so that its menu can tell which one is on."""


@dataclass(frozen=True)
class Keeper:
    """`menu`: the page that lists a person's views of one list and keeps a new one; it is asked for when the menu opens.

    `opening(request, view_name)`: the address of the view that a person's list opens with, else empty.
    """

    menu: str
    opening: Callable[[HttpRequest, str], str]


_keepers: list[Keeper] = []


def set_keeper(keeper: Keeper) -> None:
    _keepers[:] = [keeper]


def menu_url(view_name: str, params: QueryDict) -> str:
    """Where the menu of a list comes from, told what the list shows now; empty for a list that keeps no views."""
    if not _keepers or not view_name:
        return ""
    return f"{reverse(_keepers[0].menu)}?{urlencode({'list': view_name, 'at': params.urlencode()})}"


def opening(request: HttpRequest, view_name: str) -> str:
    return _keepers[0].opening(request, view_name) if _keepers and view_name else ""
