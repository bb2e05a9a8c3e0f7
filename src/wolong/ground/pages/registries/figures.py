"""The figures of the frame, behind the lines of the menu and at the bell: asked together, once a page."""

import logging

from django.http import HttpRequest

from wolong.ground.pages.registries import menu, topbar
from wolong.ground.questions import counted

logger = logging.getLogger(__name__)


def figures_for(request: HttpRequest) -> dict[str, int]:
    """Figures by name of address. Where counting fails no figure is shown, never a zero: it takes no page with it."""
    try:
        counts = menu.counts_for(request)
        if box := topbar.inbox():
            counts[box.url_name] = box.count
        wanted = {name: counting for name, count in counts.items() if (counting := count(request)) is not None}
        return dict(zip(wanted, counted(list(wanted.values())), strict=True))
    except Exception:
        logger.exception("the figures of the frame failed")
        return {}
