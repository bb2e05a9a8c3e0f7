"""Home: what is next for this person, then how far the standards got."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wolong.entrance.areas import chosen_area
from wolong.ground.pages.generic import SignedIn
from wolong.ground.pages.registries.panels import panels_for
from wolong.ground.pages.registries.todos import Todos, todos_for
from wolong.ground.workdays.queries import today

SHOWN = 8


def headline(todos: Todos, overdue: int) -> str:
    """The sentence of the page: how many things wait, and how many of them are late."""
    count = len(todos.mine)
    if not count:
        return _("没有事等您")
    words = ngettext("%(n)d 件事等您", "%(n)d 件事等您", count) % {"n": count}
    if overdue:
        words += _("，其中 %(n)d 件已逾期") % {"n": overdue}
    return words


class Home(SignedIn):
    """The first page by role: sentences by due date; below them the figures of the chosen area."""

    def get(self, request: HttpRequest) -> HttpResponse:
        todos, day = todos_for(request), today()
        area = chosen_area(request)
        context: dict[str, Any] = {
            "title": _("首页"),
            "headline": headline(todos, todos.overdue(day)),
            "todos": todos,
            "shown": todos.mine[:SHOWN],
            "waiting": todos.waiting[:SHOWN],
            "today": day,
            "area": area,
            "unit": request.user.organization,  # type: ignore[union-attr]
            "panels": panels_for("home", request, area) if area else [],
        }
        return render(request, "entrance/home.html", context)


class MyTodos(SignedIn):
    """Everything that waits for this person, and everything they wait for."""

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {"title": _("我的待办"), "todos": todos_for(request), "today": today()}
        return render(request, "entrance/todos.html", context)
