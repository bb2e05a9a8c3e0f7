"""The read API: by session or token, within one's own scope, nothing to write."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator

from tests.factories.findings import World, world
from tests.factories.people import company, person
from tests.factories.rectification import issued
from wolong.ground.people.actions import make_token, revoke_token
from wolong.ground.people.models import Person
from wolong.ground.people.states import Role
from wolong.ground.workdays.queries import now

pytestmark = pytest.mark.django_db

LISTS = ("standards", "places", "equipment", "duties", "findings", "orders")
MOST_QUERIES = 12


@pytest.fixture
def here() -> World:
    return world()


def token(of: Person, **more: Any) -> str:
    given = {"name": "试", "expires_on": date.today() + timedelta(days=30)}
    return make_token(owner=of, by=of, at=now(), **{**given, **more})[1]


def get(path: str, raw: str | None = None) -> Any:
    headers = {"authorization": f"Bearer {raw}"} if raw is not None else {}
    return Client(HTTP_HOST="localhost").get(f"/api/{path}", headers=headers)


@pytest.mark.parametrize("room", LISTS)
def test_nobody_reads_without_a_session_or_token(room: str) -> None:
    assert get(f"{room}/").status_code == 401
    assert get(f"{room}/", "wl_guess").status_code == 401
    assert get("openapi.json").status_code == 401


@pytest.mark.parametrize("room", LISTS)
def test_nothing_is_written_through_it(here: World, room: str) -> None:
    raw = token(here.head)
    for verb in ("post", "put", "patch", "delete"):
        answer = getattr(Client(HTTP_HOST="localhost"), verb)(
            f"/api/{room}/", headers={"authorization": f"Bearer {raw}"}
        )
        assert answer.status_code == 405


def test_a_token_reads_what_its_owner_sees(here: World) -> None:
    order = issued(here)
    assert get("orders/", token(here.head)).json()["count"] == 1
    assert get(f"orders/{order.pk}/", token(here.manager)).json()["number"] == order.number
    stranger = person(Role.SUPPLIER_MANAGER, company("示例弱电公司"))
    raw = token(stranger)
    assert get("orders/", raw).json() == {"items": [], "count": 0}
    assert get(f"orders/{order.pk}/", raw).status_code == 404
    assert get(f"findings/{order.finding_id}/", raw).status_code == 404
    assert get("places/", raw).json()["count"] == 0


def test_a_revoked_or_expired_token_reads_nothing(here: World) -> None:
    made, raw = make_token(
        owner=here.head, name="试", expires_on=date.today() + timedelta(days=2), by=here.head, at=now()
    )
    assert get("findings/", raw).status_code == 200
    revoke_token(token=made, by=here.head, at=now())
    assert get("findings/", raw).status_code == 401


@pytest.mark.parametrize(
    "query",
    [
        "limit=-1",
        "limit=x",
        "offset=99999999999999",
        "area=' OR 1=1",
        "stage=%00",
        "limit=100000",
        f"limit={'9' * 40}",
        f"offset={'9' * 40}",
    ],
)
def test_a_hostile_query_is_answered_not_broken(here: World, query: str) -> None:
    here.finding()
    assert get(f"findings/?{query}", token(here.head)).status_code in {200, 400, 422}


@pytest.mark.parametrize("room", LISTS)
def test_a_list_takes_few_queries_whatever_its_length(here: World, room: str) -> None:
    issued(here)
    raw = token(here.head)
    get(f"{room}/", raw)
    with CaptureQueriesContext(connection) as few:
        assert get(f"{room}/", raw).status_code == 200
    for _ in range(5):
        issued(here)
    with CaptureQueriesContext(connection) as many:
        answer = get(f"{room}/", raw)
    assert len(many) == len(few) <= MOST_QUERIES
    assert answer.json()["count"] == len(answer.json()["items"])


def test_the_schema_describes_every_list(here: World) -> None:
    schema = get("openapi.json", token(here.head)).json()
    assert {f"/api/{room}/" for room in LISTS} <= set(schema["paths"])
    issued(here)
    row = get("orders/", token(here.head)).json()["items"][0]
    shape = {**schema["components"]["schemas"]["OrderOut"], "components": schema["components"]}
    assert list(Draft202012Validator(shape).iter_errors(row)) == []
