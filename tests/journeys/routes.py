"""Every address that the system has, filled with every id that could stand in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import psycopg
from django.urls import URLPattern, URLResolver, get_resolver

# What the number in an address is an id of, where the room's own table is not meant.
TABLES = {
    "accounts": "people_person",
    "duties": "duties_duty",
    "equipment": "equipment_equipment",
    "contracts": "contracts_contract",
    "fieldwork": "plans_round",
    "files": "files_evidence",
    "findings": "findings_finding",
    "inbox": "inbox_message",
    "ledger": "ledger_entry",
    "people": "people_person",
    "places": "places_place",
    "plans": "plans_plan",
    "rectification": "rectification_order",
    "standards": "standards_edition",
    "workdays": "workdays_specialday",
    "orders": "rectification_order",
}
MOST_IDS = 25
PARAMETER = re.compile(r"<(?:(?P<type>\w+):)?(?P<name>\w+)>")


@dataclass(frozen=True)
class Route:
    """`pattern` as in urls.py without regular expressions, e.g. `orders/<int:pk>/`."""

    name: str
    pattern: str

    @property
    def room(self) -> str:
        return self.pattern.removeprefix("api/").split("/")[0]


def routes() -> list[Route]:
    return sorted(set(_walk(get_resolver().url_patterns, "", "")), key=lambda route: route.pattern)


def _walk(patterns: list[URLPattern | URLResolver], prefix: str, space: str) -> Iterator[Route]:
    for pattern in patterns:
        whole = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, whole, inner)
        else:
            yield Route(f"{space}{pattern.name or ''}", whole)


class Ids:
    """Ids of every table, spread over it: first, last, and between."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._known: dict[str, list[int]] = {}

    def of(self, table: str) -> list[int]:
        if table not in self._known:
            with psycopg.connect(self._url) as connection:
                rows = [row[0] for row in connection.execute(f"SELECT id FROM {table} ORDER BY id")]
            step = max(1, len(rows) // MOST_IDS)
            self._known[table] = sorted({*rows[::step][:MOST_IDS], *rows[-2:]})
        return self._known[table]

    def paths(self, route: Route, table: str) -> list[str]:
        """The route's addresses: one without parameters, else one an id of its table (every parameter the same id)."""
        if not PARAMETER.search(route.pattern):
            return [f"/{route.pattern}"]
        return [f"/{PARAMETER.sub(partial(_value, number), route.pattern)}" for number in self.of(table)]


def _value(number: int, match: re.Match[str]) -> str:
    return {"str": str(number), "slug": str(number), "uuid": "00000000-0000-4000-8000-000000000000"}.get(
        match["type"] or "str", str(number)
    )
