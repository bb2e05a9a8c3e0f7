"""The story's own moves: what an inspector, a section head and a company do on their pages, for the journeys that tell it."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image
from playwright.sync_api import Page, expect

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
