"""No page of the desk without a signed-in person; `may` decides the rest."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views import View


class SignedIn(View):
    """Sends anonymous people to sign-in; refuses with 403 whom `may` refuses; answers are never kept by a cache."""

    def may(self, request: HttpRequest) -> bool:
        """Whether this person may open the page at all. Who may not see the *thing* gets 404 from the query."""
        del request
        return True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if getattr(request, "htmx", None):
                return HttpResponse(headers={"HX-Redirect": reverse("account_login")})
            return redirect_to_login(request.get_full_path())
        if not self.may(request):
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        # A fragment and a page share one address; and what one person saw is not for the next at this computer.
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        patch_cache_control(response, private=True, no_cache=True)
        return response
