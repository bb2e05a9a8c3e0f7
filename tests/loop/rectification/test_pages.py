"""The order page, its banner for each person, its verbs, its paper; and that a company sees its own and nothing else."""

import io
import re
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from tests.factories.files import photo_bytes
from tests.factories.findings import World, at, tidy
from tests.factories.rectification import answer, answered, closed, issued
from tests.loop.rectification.desk import desk
from wolong.ground.ledger.models import Entry
from wolong.ground.people.access import scope_of
from wolong.loop.findings import panels
from wolong.loop.findings import queries as findings
from wolong.loop.rectification import actions
from wolong.loop.rectification.models import Answer, Order
from wolong.loop.rectification.states import State
from wolong.loop.rectification.todos import todos

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

VERBS = (
    "receive",
    "answer",
    "accept",
    "give_back",
    "follow_up",
    "watch",
    "remind",
    "ask_extension",
    "decide_extension",
)


def page(person: Any, order: Order) -> str:
    response = desk(person).get(order.get_absolute_url())
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def url(verb: str, order: Order) -> str:
    return reverse(f"rectification:{verb}", args=[order.pk])


def picture(name: str = "改后.jpg") -> io.BytesIO:
    file = io.BytesIO(photo_bytes())
    file.name = name
    return file


@pytest.fixture
def order(here: World) -> Order:
    """Found and issued on Friday 11-20, due on Wednesday 11-25; today is Monday 11-23."""
    return issued(here, when=at("2026-11-20", 11, 30))


def test_the_page_says_what_is_next_to_each(here: World, order: Order) -> None:
    assert "等待您签收并整改，还剩 2 个工作日" in page(here.manager, order)
    assert "等待示例物业公司签收，还剩 2 个工作日" in page(here.head, order)
    answer(here, order, when=at("2026-11-23", 8))
    text = page(here.head, order)
    assert "等待您复查，还剩 2 个工作日" in text
    assert "赵经理 11-23 提交了证明；您没有参与发现和整改，可以复查。" in text
    assert "您发现了这个问题，不能再复查" in page(here.finder, order)
    assert "开始复查" not in page(here.finder, order)
    assert "开始复查" not in page(here.manager, order)
    actions.accept_answer(order=order, by=here.head, at=at("2026-11-23"))
    assert "已闭环，请回访场所的使用人" in page(here.head, order)
    assert "已闭环，李主管 11-23 周一 复查通过" in page(here.manager, order)


def test_the_page_shows_clause_readings_photographs_and_history(here: World, order: Order) -> None:
    answer(here, order, when=at("2026-11-23", 8))
    text = page(here.head, order)
    assert "<mark>不应大于 0.3 mg/m³</mark>" in text
    assert "待核" in text
    assert "超出 0.12" in text
    assert "低于限值 0.12" in text
    assert text.count("整改后</span>") >= 1
    for line in (
        "周工发现问题，判为 B 严重",
        "李主管签发整改通知单，限 11-25 周三前",
        "赵经理提交整改证明",
        "等待李主管",
    ):
        assert line in text, line
    assert text.index("赵经理提交整改证明") < text.index("李主管签发") < text.index("周工发现问题")


def test_every_link_of_a_case_opens_for_whoever_sees_it(here: World, order: Order) -> None:
    for person in (here.head, here.finder, here.manager):
        reader = desk(person)
        for case in (order, order.finding):
            text = reader.get(case.get_absolute_url()).content.decode()
            main = text[text.index("<main") : text.index("</main>")]
            links = {link for link in re.findall(r'href="(/[^"#]*)"', main) if not link.endswith(".pdf")}
            assert links
            assert {link for link in links if reader.get(link.replace("&amp;", "&")).status_code >= 400} == set()


def test_late_orders_are_red_and_may_be_reminded(here: World) -> None:
    late = issued(here, when=at("2026-11-16", 11))
    text = page(here.head, late)
    assert "wl-late" in text
    assert "逾期 4 天" in text
    assert desk(here.head).post(url("remind", late)).status_code == 302
    assert "今天已催办" in page(here.head, late)


def test_the_whole_way_through_the_pages(here: World, order: Order) -> None:
    manager, head = desk(here.manager), desk(here.head)
    assert manager.post(url("receive", order)).status_code == 302
    given = {
        "cause_kind": "management", "cause": "巡检卡没有排风", "measure": "更换电机", "value_text": "０．１８ mg/m³",
        "photos": [picture()],
    }  # fmt: skip
    assert manager.post(url("answer", order), given).status_code == 302
    made = Answer.objects.get()
    assert (str(made.value), made.evidence.count()) == ("0.1800", 1)
    assert head.post(url("give_back", order), {"remark": "照片看不清"}).status_code == 302
    assert "等待您重新整改" in page(here.manager, order)
    assert manager.post(url("answer", order), {**given, "photos": [picture()]}).status_code == 302
    assert head.post(url("accept", order), {"remark": ""}).status_code == 302
    order.refresh_from_db()
    assert order.state == State.CLOSED
    assert head.post(url("follow_up", order), {"is_fixed": "no", "said_by": "二层王主任"}).status_code == 302
    order.refresh_from_db()
    assert order.state == State.RETURNED


def test_a_refusal_comes_back_with_what_was_typed_and_nothing_is_kept(here: World, order: Order) -> None:
    given = {
        "cause_kind": "management",
        "cause": "原因在此",
        "measure": "更换",
        "value_text": "0.35",
        "photos": [picture()],
    }
    response = desk(here.manager).post(url("answer", order), given)
    assert response.status_code == 422
    text = response.content.decode()
    assert "超出 0.05" in text
    assert "原因在此" in text
    assert not Answer.objects.exists()


def test_a_picture_that_is_none_is_refused_in_words(here: World, order: Order) -> None:
    fake = io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")
    fake.name = "x.svg"
    given = {"cause_kind": "management", "cause": "原因", "measure": "更换", "value_text": "0.18", "photos": [fake]}
    assert desk(here.manager).post(url("answer", order), given).status_code == 422
    assert not Answer.objects.exists()


def test_after_a_verb_by_htmx_what_changed_is_swapped(here: World, order: Order) -> None:
    answer(here, order, when=at("2026-11-23", 8))
    headers = {"HX-Request": "true", "HX-Target": "wl-act"}
    response = desk(here.head).post(url("accept", order), {"remark": "好"}, headers=headers)
    text = response.content.decode()
    assert response.status_code == 200
    for part in ('id="wl-next"', 'id="wl-badges"', 'id="wl-history"', 'id="wl-left"'):
        assert part in text
    assert "已闭环" in text
    assert "李主管复查通过，闭环" in text


def test_a_deadline_in_the_past_is_refused_on_the_page(here: World) -> None:
    finding = here.finding(when=at("2026-11-20"))
    address = reverse("rectification:issue", args=[finding.pk])
    head = desk(here.head)
    assert 'value="2026-11-26"' in head.get(address).content.decode()
    response = head.post(address, {"due_on": "2026-11-22", "demand": ""})
    assert response.status_code == 422
    assert "已经过去" in response.content.decode()
    assert not Order.objects.exists()
    response = head.post(address, {"due_on": "2026-11-26", "demand": ""})
    assert response["Location"] == Order.objects.get().get_absolute_url()
    again = head.post(address, {"due_on": "2026-11-26", "demand": ""})
    assert again.status_code == 422
    assert Order.objects.get().number in again.content.decode()


@pytest.mark.parametrize("verb", VERBS)
def test_a_company_finds_no_order_of_another_and_changes_nothing(
    here: World, there: World, order: Order, verb: str
) -> None:
    before = Entry.objects.count()
    for stranger in (there.manager, there.crew):
        client = desk(stranger)
        assert client.get(order.get_absolute_url()).status_code == 404
        assert client.get(url("notice", order)).status_code == 404
        assert client.get(url(verb, order)).status_code == 404
        response = client.post(
            url(verb, order),
            {
                "cause_kind": "person",
                "cause": "x",
                "measure": "x",
                "value_text": "0.1",
                "remark": "x",
                "until": "2026-12-01",
            },
        )
        assert response.status_code == 404
    order.refresh_from_db()
    assert order.state == State.ISSUED
    assert Entry.objects.count() == before


@pytest.mark.parametrize("verb", ["accept", "give_back", "follow_up", "watch", "remind", "decide_extension"])
def test_a_company_may_not_do_the_supervisors_verbs_on_its_own_order(here: World, order: Order, verb: str) -> None:
    response = desk(here.manager).post(url(verb, order), {"remark": "好"})
    assert response.status_code == 403
    issue = reverse("rectification:issue", args=[order.finding_id])
    assert desk(here.manager).post(issue, {"due_on": "2026-12-01"}).status_code == 403


def test_lists_exports_filters_counts_and_the_api_hold_only_ones_own(here: World, there: World) -> None:
    own, other = issued(here, when=at("2026-11-20")), issued(there, when=at("2026-11-20"))
    client = desk(here.manager)
    for address in (reverse("rectification:list"), reverse("findings:list")):
        text = client.get(address, {"tab": "all"}).content.decode()
        assert "示例物业公司BJX" not in text
        assert "北京西路" not in text
        assert other.number not in text
        assert other.finding.number not in text
        assert "未闭环<small>1</small>" in text
        sheet = b"".join(client.get(address, {"tab": "all", "export": "xlsx"}).streaming_content)
        words = zipfile.ZipFile(io.BytesIO(sheet)).read("xl/worksheets/sheet1.xml").decode()
        assert own.number in words or own.finding.number in words
        assert "BJX" not in words
        picked = client.post(address, {"bulk": "export", "pick": [other.pk, other.finding_id]})
        assert b"BJX" not in b"".join(picked.streaming_content)
    for person in (here.manager, here.head):
        for name, key in (("place", other.finding.place_id), ("duty", other.finding.duty_id)):
            text = desk(person).get(reverse("findings:list"), {name: key, "tab": "all"}).content.decode()
            assert "看不懂，没有用" in text
            assert other.finding.title not in text or other.finding.title == own.finding.title
    assert client.get(other.finding.get_absolute_url()).status_code == 404


def test_a_company_opens_the_photographs_of_its_own_findings_and_orders_only(here: World, there: World) -> None:
    own, other = answered(here), answered(there)
    client = desk(here.manager)
    third = desk(here.third)
    mine = own.answers.get().evidence.get()
    theirs = other.answers.get().evidence.get()
    assert client.get(reverse("files:evidence", args=[mine.pk])).status_code == 200
    assert client.get(reverse("files:evidence", args=[theirs.pk])).status_code == 404
    assert third.get(reverse("files:evidence", args=[mine.pk])).status_code == 200
    assert third.get(reverse("files:evidence", args=[theirs.pk])).status_code == 404


def test_bulk_issue_is_all_or_none_and_only_over_what_one_sees(here: World, there: World) -> None:
    findings = [here.finding(here.duty(tidy())) for _ in range(3)]
    foreign = there.finding()
    client = desk(here.head)
    picked = [one.pk for one in findings]
    assert client.post(reverse("findings:list"), {"bulk": "issue", "pick": [*picked, foreign.pk]}).status_code == 302
    assert Order.objects.count() == 3
    more = here.finding(here.duty(tidy()))
    response = client.post(reverse("findings:list"), {"bulk": "issue", "pick": [more.pk, picked[0]]})
    assert response.status_code == 422
    assert Order.objects.count() == 3
    assert desk(here.manager).post(reverse("findings:list"), {"bulk": "issue", "pick": [more.pk]}).status_code == 403


def test_the_paper_holds_facts_deadline_and_the_reply(here: World, order: Order) -> None:
    response = desk(here.manager).get(url("notice", order))
    assert response["Content-Type"] == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    text = text.replace(" ", "")
    for words in ("整改通知单", order.number, "示例物业公司", "2026年11月25日", "李主管", "0.42", "待核"):
        assert words in text, words


def test_query_counts_stay_whatever_the_size(here: World) -> None:
    def counts() -> tuple[int, ...]:
        client = desk(here.head)
        order = Order.objects.order_by("pk").last()
        assert order is not None
        found = []
        for address in (
            reverse("findings:list"),
            reverse("rectification:list"),
            order.get_absolute_url(),
            order.finding.get_absolute_url(),
        ):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            # A panel's savepoint exists only because a test is one long transaction.
            found.append(sum("SAVEPOINT" not in query["sql"] for query in queries.captured_queries))
        return tuple(found)

    answered(here)
    small = counts()
    for _ in range(6):
        answered(here)
    large = counts()
    assert large == small
    findings, orders, order, finding = large
    assert findings <= 12
    assert orders <= 12
    assert order <= 16
    assert finding <= 16


def test_the_api_gives_a_company_its_own_and_nothing_else(here: World, there: World) -> None:
    own, other = issued(here, when=at("2026-11-20")), issued(there, when=at("2026-11-20"))
    client = desk(here.manager)
    for name, mine, theirs in (("orders", own.pk, other.pk), ("findings", own.finding_id, other.finding_id)):
        found = client.get(f"/api/{name}/").json()
        assert [row["id"] for row in found["items"]] == [mine]
        assert client.get(f"/api/{name}/{mine}/").json()["number"].endswith("WLS-0001")
        assert client.get(f"/api/{name}/{theirs}/").status_code == 404


def test_home_sentences_reach_the_right_people(here: World) -> None:
    waiting = here.finding(when=at("2026-11-20"))
    order = issued(here, when=at("2026-11-20", 11))
    verify = issued(here, when=at("2026-11-20", 12))
    answer(here, verify, when=at("2026-11-21"))
    done = closed(here)
    assert _sentences(here.head) == [
        f"为 {waiting.title} 下发整改通知单",
        f"复查 {verify.finding.title} 的整改",
        f"回访 {done.finding.place.full_name} 的使用人",
    ]
    assert _sentences(here.head, waiting=True) == [f"整改 {order.finding.title}"]
    assert _sentences(here.manager) == [f"签收并整改 {order.finding.title}"]
    assert _sentences(here.manager, waiting=True) == [f"复查 {verify.finding.title} 的整改"]
    assert _sentences(here.finder) == []
    assert _sentences(here.third) == [f"复查 {verify.finding.title} 的整改"]
    assert _sentences(here.centre_head) == []


def test_a_request_for_more_time_asks_the_head_and_nobody_below(here: World, order: Order) -> None:
    actions.ask_extension(
        order=order, until=at("2026-11-30").date(), reason="配件", by=here.manager, at=at("2026-11-23")
    )
    wanted = f"决定是否准许延期：{order.finding.title}"
    assert wanted in _sentences(here.head)
    assert wanted not in _sentences(here.third)
    text = page(here.head, order)
    assert "等待您审批延期" in text
    assert "延期待批" in text
    given = {"is_granted": "yes", "decision": ""}
    assert desk(here.head).post(url("decide_extension", order), given).status_code == 302
    order.refresh_from_db()
    assert str(order.due_on) == "2026-11-30"
    again = desk(here.head).post(url("decide_extension", order), given)
    assert again.status_code == 422
    assert "没有待批的延期申请" in again.content.decode()


def test_panels_of_other_rooms_show_this_years_findings(here: World, there: World) -> None:
    order, foreign = issued(here, when=at("2026-11-20")), issued(there, when=at("2026-11-20"))
    request = _request(here.head)
    for render, thing in (
        (panels.of_place, order.finding.place),
        (panels.of_place, here.root),
        (panels.of_duty, order.finding.duty),
        (panels.of_clause, order.finding.requirement.clause),
    ):
        content = render(request, thing)
        assert content is not None
        assert [row.pk for row in content.context["rows"]] == [order.finding_id]
    clause = order.finding.requirement.clause
    assert panels.failures_by_clause(clause.edition, at("2026-11-23").date(), request.scope) == {clause.number: 1}
    assert panels.failures_by_clause(clause.edition, at("2026-11-23").date(), _request(there.manager).scope) == {}
    assert [hit.url for hit in panels.find_findings(request, "氨浓度")] == [order.finding.get_absolute_url()]
    assert panels.find_findings(_request(there.manager), order.finding.number) == []
    rows = findings.open_by_line(here.area, request.scope)
    assert rows == [{"line": "保洁", "by_severity": {"B": 1}, "total": 1}]
    worst = findings.most_failed_clauses(here.area, since=at("2026-01-01").date(), scope=request.scope)
    assert [(row["count"], row["clause_number"]) for row in worst] == [(1, clause.number)]
    assert dict(findings.open_by_area([here.area, there.area])) == {here.area: 1, there.area: 1}
    assert foreign.finding.place.pk


def test_a_clause_and_a_duty_say_how_far_their_orders_have_come(here: World, there: World, order: Order) -> None:
    clause, duty = order.finding.requirement.clause, order.finding.duty

    def facts(person: Any) -> list[str]:
        beads = (
            panels.order_bead_of_clause(_request(person), clause),
            panels.order_bead_of_duty(_request(person), duty),
        )
        return [str(bead.fact) for bead in beads]

    assert facts(here.head) == ["1 个未闭环"] * 2
    assert facts(there.manager) == ["今年没有"] * 2
    answer(here, order, when=at("2026-11-23", 8))
    actions.accept_answer(order=order, by=here.head, at=at("2026-11-23"))
    assert facts(here.head) == ["1 个已闭环"] * 2
    assert "1 个已闭环" in desk(here.head).get(clause.get_absolute_url()).content.decode()


def _request(person: Any) -> Any:
    request = RequestFactory().get("/")
    request.user, request.scope = person, scope_of(person)  # type: ignore[attr-defined]
    return request


def _sentences(person: Any, *, waiting: bool = False) -> list[str]:
    found = [todo for todo in todos(_request(person)) if bool(todo.waiting_for) == waiting]
    return [f"{todo.before}{todo.strong}{todo.after}" for todo in sorted(found, key=lambda todo: str(todo.due))]
