"""The story of one washroom by several people in a real browser: from the clause to the closed order, and back once."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass

import pypdf
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.server import DemoServer

pytestmark = pytest.mark.journey

Become = Callable[..., Page]
Shot = Callable[[Page, str], None]


def picture(shade: int) -> dict[str, object]:
    """A photograph as a phone would send it; every shade is another file."""
    data = io.BytesIO()
    Image.new("RGB", (640, 480), (shade, 120, 150)).save(data, "JPEG")
    return {"name": f"IMG_{shade}.jpg", "mimeType": "image/jpeg", "buffer": data.getvalue()}


@dataclass
class Washroom:
    """What the story's round leaves behind: `finding` and `order` are addresses."""

    round: str
    finding: str = ""
    order: str = ""
    number: str = ""


def next_step(page: Page) -> str:
    return page.locator("#wl-next").inner_text()


def confirm(page: Page) -> None:
    page.locator("[data-confirm-yes]").click()


def walk_the_round(page: Page, shot: Shot, *, reading: str, shade: int) -> None:
    """An inspector with the round's page open: measures, photographs, ticks the rest, submits with a companion."""
    page.get_by_role("button", name="到场，开始").click()
    page.get_by_role("link", name=re.compile("逐项检查，还有")).click()
    expect(page.locator(".wl-cl")).to_contain_text("氨")
    page.locator("#reading_0").press_sequentially(reading)
    expect(page.locator("#judge_0")).to_contain_text("不符合")
    expect(page.locator("#v-fails")).to_be_checked()
    page.locator("input[name=photos]").set_input_files(picture(shade))  # type: ignore[arg-type]
    page.locator("#remark").fill("三层男卫生间，洗手台一侧气味明显")
    expect(page.locator(".wl-pics img[data-taken]")).to_be_visible()
    shot(page, "phone-item")
    page.get_by_role("button", name="存下，下一项").click()
    page.wait_for_url(re.compile("/(place|item)/"))
    while page.locator("#wl-item").count():
        page.locator("label[for=v-conforms]").click()
        if page.locator("input[name=photos]").count():
            page.locator("input[name=photos]").set_input_files(picture(shade + 1))  # type: ignore[arg-type]
        page.get_by_role("button", name="存下，下一项").click()
        page.wait_for_load_state()
    shot(page, "phone-place")
    rest = page.get_by_role("button", name=re.compile("其余"))
    if rest.count():
        rest.click()
        confirm(page)
        page.wait_for_load_state()
    page.get_by_role("link", name="看一遍，提交").click()
    expect(page.locator(".wl-pbody")).to_contain_text("不符合，提交后提出问题")
    page.locator("#id_companion_name").fill("张工")
    page.locator("#id_companion_unit").fill("示例物业公司")
    shot(page, "phone-submit")
    page.get_by_role("button", name="提交，不再改").click()
    page.wait_for_url(re.compile("visits/|today/|rounds/$"))


def start_walk(page: Page) -> str:
    """The guided walk up to the round, which it prepares; answers the round's address."""
    page.get_by_role("button", name="跟着走一圈").click()
    expect(page.locator(".wl-main")).to_contain_text("5.1.2")
    page.get_by_role("button", name=re.compile("下一步，交给李主管")).click()
    expect(page.locator(".wl-demo")).to_contain_text("本期查不到")
    return page.url


def a_failed_round(become: Become, shot: Shot, *, reading: str, shade: int) -> Washroom:
    """The walk as far as the submitted round; answers with the finding's address, as the section head sees it."""
    desk = become("shenji")
    start_walk(desk)
    desk.get_by_role("button", name=re.compile("下一步，交给周工")).click()
    story = Washroom(round=desk.url)
    phone = become("zhougong", phone=True)
    phone.goto("/rounds/today/")
    shot(phone, "phone-today")
    phone.goto(story.round)
    walk_the_round(phone, shot, reading=reading, shade=shade)
    desk.reload()
    desk.get_by_role("button", name=re.compile("下一步，交给李主管")).click()
    story.finding = desk.url
    return story


def issue(page: Page, story: Washroom, shot: Shot) -> None:
    """The section head reads the finding and issues its order."""
    page.goto(story.finding)
    expect(page.locator(".wl-main")).to_contain_text("0.42")
    shot(page, "finding")
    page.locator("#wl-next").get_by_role("link", name=re.compile("下发")).click()
    page.get_by_label("整改要求").fill("查明气味来源，今天处理。")
    page.get_by_role("button", name="签发").click()
    expect(page.locator(".wl-main")).to_contain_text("等待示例物业公司签收")


def answer(page: Page, *, cause: str, value: str, shade: int) -> None:
    """The company's manager, on the order's page, in its inline form."""
    page.locator("#wl-next").get_by_role("link", name="提交整改").click()
    act = page.locator("#wl-act")
    act.locator("input[name=cause_kind]").first.check()
    act.get_by_label("原因", exact=True).fill(cause)
    act.get_by_label("措施").fill("更换存水弯，每班冲洗地漏。")
    act.get_by_label("自测值").fill(value)
    act.locator("input[name=photos]").set_input_files(picture(shade))  # type: ignore[arg-type]
    act.get_by_role("button", name="提交整改证明").click()


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
