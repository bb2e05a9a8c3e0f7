"""Search over all rooms, the choice of light or dark, and the gallery."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from wolong.ground.pages import gallery
from wolong.ground.pages.context import THEMES
from wolong.ground.pages.generic import SignedIn
from wolong.ground.pages.registries import search

LONGEST_QUERY = 80
YEAR_S = 365 * 24 * 3600


class SearchPage(SignedIn):
    """One box over everything that this person may see."""

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        q = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY]
        found = search.search(request, q) if q else []
        title = _("搜索“%(q)s”") % {"q": q} if q else _("搜索")
        return render(request, "pages/search.html", {"title": title, "search_q": q, "found": found})


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or (anything else) as the system has it; kept on this device for a year."""
    wanted = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(wanted if safe else "/")
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie("wl_theme", theme, max_age=YEAR_S, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie("wl_theme")
    return response


class GalleryPage(SignedIn):
    """Every component once, with its states, on made-up data."""

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        return render(request, "pages/gallery.html", {"title": _("组件"), **gallery.examples()})
