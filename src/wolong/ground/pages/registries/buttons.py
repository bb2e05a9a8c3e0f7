"""Buttons that a higher room adds to a lower room's list."""

from collections.abc import Callable

from django.http import HttpRequest

from wolong.ground.pages.generic.parts import Button

Giver = Callable[[HttpRequest], Button | None]
_givers: dict[str, dict[str, Giver]] = {}


def register(place: str, key: str, give: Giver) -> None:
    """Add a button to the lists of a place; the same key again replaces the earlier one."""
    _givers.setdefault(place, {})[key] = give


def buttons_for(place: str, request: HttpRequest) -> list[Button]:
    return [button for give in _givers.get(place, {}).values() if (button := give(request)) is not None]
