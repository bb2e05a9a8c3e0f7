"""Today, a round, a place: where one goes next."""

from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from wolong.ground.lifecycle import Refused
from wolong.ground.pages.dates import day
from wolong.ground.pages.generic import SignedIn
from wolong.ground.pages.registries import todos
from wolong.ground.workdays.queries import now, today
from wolong.loop.fieldwork import access, actions
from wolong.loop.fieldwork.queries.walking import Stopover, Walk, walk_of
from wolong.loop.plans.models import Round
from wolong.loop.plans.queries import next_round_of, rounds_of
from wolong.loop.plans.states import RoundState

MOST_TICKS = 40
SHOWN_LATER = 8


def bottom_tabs(here: str) -> list[dict[str, Any]]:
    """The four doors of the phone; a room that is not built has none."""
    doors = (
        ("fieldwork:today", _("今天"), "calendar-check"),
        ("fieldwork:list", _("巡查"), "route"),
        ("rectification:list", _("整改"), "clipboard-check"),
        ("home", _("首页"), "home"),
    )
    tabs = []
    for name, label, icon in doors:
        try:
            tabs.append({"url": reverse(name), "label": label, "icon": icon, "is_current": name == here})
        except NoReverseMatch:
            continue
    return tabs


def ticks(walk: Walk, here: int | None = None) -> list[str]:
    """One tick an item, taller and red where it failed; one a place where there are too many items for a strip."""
    if len(walk.steps) <= MOST_TICKS:
        return [_tick(step.item.pk == here, step.fails, step.observation is not None) for step in walk.steps]
    return [
        _tick(any(step.item.pk == here for step in stop.steps), bool(stop.failed), not stop.open)
        for stop in walk.places
    ]


def _tick(is_here: bool, fails: bool, done: bool) -> str:
    if is_here:
        return "here"
    if fails:
        return "x"
    return "o" if done else ""


def uuid_of(request: HttpRequest) -> UUID | None:
    """The client's number of a command; a broken one is none."""
    try:
        return UUID(request.POST.get("client_id", ""))
    except ValueError:
        return None


class Walking(SignedIn):
    """A page of a round under the feet of whoever walks it."""

    round: Round

    def may(self, request: HttpRequest) -> bool:
        found = (
            Round.objects.visible_to(request.scope)  # type: ignore[attr-defined]
            .select_related("area__centre", "inspector")
            .filter(pk=self.kwargs["pk"])
            .first()
        )
        if found is None or found.state == RoundState.CANCELLED:
            raise Http404
        self.round = found
        return access.may_do_round(request.user, found, today())  # type: ignore[arg-type]

    def stopover(self, walk: Walk) -> Stopover:
        stop = walk.stop_at(self.kwargs["place"])
        if stop is None:
            raise Http404
        return stop


class TodayPage(SignedIn):
    """现在, 等您, 稍后."""

    def may(self, request: HttpRequest) -> bool:
        return request.scope.is_inside  # type: ignore[attr-defined, no-any-return]

    def get(self, request: HttpRequest) -> HttpResponse:
        person, on = request.user, today()
        current = next_round_of(person, on)  # type: ignore[arg-type]
        walk = walk_of(current) if current else None
        later = rounds_of(person, on).exclude(pk=current.pk if current else None)[:SHOWN_LATER]  # type: ignore[arg-type]
        own = reverse("fieldwork:list")
        waiting = todos.todos_for(request)
        context = {
            "title": _("今天"),
            "subtitle": day(on),
            "walk": walk,
            "waiting": [todo for todo in waiting.mine if not todo.url.startswith(own)],
            "failed": waiting.failed,
            "later": later,
            "today": on,
            "tabs_bottom": bottom_tabs("fieldwork:today"),
        }
        return render(request, "fieldwork/today.html", context)


class RoundPage(Walking):
    """The places of a round, in order, with what is left at each."""

    def get(self, request: HttpRequest, **_kwargs: int) -> HttpResponse:
        walk = walk_of(self.round)
        if walk.visit is not None and walk.visit.submitted_at is not None:
            return HttpResponseRedirect(walk.visit.get_absolute_url())
        context = {
            "title": self.round.name,
            "walk": walk,
            "ticks": ticks(walk),
            "today": today(),
            "back_url": reverse("fieldwork:today"),
        }
        return render(request, "fieldwork/round.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Begin: the clock of the visit runs from here."""
        try:
            actions.start_visit(round=self.round, by=request.user, at=now())  # type: ignore[arg-type]
        except Refused as refusal:
            raise PermissionDenied(refusal.sentence) from refusal
        stop = walk_of(self.round).next_place
        if stop is None:
            return HttpResponseRedirect(reverse("fieldwork:submit", args=[pk]))
        return HttpResponseRedirect(reverse("fieldwork:place", args=[pk, stop.place.pk]))


class PlacePage(Walking):
    """One place: exceptions singly, then the rest at once."""

    def get(self, request: HttpRequest, **_kwargs: int) -> HttpResponseBase:
        return self.answer(request)

    def answer(self, request: HttpRequest, refusal: str = "") -> HttpResponseBase:
        walk = walk_of(self.round)
        stop = self.stopover(walk)
        if walk.visit is None:
            return HttpResponseRedirect(reverse("fieldwork:round", args=[self.round.pk]))
        number = walk.places.index(stop) + 1
        onwards = next((each for each in walk.places[number:] if each.open), walk.next_place)
        context = {
            "title": self.round.name,
            "walk": walk,
            "stop": stop,
            "number": number,
            "ticks": ticks(walk, stop.open[0].item.pk if stop.open else None),
            "onwards": onwards if onwards is not stop else None,
            "client_id": uuid4(),
            "refusal": refusal,
            "back_url": reverse("fieldwork:round", args=[self.round.pk]),
        }
        return render(request, "fieldwork/place.html", context, status=422 if refusal else 200)

    def post(self, request: HttpRequest, pk: int, place: int) -> HttpResponseBase:
        """其余符合, once for the place."""
        walk = walk_of(self.round)
        stop = self.stopover(walk)
        if walk.visit is None:
            raise Http404
        try:
            actions.confirm_rest(
                visit=walk.visit,
                place=stop.place,
                by=request.user,  # type: ignore[arg-type]
                at=now(),
                client_id=uuid_of(request),
            )
        except Refused as refusal:
            return self.answer(request, refusal.sentence)
        return HttpResponseRedirect(reverse("fieldwork:place", args=[pk, place]))
