"""Every address that the system has, filled with ids that could stand in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from django.urls import URLPattern, URLResolver, get_resolver

MOST_IDS = 8
PARAMETER = re.compile(r"<(?:\w+:)?(?P<name>\w+)>")

# What may stand behind the part of an address before its first parameter (longest first where several fit).
SOURCES = {
    "analysis/": "SELECT id FROM analysis_report",
    "analysis/problems/": "SELECT id FROM analysis_problem",
    "rectification/systemic/": "SELECT id FROM rectification_systemicorder",
    "appraisal/": "SELECT id FROM appraisal_sheet",
    "appraisal/periods/": "SELECT id FROM appraisal_period",
    "appraisal/schemes/": "SELECT id FROM appraisal_scheme",
    "appraisal/statements/": "SELECT id FROM appraisal_statement",
    "duties/deviations/": "SELECT id FROM duties_deviation",
    "duties/clauses/": "SELECT id FROM standards_clause",
    "duties/profile/": "SELECT id FROM duties_adoption",
    "equipment/": "SELECT id FROM equipment_equipment",
    "contracts/lines/": "SELECT id FROM contracts_serviceline",
    "contracts/": "SELECT id FROM contracts_contract",
    "duties/": "SELECT id FROM duties_duty",
    "subscriptions/": "SELECT id FROM subscriptions_receiver",
    "subscriptions/calendar/": "VALUES ('nobody-knows-this-address')",  # the tokens themselves are kept by nobody
    "subscriptions/deliveries/": "SELECT id FROM subscriptions_delivery",
    "files/": "SELECT id FROM files_evidence",
    "findings/": "SELECT id FROM findings_finding",
    "inbox/": "SELECT id FROM inbox_message",
    "notices/": "SELECT id FROM notices_notice",
    "orders/": "SELECT id FROM rectification_order",
    "people/": "SELECT id FROM people_person",
    "people/grants/": "SELECT id FROM people_grant",
    "people/leaves/": "SELECT id FROM people_leave",
    "people/me/tokens/": "SELECT id FROM people_accesstoken",
    "people/organizations/": "SELECT id FROM people_organization",
    "places/": "SELECT id FROM places_place",
    "places/areas/": "SELECT id FROM places_officearea",
    "places/imports/": "SELECT id FROM places_importjob",
    "places/imports/template/": "VALUES ('places'), ('equipment'), ('people'), ('organizations')",
    "plans/": "SELECT id FROM plans_plan",
    "plans/draws/": "SELECT id FROM plans_draw",
    "plans/rounds/": "SELECT id FROM plans_round",
    "public/items/": "SELECT number FROM notices_notice WHERE number IS NOT NULL",
    "rectification/": "SELECT id FROM rectification_order",
    "rectification/findings/": "SELECT id FROM findings_finding",
    "roster/": "SELECT id FROM places_importjob",
    "rounds/": "SELECT id FROM plans_round",
    "rounds/visits/": "SELECT id FROM fieldwork_visit",
    "start/": "VALUES ('units'), ('people'), ('lines')",
    "start/examples/": "VALUES ('units'), ('people'), ('places'), ('equipment'), ('lines'), ('sheet'), ('texts'), ('text')",
    "standards/sheets/": "SELECT id FROM standards_scoringsheet",
    "standards/sheets/rows/": "SELECT id FROM standards_scoringrow",
    "standards/": "SELECT id FROM standards_standard",
    "views/": "SELECT id FROM savedviews_savedview",
    "api/deviations/": "SELECT id FROM duties_deviation",
    "api/standards/": "SELECT id FROM standards_edition",
    "api/proposals/": "SELECT id FROM standards_proposal",
    "api/rounds/": "SELECT id FROM plans_round",
    "api/orders/": "SELECT id FROM rectification_order",
    "api/systemic-orders/": "SELECT id FROM rectification_systemicorder",
    "api/scores/": "SELECT id FROM appraisal_sheet",
    "api/reports/": "SELECT id FROM analysis_report",
    "standards/clauses/": "SELECT id FROM standards_clause",
    "standards/proposals/": "SELECT id FROM standards_proposal",
    "standards/editions/": "SELECT id FROM standards_edition",
    "workdays/": "SELECT year FROM workdays_calendaryear",
    "workdays/days/": "SELECT id FROM workdays_specialday",
}
# Addresses with two parameters that belong together.
PAIRS = {
    "rounds/<int:pk>/item/": "SELECT round_id, id FROM plans_checkitem",
    "rounds/<int:pk>/place/": "SELECT DISTINCT round_id, place_id FROM plans_checkitem",
    "duties/profile/<int:pk>/exclusions/": "SELECT adoption_id, id FROM duties_exclusion",
    "duties/profile/<int:pk>/parameters/": "SELECT adoption_id, id FROM duties_parameter",
}


@dataclass(frozen=True)
class Route:
    """`pattern` as in urls.py without regular expressions, e.g. `orders/<int:pk>/`."""

    name: str
    pattern: str

    @property
    def room(self) -> str:
        return self.pattern.removeprefix("api/").split("/")[0]

    @property
    def source(self) -> str | None:
        """The question for what may stand in the address; None where nobody has said yet."""
        fixed = self.pattern.split("<")[0]
        pair = next((query for begin, query in PAIRS.items() if self.pattern.startswith(begin)), None)
        return pair or SOURCES.get(fixed) or SOURCES.get(fixed.removeprefix("api/"))


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
    """What may stand in addresses, spread over each table: first, last, and between."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._known: dict[str, list[tuple[object, ...]]] = {}

    def of(self, query: str) -> list[tuple[object, ...]]:
        if query not in self._known:
            with psycopg.connect(self._url) as connection:
                rows = sorted(connection.execute(query).fetchall())
            step = max(1, len(rows) // MOST_IDS)
            self._known[query] = sorted({*rows[::step][:MOST_IDS], *rows[-1:]})
        return self._known[query]

    def paths(self, route: Route) -> list[str]:
        """The route's addresses: itself without parameters, else one for each thing that could stand in it."""
        if not PARAMETER.search(route.pattern):
            return [f"/{route.pattern}"]
        assert route.source, f"say in SOURCES or PAIRS what stands in {route.pattern}"
        return [f"/{_filled(route.pattern, row)}" for row in self.of(route.source)]


def _filled(pattern: str, row: tuple[object, ...]) -> str:
    values = iter(row)
    return PARAMETER.sub(lambda _match: str(next(values)), pattern)
