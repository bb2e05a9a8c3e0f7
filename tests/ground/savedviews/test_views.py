"""A person keeps views of a list for herself: nobody else sees, opens, renames or deletes them."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories.people import PersonFactory
from tests.loop.rectification.test_races import at_once
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person
from wolong.ground.savedviews import actions
from wolong.ground.savedviews.models import SavedView
from wolong.ground.savedviews.rules import LONGEST_NAME, MOST_PER_LIST, kept_query

MESSAGES = "inbox:list"
MENU = {"HTTP_HX_REQUEST": "true"}


def keep(by: Person, name: str, address: str = "tab=all", *, replace: bool = False) -> SavedView:
    return actions.save_view(list_name=MESSAGES, name=name, address=address, replace=replace, by=by, at=timezone.now())


def address_of(name: str, **params: str) -> str:
    return f"{reverse(name)}?{urlencode(params)}"


@pytest.fixture
def reader(db: None) -> Any:
    return PersonFactory()


@pytest.fixture
def desk(client: Client, reader: Any) -> Client:
    client.force_login(reader)
    return client


def post(desk: Client, name: str, at: str = "tab=all", **more: str) -> Any:
    return desk.post(address_of("savedviews:save", list=MESSAGES, at=at), {"name": name, **more})


def test_what_is_kept_is_how_the_list_looks_and_not_where_one_stood() -> None:
    assert kept_query("page=3&tab=all&export=xlsx&q=整改&columns=a,b&view=7&kind=1&kind=2") == urlencode(
        [("tab", "all"), ("q", "整改"), ("columns", "a,b"), ("kind", "1"), ("kind", "2")]
    )


def test_a_view_opens_the_list_as_it_was_kept(desk: Client, reader: Any) -> None:
    answer = post(desk, " 全部  消息 ", at="tab=all&sort=-sent_at&page=4")
    view = SavedView.objects.get()
    assert (view.person, view.list_name, view.name) == (reader, MESSAGES, "全部 消息")
    assert answer["Location"] == view.get_absolute_url()
    assert parse_qs(urlsplit(answer["Location"]).query) == {
        "view": [str(view.pk)],
        "tab": ["all"],
        "sort": ["-sent_at"],
    }
    assert desk.get(answer["Location"]).status_code == 200


def test_a_taken_name_is_written_over_only_when_said(desk: Client, reader: Any) -> None:
    view = keep(reader, "全部")
    answer = post(desk, "全部", at="tab=unread")
    assert answer.status_code == 422
    assert "已经有一个叫“全部”的视图" in answer.content.decode()
    assert 'name="replace"' in answer.content.decode()
    assert post(desk, "全部", at="tab=unread", replace="on").status_code == 302
    view.refresh_from_db()
    assert view.query == "tab=unread"


@pytest.mark.parametrize("name", ["", "   ", "字" * (LONGEST_NAME + 1), "a\u202eb", "a\u200bb", "a\x07b"])
def test_a_name_that_cannot_be_read_is_refused(desk: Client, name: str) -> None:
    assert post(desk, name).status_code == 422
    assert SavedView.objects.count() == 0


def test_a_name_is_only_ever_text(desk: Client, reader: Any) -> None:
    name = "<b>&'\"{{1}}%s"
    keep(reader, name)
    for headers in ({}, MENU):
        page = desk.get(address_of("savedviews:views", list=MESSAGES), **headers).content.decode()
        assert "<b>&" not in page
        assert "&lt;b&gt;&amp;" in page


def test_one_view_too_many_is_refused_and_says_what_to_do(reader: Any) -> None:
    for number in range(MOST_PER_LIST):
        keep(reader, f"视图 {number}")
    with pytest.raises(Refused, match="最多存 20 个视图"):
        keep(reader, "再一个")
    keep(reader, "视图 3", "tab=unread", replace=True)
    actions.save_view(list_name="people:list", name="别的列表", address="", replace=False, by=reader, at=timezone.now())


def test_a_view_that_holds_too_much_is_refused(reader: Any) -> None:
    with pytest.raises(Refused, match="存不下"):
        keep(reader, "太长", "q=" + "x" * 5000)


@pytest.mark.parametrize("verb", ["rename", "delete", "open_with", "open_plainly"])
def test_anothers_view_is_not_there(desk: Client, verb: str) -> None:
    other = PersonFactory()
    view = keep(other, "别人的视图")
    for ask in (desk.get, desk.post):
        assert ask(reverse(f"savedviews:{verb}", args=[view.pk]), {"name": "我的"}).status_code == 404
    for headers in ({}, MENU):
        assert "别人的视图" not in desk.get(address_of("savedviews:views", list=MESSAGES), **headers).content.decode()
    other.refresh_from_db()
    view.refresh_from_db()
    assert (view.name, other.opening_views) == ("别人的视图", {})


def test_the_actions_themselves_refuse_anothers_view(reader: Any) -> None:
    view = keep(PersonFactory(), "别人的")
    for act in (
        lambda: actions.rename_view(view=view, name="我的", by=reader),
        lambda: actions.delete_view(view=view, by=reader),
        lambda: actions.open_with(view=view, by=reader),
        lambda: actions.open_plainly(view=view, by=reader),
    ):
        with pytest.raises(Refused):
            act()


def test_a_view_is_renamed_and_deleted(desk: Client, reader: Any) -> None:
    view, other = keep(reader, "旧名"), keep(reader, "另一个")
    rename = reverse("savedviews:rename", args=[view.pk])
    assert desk.post(rename, {"name": "另一个"}).status_code == 422
    assert desk.post(rename, {"name": "旧名"}).status_code == 302
    assert desk.post(rename, {"name": "新名"})["Location"] == address_of("savedviews:views", list=MESSAGES)
    view.refresh_from_db()
    assert view.name == "新名"
    assert desk.post(reverse("savedviews:delete", args=[view.pk])).status_code == 302
    assert list(SavedView.objects.all()) == [other]


def test_a_list_opens_with_the_view_that_was_chosen_for_it(desk: Client, reader: Any) -> None:
    view = keep(reader, "全部")
    bare = reverse(MESSAGES)
    assert desk.get(bare).status_code == 200
    desk.post(reverse("savedviews:open_with", args=[view.pk]))
    assert desk.get(bare)["Location"] == view.get_absolute_url()
    assert desk.get(f"{bare}?tab=unread").status_code == 200, "an address that says what it wants gets it"
    assert desk.get(f"{bare}?view=").status_code == 200
    menu = desk.get(address_of("savedviews:views", list=MESSAGES), **MENU).content.decode()
    assert f'href="{bare}?view="' in menu
    desk.post(reverse("savedviews:open_plainly", args=[view.pk]))
    assert desk.get(bare).status_code == 200


def test_a_list_opens_plainly_again_when_its_view_is_thrown_away(desk: Client, reader: Any) -> None:
    view = keep(reader, "全部")
    actions.open_with(view=view, by=reader)
    desk.post(reverse("savedviews:delete", args=[view.pk]))
    assert desk.get(reverse(MESSAGES)).status_code == 200
    reader.refresh_from_db()
    assert reader.opening_views == {}


def test_a_list_asks_nothing_more_for_whoever_has_no_view_to_open_with(desk: Client, reader: Any) -> None:
    desk.get(reverse(MESSAGES))
    with CaptureQueriesContext(connection) as queries:
        desk.get(reverse(MESSAGES))
    assert not [query for query in queries if "savedviews" in query["sql"]]


def test_the_menu_tells_which_view_is_on_and_takes_its_changes(desk: Client, reader: Any) -> None:
    view = keep(reader, "全部", "tab=all")
    same = desk.get(address_of("savedviews:views", list=MESSAGES, at=f"view={view.pk}&tab=all"), **MENU)
    assert 'id="wl-view-name" hx-swap-oob="true">全部<' in same.content.decode()
    assert "把改动存进" not in same.content.decode()
    changed = desk.get(address_of("savedviews:views", list=MESSAGES, at=f"view={view.pk}&tab=unread"), **MENU)
    assert "把改动存进“全部”" in changed.content.decode()
    assert "<html" not in changed.content.decode()


@pytest.mark.parametrize("name", ["", "home", "nothing:here", "savedviews:views", "people:list", "../", "x" * 3000])
def test_only_a_list_that_one_may_open_has_views(desk: Client, name: str) -> None:
    """`people:list` is a list, but for administrators."""
    assert desk.get(address_of("savedviews:views", list=name)).status_code == 404
    assert desk.get(address_of("savedviews:save", list=name)).status_code == 404
    assert desk.post(address_of("savedviews:save", list=name), {"name": "视图"}).status_code == 404
    assert SavedView.objects.count() == 0


def test_the_anonymous_are_sent_to_sign_in(client: Client, db: None) -> None:
    for name in ("savedviews:views", "savedviews:save"):
        assert client.get(address_of(name, list=MESSAGES))["Location"].startswith("/account/login/")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_name_kept_twice_at_once_is_one_view() -> None:
    reader = PersonFactory()
    for number in range(3):
        answers = at_once(*[lambda number=number: keep(reader, f"视图 {number}")] * 4)
        assert sum(isinstance(answer, SavedView) for answer in answers) == 1
        assert sum(isinstance(answer, Refused) for answer in answers) == 3
        assert SavedView.objects.count() == number + 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_limit_holds_when_views_are_kept_at_once() -> None:
    reader = PersonFactory()
    for number in range(MOST_PER_LIST - 1):
        keep(reader, f"视图 {number}")
    at_once(*[lambda number=number: keep(reader, f"新 {number}") for number in range(4)])
    assert SavedView.objects.count() == MOST_PER_LIST
