"""What places add to the frame: a line of the menu, a source of the search, the words of an import's states."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wolong.estate.places import access
from wolong.estate.places.models import Place
from wolong.estate.places.states import ImportState
from wolong.ground.pages.registries import menu, search, states


def may_look(request: HttpRequest) -> bool:
    return access.may_look(request.scope)  # type: ignore[attr-defined]


def find(request: HttpRequest, q: str) -> list[search.Hit]:
    """Every word in the full name or the code; the shorter name is the nearer."""
    found = Place.objects.visible_to(request.scope).in_use().select_related("area")  # type: ignore[attr-defined]
    for word in q.split()[:5]:
        found = found.filter(full_name__icontains=word) | found.filter(code__icontains=word)
    rows = found.order_by("area__code", "walk_order")[: search.PER_SOURCE]
    return [
        search.Hit(place.full_name, f"{place.area.name} · {place.kind}", place.get_absolute_url()) for place in rows
    ]


def register() -> None:
    menu.register(
        menu.MenuEntry(
            section=menu.Section.ESTATE,
            order=10,
            label=_("场所"),
            url_name="places:list",
            icon="building",
            may=may_look,
            key="c",
        )
    )
    search.register(search.SearchSource(label=_("场所"), order=60, find=find, may=may_look))
    states.register(
        ImportState,
        {
            ImportState.WAITING: ("", "clock"),
            ImportState.READING: ("run", "loader"),
            ImportState.READY: ("warn", "eye-check"),
            ImportState.REJECTED: ("bad", "alert-triangle"),
            ImportState.APPLYING: ("run", "loader"),
            ImportState.DONE: ("ok", "circle-check"),
            ImportState.FAILED: ("bad", "alert-triangle"),
        },
    )
