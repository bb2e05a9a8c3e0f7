"""Every page stands behind sign-in, but for a short list."""

from django.urls import URLPattern, URLResolver, get_resolver
from django.views import View

from wolong.ground.pages.generic import SignedIn
from wolong.loop.notices.views.public import Public

OPEN = {
    "public/",
    "public/standards/",
    "public/scores/",
    "public/notices/",
    "public/search/",
    "public/items/<slug:number>/",
    "public/ledger/",
    "public/ledger/head.txt",
    "public/ledger/head.json",
}
# Calendars can't sign in: whoever has the private address of one is let in as its owner, to read their own dates.
BY_ADDRESS = {"subscriptions/calendar/<slug:token>.ics"}


def _views(patterns: list[URLPattern | URLResolver], prefix: str = "") -> dict[str, type[View] | None]:
    found: dict[str, type[View] | None] = {}
    for pattern in patterns:
        whole = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found |= _views(pattern.url_patterns, whole)
        else:
            found[whole] = getattr(pattern.callback, "view_class", None)
    return found


def test_no_page_is_open_to_anybody_but_those_of_the_open_window() -> None:
    pages = {pattern: view for pattern, view in _views(get_resolver().url_patterns).items() if view is not None}
    unguarded = {pattern for pattern, view in pages.items() if not issubclass(view, SignedIn)}
    # Sign-in itself comes from a library.
    assert {pattern for pattern in unguarded if not pattern.startswith("account/")} == OPEN | BY_ADDRESS


def test_a_private_address_reads_and_never_writes() -> None:
    pages = _views(get_resolver().url_patterns)
    for pattern in BY_ADDRESS:
        view = pages[pattern]
        assert view is not None
        assert set(view.http_method_names) == {"get", "head", "options"}


def test_a_page_of_the_open_window_reads_and_never_writes() -> None:
    pages = _views(get_resolver().url_patterns)
    for pattern in OPEN:
        view = pages[pattern]
        assert view is not None
        assert issubclass(view, Public)
        assert set(view.http_method_names) == {"get", "head", "options"}
