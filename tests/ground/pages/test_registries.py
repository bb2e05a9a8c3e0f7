from datetime import date
from typing import Any

import pytest
from django.db.models import QuerySet, TextChoices
from django.test import Client, RequestFactory

from tests.factories.people import PersonFactory
from wolong.ground.pages import context
from wolong.ground.pages.badges import state_html
from wolong.ground.pages.registries import menu, search, states, todos, topbar
from wolong.ground.pages.registries.figures import figures_for
from wolong.ground.pages.registries.todos import Todo
from wolong.ground.people.models import Person
from wolong.ground.questions import Counting

pytestmark = pytest.mark.usefixtures("empty_registries")
TODAY = date(2026, 11, 23)


def everybody() -> QuerySet[Person]:
    return Person.objects.all()


def nobody(_request: Any) -> None:
    """Counts nothing for anybody."""


class DoorState(TextChoices):
    OPEN = "open", "开着"
    SHUT = "shut", "关着"


class WindowState(TextChoices):
    OPEN = "open", "敞开"


@pytest.fixture
def request_(rf: RequestFactory) -> Any:
    return rf.get("/groups/3/")


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "_looks", {})
    states.register(DoorState, {DoorState.OPEN: ("ok", "door"), DoorState.SHUT: ("bad", "lock")})
    states.register(WindowState, {WindowState.OPEN: ("warn", "window")})


def todo(due: date | None, **more: Any) -> Todo:
    return Todo(due=due, sentence="复查 {} 的整改", strong="氨超标", url="/x/", verb="复查", **more)


def test_the_menu_shows_only_what_is_registered_and_allowed(settings: Any, request_: Any) -> None:
    settings.ROOT_URLCONF = "tests.ground.pages.desk"
    menu.register(menu.MenuEntry(section=menu.Section.LOOP, order=2, label="小组", url_name="groups", count=nobody))
    menu.register(
        menu.MenuEntry(section=menu.Section.LOOP, order=1, label="搜", url_name="pages:search", may=lambda r: False)
    )
    groups = menu.menu_for(request_, {"groups": "7", "pages:search": "3"})
    assert menu.counts_for(request_) == {"groups": nobody}
    assert [
        (group.heading, [(line.entry.label, line.count, line.is_current) for line in group.lines]) for group in groups
    ] == [("闭环", [("小组", "7", True)])]


def test_a_count_that_fails_shows_no_figure(settings: Any, request_: Any) -> None:
    settings.ROOT_URLCONF = "tests.ground.pages.desk"
    broken = Counting(lambda: 1 // 0, ())
    menu.register(
        menu.MenuEntry(section=menu.Section.LOOP, order=1, label="小组", url_name="groups", count=lambda r: broken)
    )
    figures = figures_for(request_)
    assert figures == {}
    assert menu.menu_for(request_, figures)[0].lines[0].count == ""


@pytest.mark.django_db
def test_a_figure_beyond_what_anybody_reads_is_said_to_be_more(settings: Any, request_: Any, monkeypatch: Any) -> None:
    settings.ROOT_URLCONF = "tests.ground.pages.desk"
    many = Counting(everybody, ())
    menu.register(
        menu.MenuEntry(section=menu.Section.LOOP, order=1, label="小组", url_name="groups", count=lambda r: many)
    )
    monkeypatch.setattr("wolong.ground.pages.registries.figures.MOST", 2)
    found = []
    for _number in range(3):
        PersonFactory()
        found.append(figures_for(request_))
    assert found == [{"groups": "1"}, {"groups": "2"}, {"groups": "2+"}]


def test_todos_are_sorted_by_due_day_and_what_waits_for_others_stands_apart(request_: Any) -> None:
    todos.register(lambda request: [todo(None), todo(date(2026, 11, 25)), todo(date(2026, 11, 20))])
    todos.register(lambda request: [todo(date(2026, 11, 24), waiting_for="赵经理")])
    found = todos.todos_for(request_)
    assert [one.due for one in found.mine] == [date(2026, 11, 20), date(2026, 11, 25), None]
    assert [one.waiting_for for one in found.waiting] == ["赵经理"]
    assert found.overdue(TODAY) == 1
    assert not found.failed


def test_a_provider_that_fails_is_said_and_the_others_count(request_: Any) -> None:
    def broken(request: Any) -> list[Todo]:
        raise RuntimeError

    todos.register(broken)
    todos.register(lambda request: [todo(TODAY)])
    found = todos.todos_for(request_)
    assert found.failed
    assert len(found.mine) == 1


def test_the_sentence_of_a_todo_splits_around_its_object() -> None:
    assert (todo(None).before, todo(None).after) == ("复查 ", " 的整改")


def test_search_asks_only_what_the_person_may_ask(desk: Client) -> None:
    hit = search.Hit("卫生间氨超标 <b>", "3 号楼", "/x/")
    search.register(search.SearchSource(label="问题", find=lambda request, q: [hit] * 20))
    search.register(search.SearchSource(label="秘密", find=lambda request, q: [hit], may=lambda request: False))

    def broken(request: Any, q: str) -> list[search.Hit]:
        raise RuntimeError

    search.register(search.SearchSource(label="坏的", find=broken))
    html = desk.get("/search/?q=氨").content.decode()
    assert html.count("卫生间氨超标 &lt;b&gt;") == search.PER_SOURCE
    assert "秘密" not in html
    assert "这一类没搜成" in html


def test_an_empty_search_says_what_was_not_found(desk: Client) -> None:
    assert "没有找到“&lt;x&gt;”" in desk.get("/search/?q=<x>").content.decode()


@pytest.mark.usefixtures("looks")
def test_a_state_is_known_by_its_enum_or_by_its_value_and_owner() -> None:
    class Door:
        __module__ = __name__
        state = "open"

        def get_state_display(self) -> str:
            return "敞开"

    assert "wl-ok" in state_html(DoorState.OPEN)
    assert "敞开" in state_html(WindowState.OPEN)
    assert "关着" in state_html("shut")
    assert "敞开" in state_html("open", Door())
    assert "没登记" in state_html("没登记")


@pytest.mark.usefixtures("looks")
def test_a_dictionary_of_looks_must_be_complete_and_its_tones_known() -> None:
    with pytest.raises(ValueError, match="shut"):
        states.register(DoorState, {DoorState.OPEN: ("ok", "door")})
    with pytest.raises(ValueError, match="pink"):
        states.register(WindowState, {WindowState.OPEN: ("pink", "window")})


def test_the_top_bar_shows_area_inbox_and_person(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "figures_for", lambda _request: {"groups": "3"})
    options = (topbar.AreaOption("卧龙山", "1", is_current=True), topbar.AreaOption("西院", "2"))
    topbar.set_areas(lambda request: topbar.AreaSwitch("卧龙山", options, "/switch/"))
    topbar.set_inbox(topbar.Inbox("groups", nobody))
    topbar.set_person(lambda request: topbar.PersonCard("李主管", "物业管理科"))
    topbar.add_person_link(topbar.PersonLink("我的令牌", "groups", "key"))
    topbar.add_bar(lambda request: "")
    html = desk.get("/groups/").content.decode()
    assert 'value="2">西院' in html
    assert "3 条消息" in html
    assert "物业管理科" in html
    assert "我的令牌" in html


def test_the_theme_cookie_takes_only_light_and_dark_and_no_foreign_address(desk: Client) -> None:
    answer = desk.post("/theme/", {"theme": "dark", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
    assert answer.cookies["wl_theme"].value == "dark"
    assert 'data-bs-theme="dark"' in desk.get("/groups/").content.decode()
    assert desk.post("/theme/", {"theme": '"><script>', "next": "/groups/"}).cookies["wl_theme"].value == ""
    assert desk.get("/theme/").status_code == 405


def test_every_page_offers_to_change_the_password_and_to_leave(desk: Client) -> None:
    html = desk.get("/groups/").content.decode()
    assert 'href="/account/password/"' in html
    assert 'action="/account/logout/"' in html


def test_signing_in_is_seen_and_not_announced(person: Any, client: Client) -> None:
    client.post("/account/login/", {"login": "li", "password": "a long password"})
    assert client.session["_auth_user_id"] == str(person.pk)
    assert "成功" not in client.get("/gallery/").content.decode()
