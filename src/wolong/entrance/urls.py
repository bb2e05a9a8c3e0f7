"""Every address of the desk, room by room."""

from importlib.util import find_spec

from allauth.account import views as account
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from wolong.entrance.api import api
from wolong.entrance.areas import choose_area
from wolong.entrance.demo import views as demo
from wolong.entrance.home import Home, MyTodos
from wolong.entrance.oidc import views as oidc
from wolong.entrance.roster.views import GivePasswords
from wolong.entrance.start import views as start

# Rooms whose prefix is not their own name.
PREFIXES = {"fieldwork": "rounds", "pages": "", "savedviews": "views"}


def not_here(_request: HttpRequest, **_kwargs: str) -> HttpResponse:
    """Addresses that the sign-in library wants to name, and that a closed office system does not have."""
    raise Http404


def _rooms() -> list[URLResolver]:
    found = []
    for room in settings.ROOMS:
        name = room.rsplit(".", 1)[-1]
        if room != "wolong.entrance" and find_spec(f"{room}.urls"):
            prefix = PREFIXES.get(name, name)
            found.append(path(f"{prefix}/" if prefix else "", include(f"{room}.urls")))
    return found


urlpatterns: list[URLPattern | URLResolver] = [
    path("", Home.as_view(), name="home"),
    path("todos/", MyTodos.as_view(), name="todos"),
    path("start/", start.StartPage.as_view(), name="start"),
    path("start/draft/", start.DraftLibrary.as_view(), name="start-draft"),
    path("start/approve/", start.ApproveWaiting.as_view(), name="start-approve"),
    path("start/examples/<slug:kind>/", start.Example.as_view(), name="start-example"),
    path("start/<slug:kind>/", start.SheetPage.as_view(), name="start-sheet"),
    path("start/<slug:kind>.xlsx", start.Template.as_view(), name="start-template"),
    path("roster/<int:pk>/passwords/", GivePasswords.as_view(), name="roster-passwords"),
    path("public/", include("wolong.loop.notices.public_urls")),
    path("area/", choose_area, name="choose-area"),
    path("api/", api.urls),
    path("demo/switch/", demo.switch, name="demo-switch"),
    path("demo/walk/", demo.walk, name="demo-walk"),
    path("account/login/", oidc.SignIn.as_view(), name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    *(
        path(f"account/{name}/", not_here, name=f"account_{name}")
        for name in ("signup", "reset_password", "email", "set_password", "reauthenticate")
    ),
    *(oidc.urlpatterns if settings.OIDC else ()),
    *_rooms(),
]
