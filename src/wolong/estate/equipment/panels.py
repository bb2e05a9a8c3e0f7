"""What equipment adds: a line of the menu, a source of the search, a box on a place's page."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wolong.estate.equipment.models import Equipment
from wolong.estate.places import access
from wolong.estate.places.models import Place
from wolong.ground.pages.registries import menu, panels, search

SHOWN = 8


def may_look(request: HttpRequest) -> bool:
    return access.may_look(request.scope)  # type: ignore[attr-defined]


def find(request: HttpRequest, q: str) -> list[search.Hit]:
    found = Equipment.objects.visible_to(request.scope).in_use().select_related("place")  # type: ignore[attr-defined]
    for word in q.split()[:5]:
        found = found.filter(name__icontains=word) | found.filter(code__icontains=word)
    rows = found.order_by("area__code", "code")[: search.PER_SOURCE]
    return [
        search.Hit(piece.name, f"{piece.code} · {piece.place.full_name}", piece.get_absolute_url()) for piece in rows
    ]


def equipment_of(request: HttpRequest, place: Place) -> panels.PanelContent | None:
    """What stands at a place or below it: the first few, and the way to all."""
    del request
    here = Equipment.objects.filter(area=place.area).at(place.path).in_use()
    pieces = list(here.order_by("system__position", "code")[: SHOWN + 1])
    if not pieces:
        return None
    more = []
    if len(pieces) > SHOWN:
        building = place.path.split("/")[2:3] if place.parent_id else []
        wanted = f"&building={building[0]}" if building and building[0] else ""
        more = [(_("更多设备"), f"{reverse('equipment:list')}?area={place.area_id}{wanted}")]
    return panels.PanelContent("equipment/_place_panel.html", {"pieces": pieces[:SHOWN]}, more=more)


def register() -> None:
    menu.register(
        menu.MenuEntry(
            section=menu.Section.ESTATE, order=20, label=gettext_lazy("设备"), url_name="equipment:list", icon="engine", may=may_look,
            key="e",
        )
    )  # fmt: skip
    search.register(search.SearchSource(label=gettext_lazy("设备"), order=70, find=find, may=may_look))
    panels.register(
        "place", panels.Panel(key="equipment", title=gettext_lazy("设备"), order=20, side="right", render=equipment_of)
    )
