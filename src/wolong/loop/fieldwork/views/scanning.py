"""扫码找检查项: a label, a number or a name leads to the place in one's own round."""

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wolong.ground.pages.generic import SignedIn
from wolong.ground.workdays.queries import today
from wolong.loop.fieldwork.queries.scanning import spots

LONGEST = 200


class ScanPage(SignedIn):
    def may(self, request: HttpRequest) -> bool:
        return request.scope.is_inside  # type: ignore[attr-defined, no-any-return]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        said = request.GET.get("q", "").strip()[:LONGEST]
        found = spots(request.user, today(), said) if said else []  # type: ignore[arg-type]
        if len(found) == 1:
            return HttpResponseRedirect(reverse("fieldwork:place", args=[found[0].round_id, found[0].place_id]))
        context = {"title": _("找检查项"), "said": said, "spots": found, "back_url": reverse("fieldwork:today")}
        return render(request, "fieldwork/scan.html", context)
