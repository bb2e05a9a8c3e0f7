"""What every page of the estate's places shares: inside people only, and everyone else finds nothing there."""

from django.http import Http404, HttpRequest

from wolong.estate.places import access
from wolong.estate.places.models import OfficeArea
from wolong.ground.pages.generic import SignedIn
from wolong.ground.people.access import Scope


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
