"""Puts the person's scope on the request, and sends whoever has a one-time password to choose their own."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from wolong.ground.people.access import scope_of

Answer = Callable[[HttpRequest], HttpResponse]
# What somebody may still do before: choose a password, or leave.
STILL_OPEN = ("account_change_password", "account_logout", "account_login")


class ScopeMiddleware:
    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.scope = SimpleLazyObject(lambda: scope_of(request.user))  # type: ignore[attr-defined,arg-type]
        return self.get_response(request)


class PasswordMiddleware:
    """A one-time password opens one page: the one where it is changed."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Without a session there is nobody to ask; and a page for everybody stays the same for every cookie.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        if not getattr(request.user, "must_change_password", False) or _came_from_elsewhere(request):
            return self.get_response(request)
        if request.path in {reverse(name) for name in STILL_OPEN}:
            return self.get_response(request)
        change = reverse("account_change_password")
        if getattr(request, "htmx", None) or request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": change})
        return HttpResponseRedirect(change)


def _came_from_elsewhere(request: HttpRequest) -> bool:
    """Whether the office's identity provider let this session in: who came without a password has none to change."""
    methods = request.session.get("account_authentication_methods", ())
    return any(method.get("method") == "socialaccount" for method in methods)
