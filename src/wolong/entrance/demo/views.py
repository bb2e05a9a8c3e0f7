"""Switching persons and walking on; these addresses exist in demo mode only."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from wolong.entrance.demo.bar import STEP_KEY
from wolong.entrance.demo.people_data import PLAYERS
from wolong.entrance.demo.rounds import prepare_walk
from wolong.entrance.demo.walk import STEPS
from wolong.ground.people.models import Person

View = Callable[[HttpRequest], HttpResponse]


def demo_only(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request)

    return guarded


def _become(request: HttpRequest, account: str) -> None:
    if account not in {player.account for player in PLAYERS}:
        raise Http404
    step = request.session.get(STEP_KEY)
    person = get_object_or_404(Person, account=account, is_active=True)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    request.session[STEP_KEY] = step


@demo_only
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    _become(request, request.POST.get("account", ""))
    return redirect("home")


@demo_only
@require_POST
def walk(request: HttpRequest) -> HttpResponse:
    """Start the walk, go to a step's page as its actor, or leave it."""
    wish = request.POST.get("step", "")
    if wish == "leave":
        request.session.pop(STEP_KEY, None)
        return redirect("home")
    number = int(wish) if wish.isdecimal() and int(wish) < len(STEPS) else 0
    if number == 0:
        prepare_walk()
    request.session[STEP_KEY] = number
    _become(request, STEPS[number].account)
    return redirect(STEPS[number].url())
