"""A company sees its own and nothing else; the anonymous see nothing but sign-in. Over every address there is."""

import json
import re
import urllib.parse

import psycopg
import pytest

from tests.journeys.client import Client
from tests.journeys.routes import PARAMETER, Ids, Route, routes
from tests.journeys.server import DemoServer

pytestmark = pytest.mark.journey

COMPANY, OTHERS = "elv", ("示例物业", "示例电梯")
OWN = "示例弱电%"
# Tables that a look or a refused attempt may touch: sessions, sign-in attempts, the queue.
ALSO_WRITTEN = re.compile(r"^(django_|axes_|procrastinate_|auth_|account_)")
OPEN_TO_ALL = {"/account/login/", "/account/inactive/", "/account/logout/", "/demo/switch/", "/demo/walk/"}
# The open window: everything that anybody may see without signing in. It shows what was published, to whomever.
PUBLIC = {
    "public/",
    "public/standards/",
    "public/scores/",
    "public/notices/",
    "public/search/",
    "public/items/<slug:number>/",
    "public/ledger/",
    "public/ledger/head.txt",
    "public/ledger/head.json",
}
# Parts drawn with made-up facts, the same for everybody.
EXAMPLES = {"/gallery/"}
# One's own things, which everybody may change.
ONES_OWN = re.compile(r"^(account|demo|theme|area|inbox|views|people/me|subscriptions/calendar)/")
EXPORTS = ("", "?export=xlsx")


def _rows(demo: DemoServer, query: str) -> list[str]:
    with psycopg.connect(demo.database_url) as connection:
        return [row[0] for row in connection.execute(query)]


def _of_others(table: str, column: str, unit: str, own: str) -> str:
    return (
        f"SELECT t.{column} FROM {table} t LEFT JOIN people_organization o ON o.id = t.{unit}"
        f" WHERE o.short_name IS NULL OR o.short_name NOT LIKE '{own}'"
    )


def _of_own(table: str, column: str, unit: str) -> str:
    return f"SELECT t.{column} FROM {table} t JOIN people_organization o ON o.id = t.{unit} WHERE o.short_name LIKE '{OWN}'"


@pytest.fixture(scope="module")
def foreign_words(demo: DemoServer) -> list[str]:
    """What would give another company away: names, and the numbers of its contracts, findings and orders."""
    found = list(OTHERS)
    for table, column, unit in (
        ("findings_finding", "number", "responsible_id"),
        ("rectification_order", "number", "responsible_id"),
        ("contracts_contract", "number", "supplier_id"),
    ):
        found += _rows(demo, _of_others(table, column, unit, OWN))
    assert len(found) > len(OTHERS) + 10, "the demo holds too little to prove anything"
    return found


def _given_away(text: str, words: list[str]) -> list[str]:
    return [word for word in words if word in text][:3]


@pytest.mark.parametrize("account", ["fengjingli", "zhaojingli"])
def test_no_address_shows_a_company_what_is_anothers(demo: DemoServer, foreign_words: list[str], account: str) -> None:
    client, ids, leaks, broken, shown = Client(demo.url, account), Ids(demo.database_url), [], [], 0
    words = foreign_words if account == "fengjingli" else ["示例电梯", "示例弱电"]
    for route in routes():
        for path in ids.paths(route):
            for suffix in EXPORTS if not PARAMETER.search(route.pattern) else ("",):
                answer = client.get(path + suffix)
                shown += answer.status == 200
                if answer.status >= 500:
                    broken.append(f"{path}{suffix} {answer.status}")
                if (
                    path not in EXAMPLES
                    and route.pattern not in PUBLIC
                    and answer.status == 200
                    and (given := _given_away(answer.text, words))
                ):
                    leaks.append(f"{path}{suffix} {given}")
    assert leaks == []
    assert broken == []
    assert shown > 20, "a company that sees nothing at all proves nothing"


@pytest.mark.parametrize("name", ["findings", "orders", "duties"])
def test_a_count_counts_only_ones_own(demo: DemoServer, name: str) -> None:
    table, unit = {
        "findings": ("findings_finding", "responsible_id"),
        "orders": ("rectification_order", "responsible_id"),
        "duties": ("duties_duty", "doer_id"),
    }[name]
    every = len(_rows(demo, f"SELECT id FROM {table}"))
    counted = json.loads(Client(demo.url, "fengjingli").get(f"/api/{name}/").body)["count"]
    known = {str(row) for row in _rows(demo, _of_others(table, "id", unit, OWN))}
    assert counted <= every - len(known)
    answered = json.loads(Client(demo.url, "fengjingli").get(f"/api/{name}/?limit=100").body)["items"]
    assert not {str(row["id"]) for row in answered} & known


@pytest.mark.parametrize("account", ["fengjingli", None])
def test_no_post_of_a_stranger_changes_anything(demo: DemoServer, account: str | None) -> None:
    client, ids = Client(demo.url, account), Ids(demo.database_url)
    client.get("/account/login/")
    before, broken = _state(demo), []
    given = dict.fromkeys(("reason", "remark", "name", "cause", "measure", "demand", "code", "text"), "试")
    for route in routes():
        if ONES_OWN.match(route.pattern) and account is not None:
            continue
        if route.pattern.startswith("demo/"):
            continue
        for path in _foreign(demo, ids, route):
            answer = client.post(path, {**given, "verdict": "conforms", "is_granted": "yes", "due_on": "2099-01-01"})
            if answer.status >= 500:
                broken.append(f"{path} {answer.status}")
    changed = {table: rows for table, rows in _state(demo).items() if rows != before[table]}
    assert changed == {}
    assert broken == []


def test_no_command_by_the_api_reaches_what_is_anothers(demo: DemoServer) -> None:
    """What stands in the body is as foreign as what stands in the address."""
    client, before = Client(demo.url, "fengjingli"), _state(demo)
    answered: dict[str, set[int]] = {}
    for table, unit, name in (
        ("duties_duty", "doer_id", "duty_id"),
        ("findings_finding", "responsible_id", "finding_id"),
    ):
        for pk in _rows(demo, _of_others(table, "id", unit, OWN))[:40]:
            form = urllib.parse.urlencode({name: pk, "remark": "试", "value_text": "1"}).encode()
            made = {
                "/api/findings/": client.command(
                    "/api/findings/", form, "application/x-www-form-urlencoded", f"f{name}{pk}"
                ),
                "/api/orders/": client.command(
                    "/api/orders/", json.dumps({name: pk}).encode(), "application/json", f"o{pk}"
                ),
            }
            for path, answer in made.items():
                answered.setdefault(f"{path} {name}", set()).add(answer.status)
    form = urllib.parse.urlencode({"cause_kind": "person", "cause": "试", "measure": "试"}).encode()
    for pk in _rows(demo, _of_others("rectification_order", "id", "responsible_id", OWN))[:40]:
        for verb in ("receive", "answers"):
            answer = client.command(
                f"/api/orders/{pk}/{verb}/", form, "application/x-www-form-urlencoded", f"{verb}{pk}"
            )
            answered.setdefault(verb, set()).add(answer.status)
    assert answered == {
        "/api/findings/ duty_id": {404},
        "/api/findings/ finding_id": {422},
        "/api/orders/ duty_id": {422},
        "/api/orders/ finding_id": {404},
        "receive": {404},
        "answers": {404},
    }
    assert {table: rows for table, rows in _state(demo).items() if rows != before[table]} == {}


# What is a company's own among the things that stand in addresses: orders to it, and clauses that it carries out.
OWNED = {
    "findings_finding": ("findings_finding", "id", "responsible_id"),
    "rectification_order": ("rectification_order", "id", "responsible_id"),
    "standards_clause": (
        "(SELECT r.clause_id, d.doer_id FROM duties_duty d JOIN standards_requirement r ON r.id = d.requirement_id)",
        "clause_id",
        "doer_id",
    ),
}


def _foreign(demo: DemoServer, ids: Ids, route: Route) -> list[str]:
    """Addresses of things that are not this company's."""
    paths = ids.paths(route)
    table = (route.source or "").rsplit(" ", 1)[-1]
    if table not in OWNED:
        return paths
    own = {str(row) for row in _rows(demo, _of_own(*OWNED[table]))}
    return [path for path in paths if not set(re.findall(r"\d+", path)) & own]


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
        for path in ids.paths(route)[:2]:
            if path in OPEN_TO_ALL:
                continue
            answer = client.get(path)
            if route.pattern in PUBLIC:
                assert answer.status == 200, path
                continue
            to_sign_in = answer.status == 302 and answer.location.startswith("/account/login/")
            if not to_sign_in and answer.status not in {401, 403, 404, 405}:
                seen.append(f"{path} {answer.status} {answer.location}")
    assert seen == []
