"""The pages of the standards room, as different people see them."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.people import centre, company, person
from tests.norms.standards.texts import cleaning
from wolong.ground.people.models import Person
from wolong.ground.people.states import Role
from wolong.norms.standards import access, actions, registries
from wolong.norms.standards.models import Clause, Edition
from wolong.norms.standards.registries import Impact, ImpactLine
from wolong.norms.standards.states import EditionState

AT = dt.datetime(2026, 11, 23, 1, 0, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def signed_in(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


@pytest.fixture
def people() -> dict[str, Person]:
    home = centre()
    return {
        "drafter": person(Role.STANDARDS, home),
        "approver": person(Role.CENTRE_HEAD, home),
        "inspector": person(Role.INSPECTOR, home),
        "supplier": person(Role.SUPPLIER_MANAGER, company()),
    }


@pytest.fixture
def editions(people: dict[str, Person]) -> tuple[Edition, Edition]:
    found = []
    for text in (cleaning(2021, times=1, limit="0.5"), cleaning(2026)):
        edition = actions.draft_edition(text=text, by=people["drafter"], at=AT)
        actions.approve_edition(edition=edition, by=people["approver"], at=AT)
        found.append(actions.bring_into_force(edition=edition, by=people["approver"], at=AT))
    return found[0], found[1]


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_library_lists_each_standard_once_with_its_ruling_edition(
    people: dict[str, Person], editions: tuple[Edition, Edition]
) -> None:
    page = text_of(signed_in(people["inspector"]).get(reverse("standards:list")))
    assert page.count("公共区域清洁服务规范") >= 1
    assert "Q/WLS BZ06-003—2026" in page
    assert "Q/WLS BZ06-003—2021" not in page


def test_the_list_exports_a_sheet_and_narrows(people: dict[str, Person], editions: tuple[Edition, Edition]) -> None:
    client = signed_in(people["inspector"])
    answer = client.get(reverse("standards:list"), {"export": "xlsx"})
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert b"".join(answer.streaming_content)[:2] == b"PK"  # type: ignore[arg-type]
    assert "公共区域清洁服务规范" not in text_of(client.get(reverse("standards:list"), {"level": "国家"}))


def test_a_clause_page_says_how_it_is_read_and_what_changed(
    people: dict[str, Person], editions: tuple[Edition, Edition]
) -> None:
    clause = Clause.objects.get(edition=editions[1], number="5.1.2")
    page = text_of(signed_in(people["inspector"]).get(clause.get_absolute_url()))
    for word in (
        "读成 2 个指标",
        "场所/卫生间",
        "每季度抽查 20%",
        "待核",
        "与 2021 版相比",
        "限值收紧",
        "<del>0.5</del>",
        "<ins>0.3</ins>",
    ):
        assert word in page
    assert "看现行条款" not in page


def test_a_value_to_be_confirmed_says_so_wherever_the_text_stands(
    people: dict[str, Person], editions: tuple[Edition, Edition]
) -> None:
    client, mark = signed_in(people["inspector"]), "这个值还没有与原文核对"
    neighbour = Clause.objects.get(edition=editions[1], number="5.1.1")
    for address in (
        neighbour.get_absolute_url(),
        editions[1].get_absolute_url(),
        reverse("standards:compare", args=[editions[1].pk]),
    ):
        assert text_of(client.get(address)).count(mark) == 1, address


def test_an_old_clause_says_so_and_leads_to_the_ruling_one(
    people: dict[str, Person], editions: tuple[Edition, Edition]
) -> None:
    old = Clause.objects.get(edition=editions[0], number="5.1.1")
    new = Clause.objects.get(edition=editions[1], number="5.1.1")
    page = text_of(signed_in(people["inspector"]).get(old.get_absolute_url()))
    assert "您在看以前的版本" in page
    assert new.get_absolute_url() in page


def test_the_contents_carry_this_years_failures(people: dict[str, Person], editions: tuple[Edition, Edition]) -> None:
    clause = Clause.objects.get(edition=editions[1], number="5.1.1")
    registries.clause_counts.register("test", lambda edition, on, scope: {clause.number: 47})
    try:
        page = text_of(signed_in(people["inspector"]).get(clause.get_absolute_url()))
    finally:
        registries.clause_counts.unregister("test")
    assert "<em>47</em>" in page


def test_the_exact_text_is_downloaded(people: dict[str, Person], editions: tuple[Edition, Edition]) -> None:
    answer = signed_in(people["inspector"]).get(reverse("standards:text", args=[editions[0].pk]))
    assert answer.content.decode() == cleaning(2021, times=1, limit="0.5")


def test_a_company_opens_no_standard_but_its_own_clauses(
    people: dict[str, Person], editions: tuple[Edition, Edition]
) -> None:
    client = signed_in(people["supplier"])
    hall = Clause.objects.get(edition=editions[1], number="5.1.1")
    air = Clause.objects.get(edition=editions[1], number="5.1.2")
    assert client.get(reverse("standards:list")).status_code == 403
    for name in ("edition", "text", "compare"):
        assert client.get(reverse(f"standards:{name}", args=[editions[1].pk])).status_code == 404
    assert client.get(reverse("standards:standard", args=[editions[1].standard_id])).status_code == 404
    assert client.get(reverse("standards:try")).status_code == 403
    known = dict(access._readers)
    access.register_reader("duties", lambda scope: access.Q(pk=hall.pk))
    try:
        page = client.get(hall.get_absolute_url())
        assert page.status_code == 200
        assert air.text not in text_of(page)
        assert client.get(air.get_absolute_url()).status_code == 404
    finally:
        access._readers.clear()
        access._readers.update(known)


def test_a_draft_is_pasted_with_its_faults_beside_it(people: dict[str, Person]) -> None:
    client = signed_in(people["drafter"])
    answer = client.post(reverse("standards:draft"), {"text": cleaning().replace("检查:查看", "看法:查看")})
    assert answer.status_code == 422
    page = text_of(answer)
    assert "看法" in page
    assert "第 21 行" in page
    assert not Edition.objects.exists()
    answer = client.post(reverse("standards:draft"), {"text": cleaning().replace("\n", "\r\n")})
    assert answer.status_code == 302
    assert Edition.objects.get().text == cleaning()


def test_a_file_that_is_no_text_is_refused(people: dict[str, Person]) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("a.md", "标准".encode("gb18030"))
    answer = signed_in(people["drafter"]).post(reverse("standards:draft"), {"file": file})
    assert answer.status_code == 422
    assert "UTF-8" in text_of(answer)


def test_drafter_and_approver_are_two_people_on_screen_too(people: dict[str, Person]) -> None:
    edition = actions.draft_edition(text=cleaning(first_day="2027-01-01"), by=people["drafter"], at=AT)
    url = reverse("standards:approve", args=[edition.pk])
    assert signed_in(people["drafter"]).post(url).status_code == 403
    assert signed_in(people["inspector"]).post(url).status_code == 403
    assert "等待您批准" in text_of(signed_in(people["approver"]).get(edition.get_absolute_url()))
    assert signed_in(people["approver"]).post(url).status_code == 302
    edition.refresh_from_db()
    assert edition.state == EditionState.APPROVED
    force = reverse("standards:force", args=[edition.pk])
    assert signed_in(people["approver"]).post(force, {"on": "2027-02-01"}).status_code == 302
    edition.refresh_from_db()
    assert edition.effective_on == dt.date(2027, 2, 1)


def test_a_clause_is_tried_with_what_it_would_make(people: dict[str, Person]) -> None:
    client = signed_in(people["inspector"])
    registries.areas.register("test", lambda request: [(7, "卧龙山办公区")])
    registries.impact.register(
        "test",
        lambda rows, area, on: Impact(title="职责", lines=[ImpactLine(ordinal=1, objects=62, gaps=["没人查"])]),
    )
    try:
        data = {"text": "大厅地面每日清扫应不少于 2 次。\n> 对象:场所/大厅 | 责任:保洁", "area": "7"}
        whole = text_of(client.post(reverse("standards:try"), data))
        part = text_of(
            client.post(reverse("standards:try"), data, headers={"HX-Request": "true", "HX-Target": "wl-tried"})
        )
    finally:
        registries.areas.unregister("test")
        registries.impact.unregister("test")
    for page in (whole, part):
        assert "读成 1 个指标" in page
        assert "62 个" in page
        assert "没人查" in page
    assert "<html" in whole
    assert "<html" not in part
    assert not Edition.objects.exists()


def test_a_draft_waits_on_the_home_of_who_may_approve_it(people: dict[str, Person], rf: Any) -> None:
    from wolong.ground.people.access import scope_of
    from wolong.norms.standards.panels import drafts_to_approve

    actions.draft_edition(text=cleaning(), by=people["drafter"], at=AT)

    def waits(who: Person) -> int:
        request = rf.get("/")
        request.scope = scope_of(who)
        return len(list(drafts_to_approve(request)))

    assert [waits(people[name]) for name in ("approver", "drafter", "inspector", "supplier")] == [1, 0, 0, 0]


def questions(client: Client, url: str) -> int:
    """The queries of a page; savepoints stand around them only inside of a test's transaction."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in captured.captured_queries)


def test_a_clause_page_and_the_list_ask_few_questions(
    people: dict[str, Person], editions: tuple[Edition, Edition]
) -> None:
    client = signed_in(people["inspector"])
    clause = Clause.objects.get(edition=editions[1], number="5.1.2")
    assert questions(client, clause.get_absolute_url()) <= 18
    assert questions(client, reverse("standards:list")) <= 12
