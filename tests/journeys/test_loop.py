"""The whole loop by seven people in a real browser: a clause fails twice, is asked why, is revised, rules, and is looked at anew."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.telling import Become, Shot, Washroom, a_failed_round, answer, issue

pytestmark = pytest.mark.journey


def test_from_a_clause_to_its_revision(become: Become, shot: Shot) -> None:
    # Fact, judgement, consequence: 周工 measures twice, 李主管 orders, 赵经理 answers, 李主管 verifies.
    first = a_failed_round(become, shot, reading="0.42", shade=140)
    head, company = become("lizhuguan"), become("zhaojingli", phone=True)
    close(head, company, first, shot)
    again = a_failed_round(become, shot, reading="0.44", shade=170)
    head.goto(again.finding)
    expect(head.locator(".wl-main")).to_contain_text("是，")
    clause = head.locator(".wl-thread").get_by_role("link").first.get_attribute("href") or ""

    # Money: 陈主任 opens the sheet down to the finding; 赵经理 sees his own.
    sheet = opened_sheet(become("chenzhuren"), shot)
    company.goto(sheet)
    expect(company.locator(".wl-main")).to_contain_text("示例物业公司")

    # Why: 李主管. Revision: 林工 drafts, 徐处长 approves and sets the day. Then the duties are looked at anew.
    proposal = asked_why(head, shot)
    draft = drafted(become("biaozhun"), proposal, shot)
    put_in_force(become("fagui"), draft)
    looked_at_anew(head, draft, clause, shot)


def close(head: Page, company: Page, finding: Washroom, shot: Shot) -> None:
    """The order of a finding from issue to closure."""
    issue(head, finding, shot)
    order = head.url
    company.goto(order)
    company.get_by_role("button", name="签收").click()
    answer(company, cause="存水弯干涸，返臭。", value="0.18", shade=150)
    expect(company.locator("#wl-next")).to_contain_text("复查")
    head.goto(order)
    head.get_by_role("link", name="开始复查").click()
    head.get_by_label("复查意见").fill("现场无异味，读数合格。")
    head.locator("#wl-act").get_by_role("button").first.click()
    expect(head.locator("#wl-next")).to_contain_text("已闭环")


def opened_sheet(chair: Page, shot: Shot) -> str:
    """The company's interim of the running quarter, its sum opened to the last finding; answers its address."""
    chair.goto("/appraisal/?tab=open")
    chair.get_by_role("row").filter(has_text="示例物业公司").get_by_role("link").first.click()
    for group in chair.locator(".wl-sum details").all():
        group.evaluate("it => { it.open = true }")
    expect(chair.locator(".wl-sum")).to_contain_text("氨浓度")
    shot(chair, "loop-score")
    return chair.url


def asked_why(head: Page, shot: Shot) -> str:
    """The half-year is computed anew; the clause that failed again is asked, and answered with itself; answers the proposal."""
    head.goto("/analysis/")
    head.get_by_role("row").nth(1).get_by_role("link").first.click()
    report = head.url
    head.get_by_role("button", name="重新计算").click()
    problem = head.get_by_role("listitem").filter(has_text="氨的浓度")
    problem.get_by_role("link", name="回答为什么").click()
    head.get_by_label("条款本身").check()
    head.get_by_label("怎么看出来的").fill("两次都在换气扇停用后，条款只写了浓度，没有写通风。")
    head.get_by_role("button", name="存下").click()
    expect(head.get_by_label("建议改成")).to_be_visible()
    head.goto(report)
    problem.get_by_role("link", name="提出修订").click()
    wanted = head.get_by_label("建议改成")
    wanted.fill("卫生间空气中氨的浓度不应大于 0.3 mg/m³，硫化氢的浓度不应大于 0.01 mg/m³，并应保持机械通风。")
    head.get_by_role("button", name="提出").click()
    expect(problem.get_by_role("link", name="修订提案")).to_be_visible()
    shot(head, "loop-report")
    head.goto("/standards/proposals/")
    head.get_by_role("row").filter(has_text="5.1.2").get_by_role("link").first.click()
    expect(head.locator(".wl-main")).to_contain_text("机械通风")
    shot(head, "loop-proposal")
    return head.url


def drafted(writer: Page, proposal: str, shot: Shot) -> str:
    """Taken up and drafted from today; what it would touch is shown before it is issued; answers the draft's address."""
    writer.goto(proposal)
    writer.locator("#wl-next").get_by_role("link", name="受理或不采纳").click()
    writer.get_by_label("受理，起草新版").check()
    writer.locator("#wl-act").get_by_role("button").first.click()
    writer.get_by_role("link", name="起草新版").click()
    text = writer.locator("#id_text")
    assert "机械通风" in text.input_value()
    today = date.fromisoformat(str(writer.evaluate("() => new Date(Date.now() + 288e5).toISOString().slice(0, 10)")))
    text.fill(re.sub(r"(?m)^(发布|实施): .*$", rf"\1: {today.isoformat()}", text.input_value()))
    writer.get_by_role("button", name="存为草案").click()
    expect(writer.locator(".wl-main")).to_contain_text("这样改会动到什么")
    shot(writer, "loop-draft")
    assert writer.request.get(f"{writer.url}approve/").status == 403, "the drafter never approves"
    return writer.url


def put_in_force(approver: Page, draft: str) -> None:
    approver.goto(draft)
    approver.locator("#wl-next").get_by_role("link", name="批准").click()
    approver.locator("#wl-act").get_by_role("button").first.click()
    approver.get_by_role("link", name="定实施日期").click()
    approver.locator("#wl-act").get_by_role("button").first.click()
    expect(approver.locator(".wl-main")).to_contain_text("现行")


def looked_at_anew(head: Page, edition: str, old_clause: str, shot: Shot) -> None:
    """What hung on the old words waits to be confirmed; whoever opens the old finding still reads the old words."""
    head.goto("/todos/")
    expect(head.locator(".wl-main")).to_contain_text("重新确认")
    head.goto(edition)
    expect(head.locator(".wl-main")).to_contain_text("机械通风")
    head.goto("/duties/?tab=suspect")
    head.get_by_role("link", name=re.compile("BZ06-003 5.1.2")).first.click()
    expect(head.locator(".wl-main")).to_contain_text("机械通风")
    head.get_by_role("link", name="去确认").click()
    head.get_by_role("button", name="看过了，确认").click()
    expect(head.locator(".wl-main")).not_to_contain_text("待重新确认")
    shot(head, "loop-revised-clause")
    head.goto(old_clause)
    expect(head.locator(".wl-main")).to_contain_text("被代替")
    expect(head.locator(".wl-main")).not_to_contain_text("机械通风")
