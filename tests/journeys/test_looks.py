"""Every kind of page at 390, 1366 and 1440 px, light and dark: nothing sticks out, is too small or shut to a reader."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.looking import look_at
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.journey

HERE = "area_id = (SELECT id FROM places_officearea WHERE code = 'WLS')"
OWED = """SELECT max(o.id) FROM rectification_order o JOIN people_organization u ON u.id = o.responsible_id
    WHERE o.state = 'received' AND u.short_name LIKE '示例物业%'"""
ANSWERED = f"""SELECT max(o.id) FROM rectification_order o JOIN findings_finding f ON f.id = o.finding_id
    WHERE o.state = 'answered' AND f.{HERE}"""
# name: (who looks, address, where needed a question for the id that stands in it)
SCORED = """SELECT max(s.id) FROM appraisal_sheet s JOIN people_organization u ON u.id = s.unit_id
    WHERE u.short_name = '示例物业公司'"""
OF_COMPANY = """SELECT min(d.id) FROM duties_duty d JOIN people_organization o ON o.id = d.doer_id
    JOIN standards_requirement r ON r.id = d.requirement_id
    WHERE o.short_name = '示例物业公司' AND r.severity = 'C' AND upper_inf(d.valid)"""
PAGES = {
    "home of a leader": ("juzhang", "/", ""),
    "home of a centre head": ("chenzhuren", "/", ""),
    "home of a section head": ("lizhuguan", "/", ""),
    "home of an inspector": ("zhougong", "/", ""),
    "home of a company": ("zhaojingli", "/", ""),
    "home of an administrator": ("admin", "/", ""),
    "to-dos": ("lizhuguan", "/todos/", ""),
    "standards": ("biaozhun", "/standards/", ""),
    "edition": ("biaozhun", "/standards/editions/{}/", "SELECT max(id) FROM standards_edition WHERE state = 'in_force'"),
    "clause": ("biaozhun", "/standards/clauses/{}/", "SELECT max(clause_id) FROM standards_requirement WHERE sentence LIKE '%氨的浓度%'"),
    "draft": ("biaozhun", "/standards/draft/", ""),
    "try a clause": ("biaozhun", "/standards/try/", ""),
    "duties": ("lizhuguan", "/duties/", ""),
    "matrix": ("lizhuguan", "/duties/matrix/?line=电梯", ""),
    "defects": ("chenzhuren", "/duties/defects/", ""),
    "profile": ("chenzhuren", "/duties/profile/", ""),
    "duty": ("lizhuguan", "/duties/{}/", f"SELECT max(id) FROM duties_duty WHERE {HERE}"),
    "plans": ("lizhuguan", "/plans/", ""),
    "plan": ("lizhuguan", "/plans/{}/", f"SELECT max(id) FROM plans_plan WHERE {HERE}"),
    "round of a plan": ("lizhuguan", "/plans/rounds/{}/", f"SELECT max(id) FROM plans_round WHERE {HERE}"),
    "draw": ("lizhuguan", "/plans/draws/{}/", f"SELECT max(d.id) FROM plans_draw d JOIN plans_plan p ON p.id = d.plan_id WHERE p.{HERE}"),
    "rounds": ("lizhuguan", "/rounds/", ""),
    "visit": ("lizhuguan", "/rounds/visits/{}/", f"SELECT max(v.id) FROM fieldwork_visit v JOIN plans_round r ON r.id = v.round_id WHERE r.{HERE}"),
    "today on the phone": ("zhougong", "/rounds/today/", ""),
    "a label scanned on the phone": ("zhougong", "/rounds/scan/?q=3号楼", ""),
    "findings": ("lizhuguan", "/findings/", ""),
    "finding": ("lizhuguan", "/findings/{}/", f"SELECT max(id) FROM findings_finding WHERE stage = 'open' AND {HERE}"),
    "orders": ("zhaojingli", "/rectification/", ""),
    "order": ("lizhuguan", "/rectification/{}/", ANSWERED),
    "answer": ("zhaojingli", "/rectification/{}/answer/", OWED),
    "places": ("lizhuguan", "/places/", ""),
    "place": ("lizhuguan", "/places/{}/", "SELECT min(id) FROM places_place WHERE kind = '卫生间'"),
    "imports": ("chenzhuren", "/places/imports/", ""),
    "upload": ("chenzhuren", "/places/imports/upload/", ""),
    "equipment": ("hezhuguan", "/equipment/", ""),
    "a lift": ("hezhuguan", "/equipment/{}/", "SELECT min(id) FROM equipment_equipment WHERE kind = '客梯'"),
    "contracts": ("chenzhuren", "/contracts/", ""),
    "contract": ("chenzhuren", "/contracts/{}/", "SELECT min(id) FROM contracts_contract"),
    "year": ("lizhuguan", "/workdays/", ""),
    "ledger": ("shenji", "/ledger/", ""),
    "ledger entries": ("shenji", "/ledger/entries/", ""),
    "inbox": ("zhaojingli", "/inbox/", ""),
    "search": ("lizhuguan", "/search/?q=卫生间", ""),
    "columns chosen": ("lizhuguan", "/findings/?tab=all&columns=title,due_on", ""),
    "views of a list": ("lizhuguan", "/views/?list=findings:list&at=tab%3Dall", ""),
    "view to save": ("lizhuguan", "/views/save/?list=findings:list&at=tab%3Dall", ""),
    "people": ("admin", "/people/", ""),
    "person": ("admin", "/people/{}/", "SELECT id FROM people_person WHERE account = 'zhougong'"),
    "grant": ("admin", "/people/{}/grant/", "SELECT id FROM people_person WHERE account = 'zhougong'"),
    "organizations": ("admin", "/people/organizations/", ""),
    "own account": ("zhougong", "/people/me/", ""),
    "calendar address": ("zhougong", "/subscriptions/calendar/make/", ""),
    "people to import": ("admin", "/places/imports/upload/?kind=people", ""),
    "receivers": ("admin", "/subscriptions/?tab=all", ""),
    "receiver": ("chenzhuren", "/subscriptions/{}/", "SELECT min(id) FROM subscriptions_receiver"),
    "receiver to register": ("admin", "/subscriptions/register/", ""),
    "log of a receiver": ("admin", "/subscriptions/{}/log/", "SELECT min(id) FROM subscriptions_receiver"),
    "delivery": ("admin", "/subscriptions/deliveries/{}/", "SELECT min(id) FROM subscriptions_delivery"),
    "token to make": ("zhougong", "/people/me/tokens/make/", ""),
    "not found": ("fengjingli", "/findings/999999/", ""),
    "forbidden": ("fengjingli", "/ledger/", ""),
    "gallery": ("admin", "/gallery/", ""),
    "scores": ("chenzhuren", "/appraisal/?tab=all", ""),
    "score": ("chenzhuren", "/appraisal/{}/", "SELECT min(sheet_id) FROM appraisal_statement"),
    "score under way": ("zhaojingli", "/appraisal/{}/", SCORED),
    "period": ("chenzhuren", "/appraisal/periods/{}/", "SELECT min(id) FROM appraisal_period"),
    "scheme": ("chenzhuren", "/appraisal/schemes/{}/", "SELECT min(id) FROM appraisal_scheme"),
    "scheme to revise": ("chenzhuren", "/appraisal/schemes/{}/revise/", "SELECT min(id) FROM appraisal_scheme"),
    "analyses": ("lizhuguan", "/analysis/", ""),
    "analysis": ("lizhuguan", "/analysis/{}/", "SELECT min(id) FROM analysis_report"),
    "why": ("lizhuguan", "/analysis/problems/{}/why/", "SELECT max(id) FROM analysis_problem"),
    "systemic order": ("lizhuguan", "/rectification/systemic/{}/", "SELECT min(id) FROM rectification_systemicorder"),
    "deviations": ("chenzhuren", "/duties/deviations/?tab=all", ""),
    "deviation": ("chenzhuren", "/duties/deviations/{}/", "SELECT min(id) FROM duties_deviation"),
    "deviation to ask for": ("zhaojingli", "/duties/{}/deviate/", OF_COMPANY),
    "proposals": ("biaozhun", "/standards/proposals/", ""),
    "proposal": ("biaozhun", "/standards/proposals/{}/", "SELECT min(id) FROM standards_proposal"),
    "proposal to draft": ("biaozhun", "/standards/proposals/{}/draft/", "SELECT min(id) FROM standards_proposal"),
    "record of a clause": ("biaozhun", "/standards/clauses/{}/record/", "SELECT max(clause_id) FROM standards_requirement WHERE sentence LIKE '%氨的浓度%'"),
    "sheets of points": ("biaozhun", "/standards/sheets/", ""),
    "sheet of points": ("biaozhun", "/standards/sheets/{}/", "SELECT min(id) FROM standards_scoringsheet"),
    "row of a sheet": ("biaozhun", "/standards/sheets/rows/{}/", "SELECT min(id) FROM standards_scoringrow"),
    "sheet to bring": ("biaozhun", "/standards/sheets/bring/", ""),
    "sheet to draft": ("biaozhun", "/standards/sheets/{}/draft/", "SELECT min(id) FROM standards_scoringsheet"),
    "several texts": ("biaozhun", "/standards/draft/many/", ""),
    "first afternoon": ("admin", "/start/", ""),
    "sheet of units": ("admin", "/start/units/", ""),
    "notices": ("lizhuguan", "/notices/?tab=all", ""),
    "notice that waits": ("chenzhuren", "/notices/{}/", "SELECT max(id) FROM notices_notice WHERE state = 'submitted'"),
    "notice to a company": ("zhaojingli", "/notices/{}/", "SELECT max(id) FROM notices_notice WHERE state = 'submitted'"),
    "note to draft": ("lizhuguan", "/notices/draft/note/", ""),
    "thing to make public": ("lizhuguan", "/notices/draft/thing/", ""),
    "open window": ("", "/public/", ""),
    "public standards": ("", "/public/standards/", ""),
    "public standard": ("", "/public/items/{}/", "SELECT max(number) FROM notices_notice WHERE kind = 'standard'"),
    "public notes": ("", "/public/notices/", ""),
    "public ledger": ("", "/public/ledger/", ""),
    "sign-in": ("", "/account/login/", ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def looker(demo: DemoServer, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """One page for each person, signed in once."""
    opened: dict[str, tuple[BrowserContext, Page]] = {}

    def of(account: str) -> Page:
        if account not in opened:
            context = browser.new_context(base_url=demo.url, locale="zh-CN", reduced_motion="reduce")
            page = context.new_page()
            if account:
                page.goto("/account/login/")
                page.locator("#wl-demo-account").select_option(account)
                page.get_by_role("button", name="换人").click()
                page.wait_for_url("**/")
            opened[account] = context, page
        return opened[account][1]

    yield of
    for context, _page in opened.values():
        context.close()


def address_of(demo: DemoServer, address: str, question: str) -> str:
    if not question:
        return address
    with psycopg.connect(demo.database_url) as connection:
        row = connection.execute(question).fetchone()
    assert row, f"the story has nothing for {address}"
    assert row[0], f"the story has nothing for {address}"
    return address.format(row[0])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_holds_at_every_width_and_in_both_themes(
    demo: DemoServer, looker: Callable[[str], Page], name: str
) -> None:
    account, address, question = PAGES[name]
    page = looker(account)
    answer = page.goto(address_of(demo, address, question))
    assert answer is not None
    assert answer.status == {"not found": 404, "forbidden": 403}.get(name, 200)
    look_at(page)
