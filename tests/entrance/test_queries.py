"""How many questions every list and every detail page asks the database: a ratchet, frame included, at any data size."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.functional import cached_property

from bench.fill import A_ROUND, add_findings
from tests.databases import told_house
from wolong.ground.pages.generic import DetailPage, ListPage
from wolong.ground.people.access import scope_of
from wolong.ground.people.models import Person

pytestmark = pytest.mark.slow

PINNED = Path(__file__).with_name("queries.txt")
TRANSACTION = {"BEGIN", "COMMIT", "ROLLBACK"}
MOST_ON_A_LIST, MOST_ON_A_PAGE, MOST_ON_HOME = 12, 16, 20
# Whoever sees most of a page comes first; the last ones open what only they may.
READERS = ("lizhuguan", "chenzhuren", "juzhang", "admin", "biaozhun")
EVERYBODY_AT_HOME = ("lizhuguan", "chenzhuren", "juzhang", "zhougong", "zhaojingli", "biaozhun", "admin", "shenji")


def patterns(found: Any = None, namespace: str = "") -> Iterator[tuple[str, Any]]:
    """Every named address with its view class."""
    for one in (found or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, f"{namespace}{one.namespace}:" if one.namespace else namespace)
        elif isinstance(one, URLPattern) and (view := getattr(one.callback, "view_class", None)) is not None:
            yield f"{namespace}{one.name}", view


def is_detail(view: Any) -> bool:
    return issubclass(view, DetailPage) and "get" in view.http_method_names


class Reader:
    """One person at the desk, who can tell the first row of a page's own rows."""

    def __init__(self, account: str) -> None:
        self.person = Person.objects.get(account=account)
        self.client = Client(HTTP_HOST="localhost")
        self.client.force_login(self.person, backend="django.contrib.auth.backends.ModelBackend")

    @cached_property
    def request(self) -> HttpRequest:
        request = RequestFactory().get("/")
        request.user, request.scope = self.person or AnonymousUser(), scope_of(self.person)  # type: ignore[attr-defined]
        return request

    def address(self, name: str, view: Any) -> str | None:
        if issubclass(view, ListPage):
            thing = view.of_a_thing.objects.order_by("-pk").first() if hasattr(view, "of_a_thing") else None
            return reverse(name, args=[thing.pk] if thing else [])
        page = view()
        page.request, page.kwargs = self.request, {}
        row = page.get_rows(self.request).order_by("-pk").first()
        return reverse(name, kwargs={page.lookup: getattr(row, page.lookup)}) if row is not None else None

    def asks(self, address: str) -> int | None:
        """Questions of a page that was opened before; None where this person may not open it."""
        if self.client.get(address).status_code != 200:
            return None
        with CaptureQueriesContext(connection) as queries:
            self.client.get(address)
        return sum(query["sql"] not in TRANSACTION for query in queries)


def measure(readers: list[Reader]) -> dict[str, int]:
    """The questions of each list and detail page, by the first reader who may open it."""
    found = {}
    for name, view in patterns():
        if not (issubclass(view, ListPage) or is_detail(view)):
            continue
        for reader in readers:
            address = reader.address(name, view)
            count = reader.asks(address) if address else None
            if count is not None:
                found[name] = count
                break
    return found


def pinned() -> dict[str, int]:
    lines = (line.split() for line in PINNED.read_text().splitlines() if line and not line.startswith("#"))
    return {name: int(count) for name, count in lines}


@pytest.fixture
def story(tmp_path: Path, settings: Any, django_db_blocker: Any) -> Iterator[None]:
    """The test's connection, moved to a copy of the demo story."""
    settings.FILES_ROOT = tmp_path / "files"
    with told_house(f"wolong_queries_{os.getpid()}", tmp_path) as url, django_db_blocker.unblock():
        known, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], urlsplit(url).path.strip("/")
        connection.close()
        yield
        connection.close()
        connection.settings_dict["NAME"] = known


def test_no_page_asks_more_than_is_pinned_whatever_the_data(story: None) -> None:
    readers = [Reader(account) for account in READERS]
    few = measure(readers)
    at_home = {account: Reader(account).asks("/") for account in EVERYBODY_AT_HOME}
    add_findings(2 * A_ROUND)
    many = measure(readers)
    if os.environ.get("WOLONG_PIN"):
        head = "# Questions to the database per page, frame included. They may only become fewer.\n"
        PINNED.write_text(head + "".join(f"{name} {count}\n" for name, count in sorted(many.items())))
    views = dict(patterns())
    over = {
        name: count
        for name, count in many.items()
        if count > (MOST_ON_A_LIST if issubclass(views[name], ListPage) else MOST_ON_A_PAGE)
    }
    assert not over, f"over budget: {over}"
    assert {account: count for account, count in at_home.items() if (count or 0) > MOST_ON_HOME} == {}
    known = pinned()
    assert set(many) == set(known), "a page came or went: WOLONG_PIN=1 writes the file anew"
    assert {name: count for name, count in many.items() if count > known[name]} == {}
    assert {name: (few[name], count) for name, count in many.items() if count > few.get(name, count)} == {}
