"""The open window as anybody sees it: no sign-in, no script, no cookie, nothing that stays inside."""

import json
import re
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from typer.testing import CliRunner

from tests.factories import notices as made
from tests.factories.findings import World, at
from tests.factories.places import PlaceFactory
from tests.factories.standards import ClauseFactory, EditionFactory
from wolong.entrance.commands.proofs import ledger
from wolong.estate.contracts.models import ServiceLine
from wolong.ground.inbox.models import Message
from wolong.ground.ledger.actions import seal_entries
from wolong.ground.ledger.models import Seal
from wolong.loop.duties.models import Adoption
from wolong.loop.notices import actions, registries
from wolong.loop.notices.models import Notice
from wolong.loop.notices.offers import STANDARDS
from wolong.loop.notices.rules.content import table
from wolong.loop.notices.states import Kind

pytestmark = pytest.mark.django_db
PAGES = (
    "/public/",
    "/public/standards/",
    "/public/scores/",
    "/public/notices/",
    "/public/search/?q=%E6%B8%85%E6%B4%97",
    "/public/ledger/",
)


def _read(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def _standard(here: World) -> Notice:
    edition = EditionFactory(title="公共区域清洁服务规范", issued_on=None)
    ClauseFactory(edition=edition, number="5.1.1", text="大厅地面每日清扫应不少于 2 次，见1号楼B1302室。")
    Adoption.objects.create(
        area=here.area, standard=edition.standard, adopted_by=here.centre_head, adopted_at=at("2026-11-01")
    )
    window = made.window(here)
    notice = actions.draft_thing(
        window=window, provider=STANDARDS, key=str(edition.pk), by=here.head, at=at("2026-11-23")
    )
    actions.submit_notice(notice=notice, by=here.head, at=at("2026-11-23"))
    return actions.approve_notice(notice=notice, by=here.centre_head, at=at("2026-11-23"))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_to_anybody_and_may_be_kept_for_a_while(here: World, monday: None, path: str) -> None:
    made.published(here)
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=300"
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies
    assert "<script" not in answer.content.decode()
    again = Client().get(path, HTTP_IF_NONE_MATCH=answer["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert Client().post(path).status_code == 405


@pytest.mark.parametrize("path", ["/public/", "/public/standards/", "/public/ledger/", "/public/ledger/head.txt"])
def test_an_empty_window_opens_too(db: None, path: str) -> None:
    assert Client().get(path).status_code == 200


def test_nothing_shows_before_it_is_approved(here: World, monday: None) -> None:
    made.drafted(here)
    made.submitted(here, title="待审的通知")
    everything = "".join(map(_read, PAGES))
    assert "外墙清洗" not in everything
    assert "待审的通知" not in everything


def test_no_person_number_room_or_id_leaks(here: World, monday: None) -> None:
    PlaceFactory(area=here.area, parent=here.root, name="B1302", full_name="1号楼B1302室", is_not_public=True)
    standard, note = _standard(here), made.published(here)
    paths = (*PAGES, f"/public/items/{standard.number}/", f"/public/items/{note.number}/")
    everything = "".join(map(_read, paths))
    for inside in (
        "李主管",
        "陈主任",
        "13812345678",
        "B1302",
        "/notices/1",
        f"/notices/{note.pk}/",
        "/standards/editions",
    ):
        assert inside not in everything, inside
    assert "［已隐去：场所］" in everything
    assert not re.search(r'(?:href|id|data-\w+)="[^"]*\b(?:pk|id)=\d', everything)
    assert f"/public/items/{note.pk}/" not in everything


def test_a_standard_shows_title_number_edition_and_clauses(here: World, monday: None) -> None:
    notice = _standard(here)
    page = _read(f"/public/items/{notice.number}/")
    for shown in ("《公共区域清洁服务规范》", notice.reference, "2026-03-01", "5.1.1", "大厅地面每日清扫应不少于 2 次"):
        assert shown in page
    listed = _read("/public/standards/?q=清扫")
    assert notice.reference in listed
    assert notice.reference not in _read("/public/standards/?q=没有这个词")


def test_of_a_withdrawn_notice_the_trace_stays_and_the_content_goes(here: World, monday: None) -> None:
    notice = made.published(here)
    page = f"/public/items/{notice.number}/"
    assert "北门改道" in _read(page)
    actions.withdraw_notice(notice=notice, reason="改期", by=here.centre_head, at=at("2026-11-20"))
    trace = _read(page)
    assert "此件已于 2026年11月20日 撤回，理由：改期" in trace
    for path in (page, *PAGES):
        assert "北门" not in _read(path)
        assert "外墙清洗" not in _read(path)
    assert notice.number in _read("/public/notices/")


def test_a_hostile_text_is_shown_as_text(here: World, monday: None) -> None:
    hostile = '"><script>alert(1)</script>'
    notice = made.published(here, title=hostile, text=f"{hostile}{{% now 'Y' %}}")
    page = _read(f"/public/items/{notice.number}/")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "<script" not in _read(f"/public/search/?q={hostile}")


def test_another_room_offers_its_scores_in_a_few_lines(
    here: World, monday: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A registered provider is all that it takes: who was told before keeps the days it was told."""
    monkeypatch.setattr(registries, "_providers", dict(registries._providers))
    registries.register(
        registries.Provider(
            key="scores",
            kind=Kind.SCORE,
            label="考评得分",
            visible=lambda _scope, unit: ServiceLine.objects.filter(area__centre=unit),
            freeze=lambda line: registries.Frozen(
                title="2026 年第三季度考评结果",
                blocks=(table(["单位", "得分"], [[str(line.performer), "86.99"]], numeric=(1,)),),
                concerns=line.performer,
                told_at=at("2026-11-09"),
            ),
        )
    )
    provider = registries.provider_of("scores")
    assert provider is not None
    notice = actions.draft_thing(
        window=made.window(here), provider=provider, key=str(here.line.pk), by=here.head, at=at("2026-11-23")
    )
    notice = actions.submit_notice(notice=notice, by=here.head, at=at("2026-11-23"))
    assert str(notice.answer_due_on) == "2026-11-16"
    assert "仍可以陈述" in Message.objects.get(recipient=here.manager).sentence
    actions.approve_notice(notice=notice, by=here.centre_head, at=at("2026-11-23"))
    home = _read("/public/")
    for shown in ("2026 年第三季度考评结果", "示例物业公司", "86.99"):
        assert shown in home
    assert "2026 年第三季度考评结果" in _read("/public/scores/")


@pytest.mark.parametrize(
    "path",
    ["/public/items/1/", "/public/items/GS-2026-9999/", "/public/items/GS-2026-0001'/", "/public/unknown/"],
)
def test_what_is_not_public_is_not_there(here: World, path: str) -> None:
    made.submitted(here)
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=-1", "?page=99999999999", "?page=abc", "?page=９", "?q=" + "%25" * 300]
)
def test_odd_questions_are_answered(here: World, query: str) -> None:
    made.published(here)
    assert Client().get(f"/public/notices/{query}").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_heads_agree_with_the_command_line(here: World) -> None:
    made.published(here)
    seal_entries(at=at("2026-11-20", 9, 0))
    made.published(here)
    seal_entries(at=at("2026-11-20", 18, 0))
    made.published(here)
    last = seal_entries(at=at("2026-11-21", 0, 5))
    assert last is not None
    text = Client().get("/public/ledger/head.txt")
    printed = CliRunner().invoke(ledger, ["head"])
    assert printed.exit_code == 0
    assert text.content.decode() == printed.stdout
    rows = json.loads(Client().get("/public/ledger/head.json").content)["heads"]
    assert [row["date"] for row in rows] == ["2026-11-21", "2026-11-20"]
    assert rows[0]["hash"] == last.hash
    entries = list(Seal.objects.order_by("pk").values_list("entries", flat=True))
    assert [row["sealed_so_far"] for row in rows] == [sum(entries), sum(entries[:2])]
    assert [row["sealed_that_day"] for row in rows] == [entries[2], sum(entries[:2])]
    page = _read("/public/ledger/")
    assert all(row["hash"] in page and row["hash"] in text.content.decode() for row in rows)


def test_no_more_questions_to_the_database_with_more_notices(
    here: World, monday: None, django_assert_max_num_queries: Any
) -> None:
    for _ in range(8):
        made.published(here)
    for path, most in (("/public/", 12), ("/public/notices/", 4), ("/public/ledger/", 6)):
        with django_assert_max_num_queries(most):
            _read(path)


def test_the_sign_in_page_leads_to_the_public_pages(db: None) -> None:
    assert 'href="/public/"' in _read("/account/login/")
    call_command("check")
