"""Fixtures of the journeys: the served demo, and people of it in a browser."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.journeys.server import DemoServer, demo_server

SHOTS = Path(__file__).parent / "shots"
DESK, PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)


@pytest.fixture(scope="module")
def demo(worker_id: str, request: pytest.FixtureRequest) -> Iterator[DemoServer]:
    """Each file has a copy of the story of its own: what one journey leaves behind is no other's."""
    file = request.module.__name__.rpartition(".")[2]
    with demo_server(f"wolong_{file}_{worker_id}_{os.getpid()}") as server:
        yield server


@pytest.fixture
def become(demo: DemoServer, browser: Browser) -> Iterator[Callable[..., Page]]:
    """`become("lizhuguan")` opens a page of its own for that person; `phone=True` at phone width."""
    opened: list[BrowserContext] = []

    def enter(account: str, *, phone: bool = False, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport=PHONE if phone else DESK,
            device_scale_factor=2 if phone else 1,
            color_scheme="dark" if dark else "light",
            base_url=demo.url,
            locale="zh-CN",
            has_touch=phone,
        )
        opened.append(context)
        page = context.new_page()
        page.goto("/account/login/")
        page.locator("#wl-demo-account").select_option(account)
        page.get_by_role("button", name="换人").click()
        page.wait_for_url("**/")
        return page

    yield enter
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def shot() -> Callable[[Page, str], None]:
    """Keep a picture of the whole page in the ignored folder `shots`."""
    SHOTS.mkdir(exist_ok=True)

    def keep(page: Page, name: str) -> None:
        size = page.viewport_size or DESK
        page.wait_for_load_state()  # a page that a click has just begun to load has no height yet
        height = page.locator("html").evaluate("it => it.scrollHeight")
        page.set_viewport_size(
            ViewportSize(width=size["width"], height=max(size["height"], height))
        )  # what is fixed below stands below
        page.screenshot(path=SHOTS / f"{name}.png")
        page.set_viewport_size(size)

    return keep
