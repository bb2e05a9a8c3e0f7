"""Which office area the desk looks at: chosen in the top bar, kept in the session, always one that this person may see."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from wolong.estate.places.models import OfficeArea
from wolong.estate.places.querysets import visible_areas
from wolong.ground.pages.registries.topbar import AreaOption, AreaSwitch
from wolong.ground.questions import asked

KEY = "area"


def areas_of(request: HttpRequest) -> list[OfficeArea]:
    """The areas that this person sees; asked once a request."""
    found = getattr(request, "_areas", None)
    if found is None:
        found = request._areas = asked(_areas, visible_areas(request.scope))  # type: ignore[attr-defined]  # noqa: SLF001
    return found  # type: ignore[no-any-return]


def _areas(where: Q) -> QuerySet[OfficeArea]:
    return OfficeArea.objects.filter(where).order_by("pk")


def chosen_area(request: HttpRequest) -> OfficeArea | None:
    areas = areas_of(request)
    wanted = request.session.get(KEY)
    return next((area for area in areas if area.pk == wanted), areas[0] if areas else None)


def area_switch(request: HttpRequest) -> AreaSwitch | None:
    here = chosen_area(request)
    if here is None:
        return None
    options = tuple(AreaOption(area.name, str(area.pk), area.pk == here.pk) for area in areas_of(request))
    return AreaSwitch(here.name, options, reverse("choose-area"))


@require_POST
def choose_area(request: HttpRequest) -> HttpResponse:
    """Look at another area from now on; an area that is not this person's changes nothing."""
    wanted = request.POST.get("area", "")
    if request.user.is_authenticated and wanted in {str(area.pk) for area in areas_of(request)}:
        request.session[KEY] = int(wanted)
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    return redirect(target)
