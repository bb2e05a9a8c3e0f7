"""The gallery, the list, the thing, the verb and the door as a person meets them."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.looking import look_at, shoot

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_registries")]
SHOOT = "WOLONG_SHOTS" in os.environ


def is_complaint(message: Any) -> bool:
    """An error of the page itself; a picture for a person makes the browser write inline styles of its own."""
    return message.type == "error" and "Failed to load" not in message.text and not SHOOT


@pytest.fixture
def at_desk(desk: Client, live_server: Any, page: Page) -> Iterator[Page]:
    """A browser that is signed in, and that takes no error of the page's script."""
    errors: list[str] = []
    page.on("response", lambda got: errors.append(f"{got.status} {got.url}") if got.status >= 400 else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if is_complaint(message) else None)
    page.context.add_cookies([{"name": "sessionid", "value": desk.cookies["sessionid"].value, "url": live_server.url}])
    page.base = live_server.url  # type: ignore[attr-defined]
    yield page
    assert [line for line in errors if "422" not in line] == []


def url(page: Page, path: str) -> str:
    return f"{page.base}{path}"  # type: ignore[attr-defined]


def pictures(page: Page, name: str) -> None:
    if SHOOT:
        for width in (1440, 1366, 390):
            for theme in ("light", "dark"):
                shoot(page, name, width=width, theme=theme)


def test_the_gallery_fits_every_screen_and_every_reader(at_desk: Page) -> None:
    at_desk.goto(url(at_desk, "/gallery/"))
    pictures(at_desk, "gallery")
    look_at(at_desk)


def test_a_list_is_worked_from_the_keyboard(at_desk: Page) -> None:
    Group.objects.bulk_create(Group(name=f"组 {number:03}") for number in range(60))
    at_desk.goto(url(at_desk, "/groups/?name=组"))
    pictures(at_desk, "list")
    look_at(at_desk)
    at_desk.set_viewport_size({"width": 1440, "height": 900})
    at_desk.keyboard.press("j")
    at_desk.keyboard.press("j")
    at_desk.keyboard.press(" ")
    expect(at_desk.locator("[data-picked]")).to_have_text("已选 1 个")
    if SHOOT:
        shoot(at_desk, "list-picked", whole=False)
    at_desk.keyboard.press("Escape")
    expect(at_desk.locator("[data-bulk]")).to_be_hidden()
    at_desk.keyboard.press("/")
    expect(at_desk.locator("#wl-q")).to_be_focused()
    at_desk.locator("th a", has_text="名称").click()
    expect(at_desk.locator("th[aria-sort=ascending]")).to_have_count(1)
    assert "sort=name" in at_desk.url
    with at_desk.expect_event("load"):  # a history of whole pages, asked anew
        at_desk.evaluate("() => history.back()")
    expect(at_desk.locator("th[aria-sort]")).to_have_count(0)
    expect(at_desk.locator("#wl-side")).to_be_visible()
    with at_desk.expect_event("load"):
        at_desk.evaluate("() => history.forward()")
    expect(at_desk.locator("th[aria-sort=ascending]")).to_have_count(1)
    at_desk.keyboard.press("j")
    at_desk.keyboard.press("Enter")
    at_desk.wait_for_url("**/groups/*/")


def test_columns_are_chosen_and_kept_as_a_view_from_the_keyboard(at_desk: Page) -> None:
    Group.objects.create(name="组 一")
    at_desk.set_viewport_size({"width": 1440, "height": 900})
    at_desk.goto(url(at_desk, "/groups/"))
    at_desk.locator(".wl-columns summary").focus()
    at_desk.keyboard.press("Enter")
    at_desk.keyboard.press("Tab")
    expect(at_desk.get_by_label("等级")).to_be_focused()
    at_desk.keyboard.press(" ")
    at_desk.keyboard.press("Enter")
    expect(at_desk.locator("thead th")).to_have_count(5)
    at_desk.wait_for_url("**/groups/?columns=name%2Cpk%2Cdue_on%2Cstate")
    at_desk.locator(".wl-views summary").focus()
    at_desk.keyboard.press("Enter")
    pictures(at_desk, "views")
    at_desk.set_viewport_size({"width": 1440, "height": 900})
    at_desk.get_by_label("保存当前视图为").fill("没有等级")
    at_desk.keyboard.press("Enter")
    at_desk.wait_for_url("**/groups/?view=*&columns=name%2Cpk%2Cdue_on%2Cstate")
    expect(at_desk.locator(".wl-views summary")).to_have_text("没有等级")
    at_desk.goto(url(at_desk, "/groups/"))
    at_desk.locator(".wl-views summary").click()
    at_desk.get_by_role("link", name="没有等级").click()
    expect(at_desk.locator("thead th")).to_have_count(5)
    look_at(at_desk)


def test_columns_and_views_work_without_script(at_desk: Page, browser: Any) -> None:
    Group.objects.create(name="组 一")
    context = browser.new_context(java_script_enabled=False, storage_state=at_desk.context.storage_state())
    page = context.new_page()
    page.goto(url(at_desk, "/groups/"))
    page.locator(".wl-columns summary").click()
    page.get_by_label("等级").uncheck()
    page.get_by_role("button", name="应用").click()
    page.locator(".wl-views summary").click()
    page.get_by_role("link", name="我的视图").click()
    page.get_by_role("link", name="保存当前视图").click()
    page.get_by_label("名称").fill("没有等级")
    page.get_by_role("button", name="保存").click()
    assert page.locator("thead th").count() == 5
    assert "view=" in page.url
    context.close()


def test_a_verb_swaps_what_changed_and_puts_the_focus_on_the_news(at_desk: Page) -> None:
    group = Group.objects.create(name="旧名")
    at_desk.goto(url(at_desk, f"/groups/{group.pk}/"))
    pictures(at_desk, "detail")
    look_at(at_desk)
    at_desk.set_viewport_size({"width": 1440, "height": 900})
    at_desk.get_by_role("link", name="改名").click()
    expect(at_desk.locator("#wl-act h2")).to_be_focused()
    pictures(at_desk, "act")
    look_at(at_desk)
    at_desk.set_viewport_size({"width": 1440, "height": 900})
    at_desk.get_by_label("新名").fill("坏名")
    at_desk.get_by_role("button", name="改", exact=True).click()
    expect(at_desk.locator(".wl-errs")).to_contain_text("这个名字不行")
    at_desk.get_by_label("新名").fill("改好了")
    at_desk.get_by_role("button", name="改", exact=True).click()
    expect(at_desk.locator("#wl-next")).to_contain_text("已改名")
    expect(at_desk.locator("#wl-next [data-focus]")).to_be_focused()
    expect(at_desk.locator("#wl-history")).to_contain_text("现在叫 改好了")
    expect(at_desk.locator("#wl-act")).to_be_empty()


def test_a_verb_works_without_script(at_desk: Page, browser: Any) -> None:
    group = Group.objects.create(name="旧名")
    context = browser.new_context(java_script_enabled=False, storage_state=at_desk.context.storage_state())
    page = context.new_page()
    page.goto(url(at_desk, f"/groups/{group.pk}/"))
    page.get_by_role("link", name="改名").click()
    page.get_by_label("新名").fill("改好了")
    page.get_by_role("button", name="改", exact=True).click()
    assert page.locator("#wl-next").inner_text().startswith("已改名")
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".wl-burger").click()
    expect(page.locator("#wl-side .wl-brand")).to_be_visible()
    context.close()


def test_the_door_opens_and_shuts(person: Any, settings: Any, live_server: Any, page: Page) -> None:
    page.goto(f"{live_server.url}/account/login/")
    pictures(page, "door")
    look_at(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_label("账号").fill("li")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="登录").click()
    expect(page.locator(".wl-errs")).to_be_visible()
    page.get_by_label("密码").fill("a long password")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"{live_server.url}/")


def test_the_theme_is_kept_on_this_device(at_desk: Page) -> None:
    at_desk.goto(url(at_desk, "/gallery/"))
    at_desk.get_by_role("button", name="换深浅色").click()
    expect(at_desk.locator("html")).to_have_attribute("data-bs-theme", "dark")
    at_desk.wait_for_function("() => document.cookie.includes('wl_theme=dark')")
    at_desk.reload()
    expect(at_desk.locator("html")).to_have_attribute("data-bs-theme", "dark")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chart_is_saved_as_a_picture_on_white_paper_whatever_the_theme(
    at_desk: Page, theme: Any, tmp_path: Any
) -> None:
    at_desk.set_viewport_size({"width": 1440, "height": 900})
    at_desk.emulate_media(color_scheme=theme)
    at_desk.goto(url(at_desk, "/gallery/"))
    panel = at_desk.locator(".wl-panel", has_text="未闭环问题在哪条线？").last
    with at_desk.expect_download() as download:
        panel.get_by_role("button", name="存为图片").click()
    assert download.value.suggested_filename == "未闭环问题在哪条线.png"
    download.value.save_as(tmp_path / "chart.png")
    picture = Image.open(tmp_path / "chart.png")
    drawing = panel.locator(".wl-hb").bounding_box()
    assert picture.format == "PNG"
    assert picture.width == pytest.approx(2 * (drawing["width"] + 48), abs=4)
    assert picture.height == pytest.approx(2 * (drawing["height"] + 24 + 20 + 16 + 20 + 14 + 24), abs=8)
    seen = picture.convert("RGB")
    colours = {colour for _times, colour in seen.getcolors(maxcolors=1 << 20)}
    assert {(255, 255, 255), (176, 42, 36)} <= colours, "white paper, and the red of A"
    for band in ((0, 40, seen.width, 96), (0, seen.height - 84, seen.width, seen.height - 40)):
        darkest, _lightest = seen.crop(band).convert("L").getextrema()
        assert darkest < 110, "the title above and the source below"


def test_every_chart_of_the_gallery_can_be_saved_and_none_without_script(at_desk: Page, browser: Any) -> None:
    at_desk.goto(url(at_desk, "/gallery/"))
    buttons = at_desk.get_by_role("button", name="存为图片")
    assert buttons.count() == 4
    for button in buttons.all():
        with at_desk.expect_download():
            button.click()
    context = browser.new_context(java_script_enabled=False, storage_state=at_desk.context.storage_state())
    page = context.new_page()
    page.goto(url(at_desk, "/gallery/"))
    assert page.get_by_role("button", name="存为图片").count() == 0
    context.close()


def test_the_help_shows_the_keys(at_desk: Page) -> None:
    at_desk.goto(url(at_desk, "/gallery/"))
    at_desk.keyboard.press("?")
    expect(at_desk.locator("#wl-help")).to_be_visible()
    at_desk.keyboard.press("Escape")
    expect(at_desk.locator("#wl-help")).to_be_hidden()
