"""Pieces of a page that are drawn once for each set of values: the template is given nothing but what is in the key.

So a piece is never stale: with another value it is another piece. What differs with every request (the token of its
forms, the address to return to) is drawn as a mark and put in afterwards.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Hashable
from functools import cache, lru_cache, partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.urls import get_script_prefix, get_urlconf
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

# Nobody who can write a name knows them: they are another in every process.
TOKEN_MARK = f"token-{secrets.token_hex(16)}"
NEXT_MARK = f"next-{secrets.token_hex(16)}"


def _draw(template: str, values: tuple[tuple[str, Hashable], ...], *_surroundings: Hashable) -> str:
    context: dict[str, Any] = {"csrf_token": TOKEN_MARK, "next": NEXT_MARK, **dict(values)}
    return str(get_template(template).render(context))


@cache
def _drawn(template: str) -> Callable[..., str]:
    """Each template has a shelf of its own, so that many small pieces never push out the large ones."""
    return lru_cache(maxsize=512)(partial(_draw, template))


def piece(template: str, request: HttpRequest, **values: Hashable) -> SafeString:
    """The template with these values and no others; `{% csrf_token %}` and `{{ next }}` are those of the request."""
    draw = partial(_draw, template) if settings.DEBUG else _drawn(template)
    html = draw(tuple(values.items()), get_language(), get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    if TOKEN_MARK in html:
        html = html.replace(TOKEN_MARK, get_token(request))
    if NEXT_MARK in html:
        html = html.replace(NEXT_MARK, escape(request.get_full_path()))
    return mark_safe(html)
