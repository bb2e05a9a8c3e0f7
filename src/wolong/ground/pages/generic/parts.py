"""The small words of a page: a button, a fact, a next step, a line of history."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal


@dataclass(frozen=True, kw_only=True)
class Button:
    """A verb with its address. `go`: the one blue button; `post`: a form of its own (needs no page in between);
    `inline`: fetched into the page by htmx when there is script; `confirm`: asked in a dialog before it goes."""

    label: Any
    url: str
    icon: str = ""
    go: bool = False
    post: bool = False
    inline: bool = False
    confirm: Any = ""
    name: str = ""
    value: str = ""


@dataclass(frozen=True)
class Crumb:
    label: Any
    url: str = ""


@dataclass(frozen=True)
class Empty:
    """What is not there, what comes next, and the way on."""

    title: Any
    text: Any = ""
    url: str = ""
    verb: Any = ""
    icon: str = "circle-check"


@dataclass(frozen=True)
class Fact:
    label: Any
    value: Any
    url: str = ""
    verify: bool = False
    """The value is 待核: not confirmed against its source."""
    hint: Any = ""


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """The banner: what, by when; then why it is yours, or who did what last. `wait` and `done` have no button."""

    kind: Literal["mine", "wait", "soon", "late", "done"] = "mine"
    sentence: Any
    reason: Any = ""
    icon: str = ""
    primary: Button | None = None
    secondary: Button | None = None

    @property
    def shown_icon(self) -> str:
        usual = {"mine": "player-play", "wait": "hourglass", "soon": "clock-exclamation", "late": "alert-triangle"}
        return self.icon or usual.get(self.kind, "circle-check")


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    """One line of what happened; `say` holds a person's own words; state: past, now (waits), will (comes)."""

    text: Any
    at: datetime | None = None
    hint: Any = ""
    say: Any = ""
    url: str = ""
    state: Literal["past", "now", "will"] = "past"


@dataclass(frozen=True)
class History:
    lines: list[HistoryLine] = field(default_factory=list)
    seal: Any = ""
    """The foot: how many entries are sealed and when last verified."""
