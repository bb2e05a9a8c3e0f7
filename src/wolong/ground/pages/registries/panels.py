"""Boxes that a higher room adds to a lower room's page."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import connection, transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class PanelContent:
    """What a panel shows: a template with its context, and at most two quiet links in its head."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    more: list[tuple[str, str]] = field(default_factory=list)
    """(label, url)"""
    flush: bool = False
    """No padding: for tables and lists that bring their own."""
    picture: Any = ""
    """Of a panel that is a chart: what it speaks of (an area, a report); it can then be saved as a picture."""


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A box of a place ("place", "clause", "order" …); `render` gives None where there is nothing to say."""

    key: str
    title: Any
    order: int
    render: Callable[[HttpRequest, Any], PanelContent | None]
    may: Callable[[HttpRequest], bool] = lambda _request: True
    side: Literal["left", "right"] = "right"


@dataclass(frozen=True)
class RenderedPanel:
    panel: Panel
    html: str
    more: list[tuple[str, str]] = field(default_factory=list)
    flush: bool = False
    picture: Any = ""
    failure: str = ""
    failed_at: Any = None


_panels: dict[str, list[Panel]] = {}


def register(place: str, panel: Panel) -> None:
    """Add a panel to the pages of a place; the same key again replaces the earlier one."""
    unregister(place, panel.key)
    _panels.setdefault(place, []).append(panel)


def unregister(place: str, key: str) -> None:
    _panels[place] = [known for known in _panels.get(place, []) if known.key != key]


def guarded() -> AbstractContextManager[Any]:
    """A savepoint inside a transaction, so that a failed query spoils nothing else; outside of one it is free."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def render_panel(panel: Panel, request: HttpRequest, subject: Any) -> RenderedPanel | None:
    """Render one panel; a panel that fails says so in its frame, with a short number that stands in the log."""
    try:
        with guarded():
            content = panel.render(request, subject)
            if content is None:
                return None
            html = render_to_string(content.template, {"subject": subject, **content.context}, request)
    except Exception:
        number = secrets.token_hex(2).upper()
        logger.exception("panel %s failed, number %s", panel.key, number)
        return RenderedPanel(panel, "", failure=number, failed_at=timezone.localtime())
    return RenderedPanel(panel, html, content.more, content.flush, content.picture)


def panels_for(place: str, request: HttpRequest, subject: Any, only: str | None = None) -> list[RenderedPanel]:
    """The panels of a place for this person, in order; `only` renders one of them (a retry)."""
    found = [
        render_panel(panel, request, subject)
        for panel in sorted(_panels.get(place, []), key=lambda panel: panel.order)
        if panel.may(request) and only in (None, panel.key)
    ]
    return [panel for panel in found if panel is not None]
