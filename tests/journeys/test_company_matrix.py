"""A company sees its own and nothing else; the anonymous see nothing but sign-in. Over every address there is."""

import re

import psycopg
import pytest

from tests.journeys.client import Client
from tests.journeys.routes import TABLES, Ids, Route, routes
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.journey

COMPANY, OTHERS = "elv", ("示例物业", "示例电梯")
# Tables that a look or a refused attempt may touch: sessions, sign-in attempts, the queue.
ALSO_WRITTEN = re.compile(r"^(django_|axes_|procrastinate_|auth_|account_)")
OPEN_TO_ALL = {"/account/login/", "/demo/switch/", "/demo/walk/"}
EXPORTS = ("", "?export=xlsx", "?format=json")


def _rows(demo: DemoServer, query: str) -> list[str]:
    with psycopg.connect(demo.database_url) as connection:
        return [row[0] for row in connection.execute(query)]


@pytest.fixture(scope="session")
def foreign_words(demo: DemoServer) -> list[str]:
    """What would give another company away: names, and the numbers of its contracts, findings and orders."""
    own = "o.path LIKE (SELECT path || '%' FROM people_organization WHERE short_name LIKE '示例弱电%')"
    found = list(OTHERS)
    for table, column, unit in (
        ("findings_finding", "number", "responsible_id"),
        ("rectification_order", "number", "responsible_id"),
        ("contracts_contract", "number", "supplier_id"),
    ):
        found += _rows(
            demo, f"SELECT t.{column} FROM {table} t JOIN people_organization o ON o.id = t.{unit} WHERE NOT {own}"
        )
    assert len(found) > len(OTHERS) + 10, "the demo holds too little to prove anything"
    return found


def _table(route: Route) -> str:
    return TABLES.get(route.room, "people_person")


def _given_away(text: str, words: list[str]) -> list[str]:
    return [word for word in words if word in text][:3]


@pytest.mark.parametrize("account", ["fengjingli", "zhaojingli"])
def test_no_address_shows_a_company_what_is_anothers(
    demo: DemoServer, foreign_words: list[str], account: str
) -> None:
    client, ids, leaks, broken = Client(demo.url, account), Ids(demo.database_url), [], []
    words = foreign_words if account == "fengjingli" else ["示例电梯", "示例弱电"]
    for route in routes():
        for path in ids.paths(route, _table(route)):
            for suffix in EXPORTS if "<" not in route.pattern else ("",):
                answer = client.get(path + suffix)
                if answer.status >= 500:
                    broken.append(f"{path}{suffix} {answer.status}")
                if answer.status == 200 and (given := _given_away(answer.text, words)):
                    leaks.append(f"{path}{suffix} {given}")
    assert leaks == []
    assert broken == []


@pytest.mark.parametrize("account", ["fengjingli", None])
def test_no_post_of_a_stranger_changes_anything(demo: DemoServer, account: str | None) -> None:
    client, ids = Client(demo.url, account), Ids(demo.database_url)
    client.get("/account/login/")
    before, broken = _state(demo), []
    for route in routes():
        if route.room in {"account", "demo"} or "theme" in route.pattern:
            continue  # one's own session, not the office's facts
        for path in _foreign(demo, ids, route):
            answer = client.post(path, {"reason": "试", "remark": "试", "name": "试", "cause": "试", "measure": "试"})
            if answer.status >= 500:
                broken.append(f"{path} {answer.status}")
    assert {table: rows for table, rows in _state(demo).items() if rows != before[table]} == {}
    assert broken == []


def _foreign(demo: DemoServer, ids: Ids, route: Route) -> list[str]:
    """Addresses of things that are not this company's."""
    table = _table(route)
    unit = {"findings_finding": "responsible_id", "rectification_order": "responsible_id"}.get(table)
    if unit is None or "<" not in route.pattern:
        return ids.paths(route, table)[:8] if "<" in route.pattern else ids.paths(route, table)
    other = {
        str(row)
        for row in _rows(
            demo,
            f"SELECT t.id FROM {table} t JOIN people_organization o ON o.id = t.{unit} WHERE o.short_name NOT LIKE '示例弱电%'",
        )
    }
    return [path for path in ids.paths(route, table) if set(re.findall(r"\d+", path)) <= other]


def _state(demo: DemoServer) -> dict[str, str]:
    """A fingerprint of every table of facts."""
    with psycopg.connect(demo.database_url) as connection:
        tables = [
            row[0]
            for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
            if not ALSO_WRITTEN.match(row[0])
        ]
        return {
            table: str(
                connection.execute(
                    f"SELECT count(*) || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table} t"
                ).fetchone()
            )
            for table in tables
        }


def test_the_anonymous_see_nothing_but_sign_in(demo: DemoServer) -> None:
    client, ids, seen = Client(demo.url), Ids(demo.database_url), []
    for route in routes():
        for path in ids.paths(route, _table(route))[:2]:
            answer = client.get(path)
            if path in OPEN_TO_ALL:
                continue
            to_sign_in = answer.status == 302 and answer.location.startswith("/account/login/")
            if not to_sign_in and answer.status not in {401, 403, 404, 405}:
                seen.append(f"{path} {answer.status} {answer.location}")
    assert seen == []
