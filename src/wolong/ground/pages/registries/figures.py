"""The figures of the frame, behind the lines of the menu and at the bell: asked together, once a page."""

import logging

from django.http import HttpRequest

from wolong.ground.pages.registries import menu, topbar
from wolong.ground.questions import counted

logger = logging.getLogger(__name__)

MOST = 999


def figures_for(request: HttpRequest) -> dict[str, str]:
    """What stands behind each line, by name of address; of none, nothing.

    Where counting fails no figure is shown, never a zero: it takes no page with it.
    """
    try:
        counts = menu.counts_for(request)
        if box := topbar.inbox():
            counts[box.url_name] = box.count
        wanted = {name: counting for name, count in counts.items() if (counting := count(request)) is not None}
        found = counted(list(wanted.values()), MOST + 1)
        return {name: f"{MOST}+" if n > MOST else str(n) for name, n in zip(wanted, found, strict=True) if n}
    except Exception:
        logger.exception("the figures of the frame failed")
        return {}
