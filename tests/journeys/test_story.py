"""The story of one washroom by several people in a real browser: from the clause to the closed order, and back once."""

import io
import re

import pypdf
import pytest
from playwright.sync_api import expect

from tests.journeys.server import DemoServer
from tests.journeys.telling import Become, Shot, a_failed_round, answer, issue

pytestmark = pytest.mark.journey


def test_a_failed_reading_is_ordered_answered_verified_and_closed(become: Become, shot: Shot, demo: DemoServer) -> None:
    story = a_failed_round(become, shot, reading="０.４２", shade=40)

    head = become("lizhuguan")
    todo = re.compile(r"为\s*3号楼1层卫生间氨浓度 0.42 mg/m³ 超标\s*下发整改通知单|发现的 \d 张整改通知单")
    expect(head.locator(".wl-main")).to_contain_text(todo)
    shot(head, "home-section-head")
    issue(head, story, shot)
    story.order = head.url
    story.number = re.search(r"整改通知单 (\S+)", head.locator(".wl-main").inner_text()).group(1)  # type: ignore[union-attr]

    paper = head.request.get(head.get_by_role("link", name="打印通知单").get_attribute("href") or "")
    assert paper.headers["content-type"] == "application/pdf"
    printed = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper.body())).pages)
    assert story.number in printed
    assert "0.42" in printed

    company = become("zhaojingli", phone=True)
    shot(company, "home-company-phone")
    company.goto("/todos/")
    expect(company.get_by_role("listitem").filter(has_text="3号楼1层卫生间").first).to_contain_text("签收")
    company.goto(story.order)
    company.get_by_role("button", name="签收").click()
    expect(company.locator("#wl-next")).to_contain_text("等待您整改")
    expect(company.get_by_role("link", name="提交整改")).to_be_visible()
    answer(company, cause="存水弯干涸，返臭。", value="0.18", shade=60)
    expect(company.locator("#wl-next")).to_contain_text("复查")
    shot(company, "order-company-phone")

    finder = become("zhougong")
    finder.goto(story.order)
    expect(finder.locator("#wl-next")).to_contain_text("您发现了这个问题，不能再复查")
    assert finder.request.get(f"{story.order}accept/").status == 403

    head.goto("/todos/")
    expect(head.get_by_role("listitem").filter(has_text="3号楼1层卫生间").first).to_contain_text("复查")
    head.goto(story.order)
    expect(head.locator(".wl-jj")).to_contain_text("0.18")
    shot(head, "order-answered")
    head.get_by_role("link", name="开始复查").click()
    head.get_by_label("复查意见").fill("现场无异味，读数合格。")
    head.locator("#wl-act").get_by_role("button").first.click()
    expect(head.locator("#wl-next")).to_contain_text("已闭环")
    expect(head.get_by_role("link", name="记录回访")).to_be_visible()
    shot(head, "order-closed")
    for bead in ("标准条款", "职责", "计划", "巡查", "问题", "整改"):
        expect(head.locator(".wl-thread")).to_contain_text(bead)
    expect(head.locator(".wl-thread .wl-here")).to_contain_text("闭环")

    trail = head.locator(".wl-rt").first
    for who in ("周工", "李主管", "赵经理"):
        expect(trail).to_contain_text(who)
    company.goto("/")
    expect(company.locator(".wl-main")).not_to_contain_text(story.number)

    auditor = become("shenji")
    auditor.goto("/ledger/entries/")
    for verb in ("复查通过，闭环", "提交整改证明", "签收整改通知单", "签发整改通知单", "提交巡查记录"):
        expect(auditor.locator(".wl-main")).to_contain_text(verb)


def test_a_returned_answer_is_answered_again_and_no_other_company_sees_it(become: Become, shot: Shot) -> None:
    story = a_failed_round(become, shot, reading="0.42 mg/m³", shade=80)
    head = become("lizhuguan")
    issue(head, story, shot)
    story.order = head.url
    company = become("zhaojingli", phone=True)
    company.goto(story.order)
    company.get_by_role("button", name="签收").click()
    answer(company, cause="清洁不到位。", value="0.30", shade=100)
    expect(company.locator("#wl-next")).to_contain_text("复查")

    head.goto(story.order)
    head.get_by_role("link", name="退回重改").click()
    head.get_by_label("退回的理由").fill("0.30 仍高于限值，请查地漏。")
    head.locator("#wl-act").get_by_role("button").first.click()
    expect(head.locator(".wl-main")).to_contain_text("退回 1 次")

    company.goto(story.order)
    expect(company.locator("#wl-next")).to_contain_text("等待您重新整改")
    answer(company, cause="地漏水封干涸。", value="0.16", shade=120)
    expect(company.locator(".wl-main")).to_contain_text("被退回")

    rival = become("fengjingli")
    for address in (story.order, f"{story.order}notice.pdf", story.finding, story.round):
        assert rival.request.get(address).status == 404, address
    rival.goto(story.order)
    shot(rival, "not-found")


def test_a_clause_is_read_and_its_duties_foretold_before_it_is_saved(become: Become, shot: Shot) -> None:
    page = become("biaozhun")
    page.goto("/standards/try/")
    page.locator("#id_text").fill(
        "卫生间空气中氨的浓度应不大于0.2 mg/m³。\n> 对象:卫生间 方法:测量 频次:每月 实施:保洁 检查:物业管理科"
    )
    tried = page.locator("#wl-tried")
    expect(tried).to_contain_text("一条“应”")
    expect(tried).to_contain_text("0.2")
    expect(tried).to_contain_text("下次检查")
    shot(page, "try")


def test_the_area_is_switched_and_stays(become: Become) -> None:
    page = become("juzhang")
    page.locator(".wl-area-drop summary").click()
    other = page.locator(".wl-area-drop form button:not([aria-current])").last
    name = other.inner_text()
    other.click()
    expect(page.locator(".wl-area-drop summary")).to_contain_text(name)
    page.goto("/findings/")
    expect(page.locator(".wl-area-drop summary")).to_contain_text(name)


def test_dark_is_chosen_and_kept(become: Become, shot: Shot) -> None:
    page = become("lizhuguan")
    background = "() => getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    with page.expect_response(re.compile("/theme/")):
        page.get_by_role("button", name="换深浅色").click()
    dark = page.evaluate(background)
    assert dark != light
    page.goto("/rectification/")
    assert page.evaluate(background) == dark
    shot(page, "orders-dark")


def test_the_keys_search_help_and_open_a_row(become: Become) -> None:
    page = become("lizhuguan")
    page.goto("/findings/")
    page.keyboard.press("/")
    expect(page.locator("#wl-q")).to_be_focused()
    page.locator("#wl-q").blur()
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="快捷键")).to_be_visible()
    page.keyboard.press("Escape")
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
    row = page.locator("[data-rows] tbody tr").first
    expect(row).to_have_class(re.compile("wl-cursor"))
    title = row.get_attribute("data-href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{title}")
