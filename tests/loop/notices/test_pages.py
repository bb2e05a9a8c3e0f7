"""The desk: who sees which notice, and what each page offers."""

import pytest
from django.test import Client

from tests.factories import notices as made
from tests.factories import people
from tests.factories.findings import World, at
from tests.loop.rectification.desk import desk
from wolong.ground.people.states import Role
from wolong.loop.notices import actions
from wolong.loop.notices.models import Mark, Notice, Window
from wolong.loop.notices.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def _text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def _verbs(notice: Notice) -> list[str]:
    verbs = ("revise", "submit", "mark", "lift", "approve", "return", "withdraw", "answer")
    return [f"/notices/{notice.pk}/{verb}/" for verb in verbs]


def test_the_author_sees_before_beside_after_and_the_company_only_after(here: World) -> None:
    notice = made.submitted(here, concerns=here.company, when=at("2026-11-23"))
    author = _text(desk(here.head), notice.get_absolute_url())
    assert "公开前后对照" in author
    assert "13812345678" in author
    assert "批准公示" not in author
    company = _text(desk(here.manager), notice.get_absolute_url())
    for inside in ("13812345678", "李主管", "公开前后对照"):
        assert inside not in company
    assert "陈述意见" in company
    assert "13812345678" not in _text(desk(here.finder), notice.get_absolute_url())


def test_a_company_sees_what_concerns_it_once_it_was_told_and_nothing_else(here: World, there: World) -> None:
    own, other = made.drafted(here, concerns=here.company), made.submitted(there, concerns=there.company)
    client = desk(here.manager)
    for notice in (own, other):
        for path in (notice.get_absolute_url(), *_verbs(notice)):
            assert client.get(path).status_code == 404
            assert client.post(path, {"reason": "x", "answer": "x"}).status_code in {404, 405}
    assert "外墙清洗" not in _text(client, "/notices/?tab=all")
    actions.submit_notice(notice=own, by=here.head, at=at("2026-11-23"))
    assert own.title in _text(client, "/notices/?tab=all")
    assert client.get(f"/notices/{own.pk}/approve/").status_code == 403
    assert client.get("/notices/windows/").status_code == 403


def test_another_centre_sees_none_of_it(here: World, there: World) -> None:
    notice = made.published(here)
    client = desk(there.centre_head)
    assert client.get(notice.get_absolute_url()).status_code == 404
    assert client.post(f"/notices/{notice.pk}/withdraw/", {"reason": "x"}).status_code == 404
    assert "外墙清洗" not in _text(client, "/notices/?tab=all")


def test_the_whole_way_at_the_desk(here: World) -> None:
    head, centre = desk(here.head), desk(here.centre_head)
    assert centre.post(
        "/notices/windows/set/", {"unit": here.centre.pk, "is_open": "yes", "answer_workdays": 5}
    ).status_code == 302  # fmt: skip
    window = Window.objects.get()
    answer = head.post(
        "/notices/draft/note/", {"window": window.pk, "title": "停水通知", "text": "周六停水，问李主管。"}
    )
    notice = Notice.objects.get()
    assert answer["Location"] == notice.get_absolute_url()
    assert head.post(f"/notices/{notice.pk}/mark/", {"words": "周六", "kind": "other"}).status_code == 302
    assert Mark.objects.get().words == "周六"
    assert head.post(f"/notices/{notice.pk}/submit/").status_code == 302
    assert "批准公示" in _text(centre, "/")
    refused = head.post(f"/notices/{notice.pk}/approve/")
    assert refused.status_code == 422
    assert "拟稿人不能批准自己的公示件" in refused.content.decode()
    lift = {"words": "周六", "kind": "other", "reason": "要让人知道哪天"}
    assert head.post(f"/notices/{notice.pk}/lift/", lift).status_code == 403
    assert centre.post(f"/notices/{notice.pk}/lift/", lift).status_code == 302
    assert centre.post(f"/notices/{notice.pk}/approve/").status_code == 302
    notice.refresh_from_db()
    assert notice.state == State.PUBLISHED
    public = _text(Client(), f"/public/items/{notice.number}/")
    assert "周六停水，问［已隐去：姓名］。" in public
    assert centre.post(f"/notices/{notice.pk}/withdraw/", {"reason": "已恢复"}).status_code == 302
    again = centre.post(f"/notices/{notice.pk}/withdraw/", {"reason": "再来"})
    assert again.status_code == 422
    assert "现在是“已撤回”" in again.content.decode()


def test_the_company_is_asked_on_its_home_and_answers(here: World) -> None:
    notice = made.submitted(here, concerns=here.company, when=at("2026-11-23"))
    client = desk(here.manager)
    assert "对拟公示内容" in _text(client, "/")
    assert client.post(f"/notices/{notice.pk}/answer/", {"answer": "没有意见"}).status_code == 302
    assert "没有意见" in _text(desk(here.centre_head), notice.get_absolute_url())
    early = desk(here.centre_head).post(f"/notices/{notice.pk}/approve/")
    assert early.status_code == 422
    assert "2026-12-01起才能公示" in early.content.decode()


def test_a_thing_is_drafted_from_what_is_offered_only(here: World) -> None:
    window, client = made.window(here), desk(here.head)
    for forged in ("", "1", f"{window.pk}|standards|1", f"{window.pk}|nothing|1", "x|y|z"):
        assert client.post("/notices/draft/thing/", {"thing": forged}).status_code == 422
    assert not Notice.objects.exists()


def test_who_may_not_draft_is_refused(here: World) -> None:
    for person in (here.finder, here.manager):
        for path in ("/notices/draft/note/", "/notices/draft/thing/", "/notices/windows/set/"):
            assert desk(person).get(path).status_code == 403
    staff = people.person(Role.STAFF, here.section)
    assert desk(staff).get("/notices/").status_code == 403
