"""A stranger's afternoon: from an empty house by its own examples to the first round on a phone, by several people."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.server import DemoServer, demo_server

pytestmark = pytest.mark.journey

Enter = Callable[..., Page]
NEW_PASSWORD = "Wolong-start-2026!"


@pytest.fixture(scope="module")
def empty(worker_id: str) -> Iterator[DemoServer]:
    with demo_server(f"wolong_start_{worker_id}_{os.getpid()}", demo=False) as server:
        yield server


def first_password(server: DemoServer) -> str:
    """The first administrator, as the first start makes one; answers the one-time password."""
    environment = {
        **os.environ,
        "WOLONG_DATABASE_URL": server.database_url,
        "WOLONG_HOME": str(server.home),
        "WOLONG_DEMO": "0",
        "WOLONG_ADMIN_ACCOUNT": "admin",
        "WOLONG_ADMIN_NAME": "系统管理员",
        "WOLONG_ADMIN_UNIT": "某某机关事务管理局",
    }
    command = [sys.executable, "-c", "from wolong.entrance.command_line import app; app()", "prepare"]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return re.search(r"[::](\S+)\s*$", ran.stdout.strip()).group(1)  # type: ignore[union-attr]


@pytest.fixture
def sign_in(empty: DemoServer, browser: Browser) -> Iterator[Enter]:
    """`sign_in(account, password)` signs in for the first time, chooses a password, and answers the page."""
    opened: list[BrowserContext] = []

    def enter(account: str, password: str, *, size: ViewportSize = DESK) -> Page:
        context = browser.new_context(viewport=size, base_url=empty.url, locale="zh-CN", accept_downloads=True)
        opened.append(context)
        page = context.new_page()
        page.goto("/account/login/")
        page.locator("input[name=login]").fill(account)
        page.locator("input[name=password]").fill(password)
        page.get_by_role("button", name="登录").click()
        page.locator("input[name=oldpassword]").fill(password)
        for name in ("password1", "password2"):
            page.locator(f"input[name={name}]").fill(NEW_PASSWORD)
        page.locator("main button, form button").last.click()
        page.wait_for_load_state()
        return page

    yield enter
    for context in opened:
        context.close()


def example(page: Page, kind: str) -> dict[str, object]:
    """The example beside the step, fetched as the person who clicks it gets it."""
    answer = page.request.get(f"/start/examples/{kind}/")
    assert answer.ok, kind
    ending = ".zip" if kind == "texts" else ".xlsx"
    return {"name": f"示例{ending}", "mimeType": "application/octet-stream", "buffer": answer.body()}


def step(page: Page, title: str) -> object:
    page.goto("/start/")
    return page.locator(".wl-start > li").filter(has=page.get_by_role("heading", name=re.compile(f"^{title}")))


def bring(page: Page, title: str, kind: str) -> None:
    step(page, title).get_by_role("link", name=re.compile("用表格导入")).click()  # type: ignore[attr-defined]
    page.set_input_files("input[type=file]", example(page, kind))  # type: ignore[arg-type]
    page.locator("main form button, .wl-act button").first.click()
    page.wait_for_load_state()


def test_a_stranger_comes_from_nothing_to_the_first_round(
    empty: DemoServer, sign_in: Enter, shot: Callable[[Page, str], None]
) -> None:
    admin = sign_in("admin", first_password(empty))
    page = admin
    page.goto("/")
    page.get_by_role("link", name="起步").first.click()
    expect(page.locator(".wl-main")).to_contain_text("0 / 11 步已做")
    expect(page.locator(".wl-main")).to_contain_text("先添加办公区")
    shot(page, "start-empty")

    bring(page, "单位", "units")
    bring(page, "人员和角色", "people")
    rows = page.locator("table tbody tr").all()
    passwords = {row.locator("td").nth(2).inner_text(): row.locator("td").nth(3).inner_text() for row in rows}
    assert {"sl-biaozhun", "sl-zhuren", "sl-xuncha"} <= set(passwords)
    shot(page, "start-passwords")
    step(page, "办公区").get_by_role("link", name=re.compile("添加办公区")).click()  # type: ignore[attr-defined]
    page.locator("input[name=code]").fill("JIA")
    page.locator("input[name=name]").fill("甲办公区")
    page.locator("select[name=centre]").select_option(label="示例中心")
    page.locator("main form button, .wl-act button").first.click()
    page.wait_for_load_state()

    # The administrator leaves; the head of the centre goes on where it stands.
    head = sign_in("sl-zhuren", passwords["sl-zhuren"])
    head.goto("/start/")
    expect(head.locator(".wl-main")).to_contain_text("3 / 11 步已做")
    for title, kind in (("场所", "places"), ("设备", "equipment")):
        bring(head, title, kind)
        head.get_by_role("button", name="确认导入").click()
        expect(head.locator(".wl-main")).to_contain_text("已导入")
    bring(head, "合同与服务线", "lines")
    expect(head.locator(".wl-main")).to_contain_text("6 / 11 步已做")

    writer = sign_in("sl-biaozhun", passwords["sl-biaozhun"])
    step(writer, "标准").get_by_role("link", name=re.compile("从考核表来")).click()  # type: ignore[attr-defined]
    writer.set_input_files("input[type=file]", example(writer, "sheet"))  # type: ignore[arg-type]
    writer.locator("select[name=service]").select_option("保洁")
    writer.get_by_role("button", name="读一读").click()
    writer.get_by_role("button", name=re.compile("一起确认没有疑问的")).click()
    writer.get_by_role("link", name="逐条看").click()
    expect(writer.locator(".wl-main")).to_contain_text("请看一眼")
    shot(writer, "start-sheet-row")
    writer.locator("#id_cap").fill("8")
    writer.locator("#id_cap").blur()
    expect(writer.locator("#wl-reading")).to_contain_text("已存")
    sheet_row = writer.url

    # Half-way through, the section head takes over and finishes.
    section = sign_in("sl-zhuguan", passwords["sl-zhuguan"])
    section.goto(sheet_row)
    expect(section.locator("#id_cap")).to_have_value("8")
    while "/rows/" in section.url:
        section.get_by_role("button", name="确认，看下一条").click()
        section.wait_for_load_state()
    section.get_by_role("link", name="起草", exact=True).click()
    section.get_by_role("button", name="存为草案").click()
    expect(section.locator(".wl-main")).to_contain_text("草案")
    step(section, "审定")
    expect(section.locator(".wl-main")).to_contain_text("起草的人不能审定")

    head.goto("/start/")
    head.get_by_role("button", name=re.compile("审定并实施")).click()
    expect(head.locator(".wl-main")).to_contain_text("8 / 11 步已做")
    step(head, "采用").get_by_role("link", name=re.compile("全部采用")).click()  # type: ignore[attr-defined]
    head.get_by_role("button", name="全部采用").click()
    expect(head.locator(".wl-main")).to_contain_text("示例办公区保洁服务月度考核表")
    shot(head, "start-profile")
    step(head, "第一个月计划").get_by_role("link", name=re.compile("现在就编")).click()  # type: ignore[attr-defined]
    head.get_by_role("button", name="编排").click()
    head.wait_for_load_state()
    shot(head, "start-plan")

    with psycopg.connect(empty.database_url) as connection:
        who = connection.execute(
            "SELECT p.account, r.id FROM plans_round r JOIN people_person p ON p.id = r.inspector_id ORDER BY r.id LIMIT 1"
        ).fetchone()
    assert who, "no round was compiled"
    phone = sign_in(who[0], passwords[who[0]], size=PHONE)
    phone.goto(f"/rounds/{who[1]}/")
    expect(phone.locator("body")).to_contain_text("到场")
    shot(phone, "start-phone-round")
