"""DetailPage: facts left, thread and history right, and on top the sentence that says what is next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import SafeString

from wolong.ground.pages.generic.parts import Button, Crumb, Fact, History, HistoryLine, NextStep
from wolong.ground.pages.generic.signed_in import SignedIn
from wolong.ground.pages.registries import panels, thread
from wolong.ground.questions import asked


class DetailPage(SignedIn):
    """Subclass it: `get_rows` (what this person may see) and what the page says. A room that needs more than facts and
    panels on the left gives its own `left_template_name` (swapped as a whole after an action)."""

    template_name = "pages/detail.html"
    left_template_name = "pages/_left.html"
    """The left column; a room's own partial usually ends with including `pages/_left.html`."""
    place = ""
    """Key of the panels that higher rooms add to this page."""
    stage: thread.Stage | None = None
    """The page's own bead; None: no ribbon."""
    lookup = "pk"
    shown: Callable[[], QuerySet[Any]] | None = None
    """A static function: the things with all that the page shows of them; with `get_where` in place of `get_rows`."""
    facts_title: Any = ""

    # What a room gives

    def get_rows(self, request: HttpRequest) -> QuerySet[Any]:
        """The things that this person may see; what is not among them is 404, whether it exists or not."""
        if self.shown is None:
            raise NotImplementedError
        return self.shown().filter(self.get_where(request))

    def get_where(self, request: HttpRequest) -> Q:
        """Which of `shown` this person may see."""
        raise NotImplementedError

    def get_object(self, request: HttpRequest) -> Any:
        key = self.kwargs[self.lookup]
        if self.shown is None:
            found = self.get_rows(request).filter(**{self.lookup: key}).order_by("pk").first()
        else:
            found = next(iter(asked(_one_of(self.shown, self.lookup), key, self.get_where(request))), None)
        if found is None:
            raise Http404
        return found

    def get_title(self, request: HttpRequest, thing: Any) -> Any:
        del request
        return str(thing)

    def get_subtitle(self, request: HttpRequest, thing: Any) -> Any:
        """Plain words after the badges."""
        del request, thing
        return ""

    def get_badges(self, request: HttpRequest, thing: Any) -> Sequence[SafeString]:
        """`badges.state_html(thing.state, thing)`, `badges.severity_html("B")` …"""
        del request, thing
        return []

    def get_crumbs(self, request: HttpRequest, thing: Any) -> list[Crumb]:
        del request, thing
        return []

    def get_buttons(self, request: HttpRequest, thing: Any) -> list[Button]:
        del request, thing
        return []

    def get_next_step(self, request: HttpRequest, thing: Any) -> NextStep | None:
        del request, thing
        return None

    def get_facts(self, request: HttpRequest, thing: Any) -> list[Fact]:
        del request, thing
        return []

    def get_history(self, request: HttpRequest, thing: Any) -> Sequence[HistoryLine] | History | None:
        """Newest first; None: the page has no history."""
        del request, thing
        return None

    def get_context(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        del request, thing
        return {}

    # The page

    @cached_property
    def thing(self) -> Any:
        return self.get_object(self.request)

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        wanted = request.GET.get("panel")
        if wanted and getattr(request, "htmx", None):
            found = panels.panels_for(self.place, request, self.thing, only=wanted)
            if not found:
                raise Http404
            return render(request, "pages/_panel.html", {"panel": found[0], "thing": self.thing})
        return render(request, self.template_name, self.context(request, self.thing))

    def context(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        """Everything the template shows; ActionPage uses it too, to swap the same parts after an action."""
        boxes = panels.panels_for(self.place, request, thing) if self.place else []
        history = self.get_history(request, thing)
        if history is not None and not isinstance(history, History):
            history = History(list(history))
        return {
            "page": self,
            "thing": thing,
            "title": self.get_title(request, thing),
            "subtitle": self.get_subtitle(request, thing),
            "badges": self.get_badges(request, thing),
            "crumbs": self.get_crumbs(request, thing),
            "buttons": self.get_buttons(request, thing),
            "next_step": self.get_next_step(request, thing),
            "beads": thread.thread_for(request, thing, self.stage) if self.stage else [],
            "facts": self.get_facts(request, thing),
            "history": history,
            "left_panels": [box for box in boxes if box.panel.side == "left"],
            "right_panels": [box for box in boxes if box.panel.side == "right"],
            **self.get_context(request, thing),
        }

    @classmethod
    def visible(cls, request: HttpRequest, key: Any) -> Any:
        """The thing with this key if the person of the request may see it, else 404: for the verbs of this page."""
        view = cls()
        view.setup(request, **{cls.lookup: key})
        return view.get_object(request)

    @classmethod
    def after(cls, request: HttpRequest, thing: Any) -> dict[str, Any]:
        """The context of this page for a thing just changed, read anew, outside of the page's own request."""
        view = cls()
        view.setup(request, **{cls.lookup: getattr(thing, cls.lookup)})
        return view.context(request, view.get_object(request))


@cache
def _one_of(shown: Callable[[], QuerySet[Any]], lookup: str) -> Callable[..., QuerySet[Any]]:
    """One builder for one page, so that its question is compiled once."""
    return lambda key, where: shown().filter(where, **{lookup: key}).order_by("pk")[:1]
