"""Home says what is next to each; areas are chosen among one's own; the demo's doors exist in demo mode only."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.findings import World, world
from tests.factories.people import person
from wolong.ground.people.models import Person
from wolong.ground.people.states import Role

pytestmark = pytest.mark.django_db

MOST_QUERIES = 20


def desk(who: Person | None) -> Client:
    client = Client(HTTP_HOST="localhost")
    if who is not None:
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


def asked(client: Client) -> list[str]:
    """What home asks the database; savepoints are the test's own, since it runs inside a transaction."""
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    return [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]


@pytest.fixture
def here() -> World:
    return world()


def test_the_anonymous_are_sent_to_sign_in() -> None:
    for name in ("home", "todos"):
        answer = desk(None).get(reverse(name))
        assert answer.status_code == 302
        assert answer["location"].startswith("/account/login/")


def test_a_section_head_reads_what_waits_first(here: World) -> None:
    here.finding()
    text = desk(here.head).get("/").content.decode()
    assert "1 件事等您" in text
    assert "下发整改通知单" in text
    assert "这一块没取到" not in text


def test_who_has_nothing_to_do_is_told_so(here: World) -> None:
    text = desk(here.manager).get("/").content.decode()
    assert "没有事等您" in text
    assert "标准走到了哪一步" not in text


def test_every_figure_of_home_comes_within_the_budget_of_queries(here: World) -> None:
    for _ in range(4):
        here.finding()
    client = desk(here.head)
    client.get("/")
    few = asked(client)
    for _ in range(12):
        here.finding()
    many = asked(client)
    assert len(many) == len(few)
    assert len(many) <= MOST_QUERIES, [sql[:120] for sql in many]


def test_one_looks_only_at_areas_that_are_ones_own(here: World) -> None:
    other = world("BJX", name="北京西路办公区")
    client = desk(here.head)
    client.post(reverse("choose-area"), {"area": other.area.pk, "next": "/"})
    assert "北京西路办公区" not in client.get("/").content.decode()
    leader = person(Role.LEADER, here.centre.parent)
    leader_desk = desk(leader)
    leader_desk.post(reverse("choose-area"), {"area": here.area.pk, "next": "/"})
    assert leader_desk.session["area"] == here.area.pk


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_choosing_an_area_never_leads_elsewhere(here: World, target: str) -> None:
    answer = desk(here.head).post(reverse("choose-area"), {"area": "x", "next": target})
    assert answer["location"] == "/"


@pytest.mark.parametrize("name", ["demo-switch", "demo-walk"])
def test_without_demo_mode_the_switch_does_not_exist(here: World, name: str) -> None:
    assert desk(here.head).post(reverse(name), {"account": "lizhuguan", "step": "0"}).status_code == 404
    assert "wl-demo" not in desk(here.head).get("/").content.decode()


@pytest.mark.parametrize("name", ["signup", "reset_password", "email", "set_password", "reauthenticate"])
def test_nobody_signs_up_or_resets_by_themselves(name: str) -> None:
    assert desk(None).get(reverse(f"account_{name}")).status_code == 404
