"""Outline icons as inline SVG, so that no page waits for a sprite and no style attribute is needed."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


@cache
def _folder() -> Path:
    # The package is only found, never imported: its own viewer pulls in a game engine.
    spec = find_spec("pytablericons")
    if spec is None or not spec.submodule_search_locations:
        raise LookupError("pytablericons is not installed")
    return Path(next(iter(spec.submodule_search_locations))) / "icons" / "outline"


@cache
def _shape(name: str) -> str:
    path = _folder() / f"{name}.svg"
    if "/" in name or not path.exists():
        raise LookupError(f"no icon {name!r}")
    text = path.read_text(encoding="utf-8")
    inner = text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")]
    return " ".join(inner.split())


@cache
def icon(name: str, extra_class: str = "") -> SafeString:
    """The icon as SVG, hidden from screen readers: a word always stands beside it. An unknown name raises."""
    return format_html(
        '<svg class="wl-i{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"'
        ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{}</svg>',
        f" {extra_class}" if extra_class else "",
        mark_safe(_shape(name)),
    )
