"""What every page of the estate's places shares: inside people only, and everyone else finds nothing there."""

from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest

from wolong.estate.places import access
from wolong.estate.places.models import OfficeArea
from wolong.ground.ledger.queries import history_of
from wolong.ground.pages.generic import HistoryLine, SignedIn
from wolong.ground.people.access import Scope

MOST_LINES = 20


def scope_of(request: HttpRequest) -> Scope:
    return request.scope  # type: ignore[attr-defined,no-any-return]


class Inside(SignedIn):
    """A company or a tenant finds no such page at all."""

    def may(self, request: HttpRequest) -> bool:
        if not access.may_look(scope_of(request)):
            raise Http404
        return True


def chosen_area(request: HttpRequest) -> OfficeArea | None:
    """The area named in the address, else the one chosen in the top bar, else the first that this person sees."""
    areas = {str(area.pk): area for area in OfficeArea.objects.visible_to(scope_of(request)).select_related("centre")}
    for wanted in (request.GET.get("area"), request.session.get("area")):
        if str(wanted) in areas:
            return areas[str(wanted)]
    return next(iter(areas.values()), None)


def history_lines(thing: Model) -> list[HistoryLine]:
    """The latest of what happened to a thing, newest first."""
    entries: Any = history_of(thing).order_by("-pk")[:MOST_LINES]
    return [
        HistoryLine(text=f"{entry.actor_name}{entry.sentence}", at=entry.at, hint=entry.actor_unit) for entry in entries
    ]
