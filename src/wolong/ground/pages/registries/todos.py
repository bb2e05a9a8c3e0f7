"""What each person has to do next, as sentences with a date and a verb."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest

from wolong.ground.pages.registries.panels import guarded

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Todo:
    """One thing that waits.

    `sentence` holds `{}` where the object (`strong`) stands in bold, e.g. "复查 {} 的整改"; without it the object
    follows. `context` is the grey line, `verb` the button's word. With `waiting_for` it waits for somebody else, `since`
    that day.
    """

    due: date | None
    sentence: Any
    strong: Any
    url: str
    verb: Any = ""
    context: Any = ""
    hint: Any = ""
    """A word under the day instead of its date, e.g. 17:30 前."""
    waiting_for: Any = None
    since: date | None = None

    @property
    def before(self) -> str:
        return str(self.sentence).partition("{}")[0]

    @property
    def after(self) -> str:
        return str(self.sentence).partition("{}")[2]


@dataclass
class Todos:
    mine: list[Todo] = field(default_factory=list)
    waiting: list[Todo] = field(default_factory=list)
    failed: bool = False
    """A provider failed: the page says so, the list is not complete."""

    def overdue(self, today: date) -> int:
        return sum(1 for todo in self.mine if todo.due and todo.due < today)


Provider = Callable[[HttpRequest], Iterable[Todo]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    if provider not in _providers:
        _providers.append(provider)


def todos_for(request: HttpRequest) -> Todos:
    """Everything that waits: mine by due date (so overdue first, undated last), and what waits for others."""
    todos = Todos()
    for provider in _providers:
        try:
            with guarded():
                found = list(provider(request))
        except Exception:
            logger.exception("todos of %s failed", provider)
            todos.failed = True
            continue
        for todo in found:
            (todos.waiting if todo.waiting_for else todos.mine).append(todo)
    for some in (todos.mine, todos.waiting):
        some.sort(key=lambda todo: todo.due or date.max)
    return todos
