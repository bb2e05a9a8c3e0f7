"""State, severity and deadline as HTML: always an icon and a word, or a letter in a square."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from wolong.ground.pages.dates import as_day, day, due_word, weekday
from wolong.ground.pages.icons import icon
from wolong.ground.pages.registries.states import look_of

SEVERITY_WORDS = {"A": _("重大"), "B": _("严重"), "C": _("一般"), "O": _("观察")}


def badge_html(label: Any, tone: str = "", icon_name: str = "circle-dotted") -> SafeString:
    return _badge(str(label), tone, icon_name)


# A list shows the same few badges hundreds of times; the words of a state are few.
@lru_cache(maxsize=512)
def _badge(label: str, tone: str, icon_name: str) -> SafeString:
    return format_html('<span class="wl-st{}">{}{}</span>', f" wl-{tone}" if tone else "", icon(icon_name), label)


def state_html(value: Any, owner: Any = None) -> SafeString:
    look = look_of(value, owner)
    return badge_html(look.label, look.tone, look.icon)


@lru_cache(maxsize=64)
def severity_html(letter: str, word: bool = True) -> SafeString:
    """The letter in its square; without the word only where the column says 等级, and then read aloud."""
    if letter not in SEVERITY_WORDS:
        return format_html("{}", letter)
    name = SEVERITY_WORDS[letter]
    if word:
        return format_html('<span class="wl-sev wl-{}"><i>{}</i>{}</span>', letter, letter, name)
    return format_html(
        '<span class="wl-sev wl-{}" title="{}"><i>{}</i><span class="wl-sr">{}</span></span>',
        letter,
        name,
        letter,
        name,
    )


def due_html(value: Any, today: date | None) -> SafeString:
    """An open deadline in a table: red when past, amber today, else weekday and day."""
    found = as_day(value)
    if found is None:
        return format_html("")
    if today is not None and found <= today:
        late = found < today
        return format_html(
            '<span class="wl-n {}" title="{}">{} {}</span>',
            "wl-red" if late else "wl-amber",
            day(found),
            icon("alert-triangle" if late else "clock-exclamation"),
            due_word(found, today),
        )
    return format_html('<span class="wl-n">{} {}</span>', weekday(found), found.strftime("%m-%d"))
