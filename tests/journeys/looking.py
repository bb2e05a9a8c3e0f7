"""What a browser can check of any page: nothing sticks out, is too small, or is shut to a screen reader."""

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (390, 1366, 1440)
HEIGHTS = {390: 844}
SMALLEST_PX = 14
SHOTS = Path(__file__).parent / "shots"

_OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = (element) => {
    for (let up = element.parentElement; up; up = up.parentElement)
      if (up !== document.body && up !== document.documentElement
        && /auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX)) return true;
    return false;
  };
  const sticking = [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > width + 0.5 && !scrolls(element))
    .map((found) => [found.tagName, found.getAttribute("class"), found.textContent.trim().slice(0, 30)].join(" "))
    .slice(0, 10);
  // What is placed absolutely escapes a box that scrolls: then nothing is named, and the page is too wide all the same.
  return sticking.length ? sticking : [`the page is ${document.documentElement.scrollWidth} px wide`];
}"""
_SMALL = """(least) => {
  const small = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || element.closest("script, style, template, noscript")) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    const text = walker.currentNode.textContent.trim().slice(0, 20);
    if (size < least - 0.01) small.add([size, element.tagName, element.getAttribute("class"), text].join(" "));
  }
  return [...small].slice(0, 10);
}"""


_SET_THEME = """(theme) => {
  if (theme) document.documentElement.dataset.bsTheme = theme; else delete document.documentElement.dataset.bsTheme;
}"""


def overflowing(page: Page) -> list[str]:
    """What makes the page wider than its window."""
    found: list[str] = page.evaluate(_OVERFLOW)
    return found


def too_small(page: Page) -> list[str]:
    """Text below 14 px, wherever it stands."""
    found: list[str] = page.evaluate(_SMALL, SMALLEST_PX)
    return found


def settle(page: Page) -> None:
    """Wait until everything that moves has arrived."""
    page.evaluate("() => Promise.all(document.getAnimations().map((moving) => moving.finished.catch(() => null)))")


def barriers(page: Page) -> list[str]:
    """What axe-core calls serious or critical."""
    settle(page)
    only = {"resultTypes": ["violations"]}  # naming all that is well takes minutes on a large table
    violations: list[dict[str, Any]] = Axe().run(page, options=only).response["violations"]
    return [
        f"{found['id']}: {node['target']} {node.get('failureSummary', '')[:300]}"
        for found in violations
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"][:3]
    ]


def look_at(
    page: Page, url: str = "", *, themes: tuple[str, ...] = ("light", "dark"), widths: tuple[int, ...] = WIDTHS
) -> None:
    """Check a page at every width and in both themes; fails with what is wrong. Without `url`: the open page."""
    wrong = []
    if url:
        page.goto(url)
    page.wait_for_load_state()  # a click may have just begun to load the open page
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 900)})
        wrong += [f"{width} px overflow: {line}" for line in overflowing(page)]
        wrong += [f"{width} px too small: {line}" for line in too_small(page)]
    before = page.evaluate("() => document.documentElement.dataset.bsTheme ?? ''")
    for theme in themes:
        page.evaluate(_SET_THEME, theme)
        wrong += [f"{theme}: {line}" for line in barriers(page)]
    page.evaluate(_SET_THEME, before)
    assert not wrong, "\n".join([page.url, *wrong])


def shoot(page: Page, name: str, *, width: int = 1440, theme: str = "light", whole: bool = True) -> Path:
    """Keep a picture of the page in the ignored folder `shots` (or where WOLONG_SHOTS says)."""
    folder = Path(os.environ.get("WOLONG_SHOTS", SHOTS))
    folder.mkdir(parents=True, exist_ok=True)
    page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 900)})
    page.evaluate(_SET_THEME, theme)
    page.evaluate("() => scrollTo(0, 0)")
    settle(page)
    path = folder / f"{name}-{width}{'-dark' if theme == 'dark' else ''}.png"
    page.screenshot(path=path, full_page=whole)
    return path
