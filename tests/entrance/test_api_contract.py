"""The description of the API is true: everything that it allows is asked, and every answer is one that it names."""

import contextlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as limits
from hypothesis.errors import InvalidArgument, Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.config import ChecksConfig, GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.config import PositiveDataAcceptanceConfig as Accepted
from schemathesis.core.errors import SchemathesisError
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import ignored_auth

from tests.entrance.test_api import filled
from tests.factories.exchange import get, post, token
from tests.factories.findings import ammonia, tidy, world
from tests.factories.plans import PlanFactory
from tests.factories.rectification import issued
from wolong.ground.exchange.api import ANY
from wolong.ground.people.states import TokenScope
from wolong.ground.workdays.queries import today
from wolong.loop.findings.models import Finding
from wolong.loop.plans.models import Plan

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docs" / "openapi.json"
# WOLONG_API_CASES=20000 asks longer, and by other cases each time.
CASES = int(os.environ.get("WOLONG_API_CASES", "2000"))
IS_USUAL = CASES <= 2000
CHANGED = "wolong openapi > docs/openapi.json"
WRITES = {"post", "put", "patch", "delete"}


@pytest.fixture
def schema() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return made


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


@pytest.mark.django_db
def test_the_kept_description_is_the_one_that_is_served(schema: dict[str, Any]) -> None:
    served = get("openapi.json", token(world().head)).json()
    assert served == schema, f"write it anew: {CHANGED}"


def test_every_operation_has_a_summary_a_response_and_a_scope(schema: dict[str, Any]) -> None:
    named = set()
    for path, method, operation in operations(schema):
        where = f"{method} {path}"
        assert operation["summary"], where
        assert not operation["summary"].isascii(), f"{where}: in Chinese"
        named.add(operation["operationId"])
        scope = operation["x-scope"]
        assert scope in {*TokenScope.values, ANY}, where
        assert {"TokenAuth": [] if scope == ANY else [scope]} in operation["security"], where
        good = [answer for status, answer in operation["responses"].items() if status.startswith("2")]
        assert len(good) == 1, where
        assert "$ref" in good[0]["content"]["application/json"]["schema"], where
        for status in {"400", "401", "403", "422", *({"404", "409", "413"} if method in WRITES else set())}:
            shape = operation["responses"][status]["content"]["application/json"]["schema"]
            assert shape == {"$ref": "#/components/schemas/Problem"}, f"{where} {status}"
        assert ("{" not in path) or "404" in operation["responses"], where
        if method in WRITES:
            assert scope not in {TokenScope.READ, TokenScope.READ_SCORES, ANY}, where
            assert any(one["name"] == "Idempotency-Key" and one["required"] for one in operation["parameters"]), where
    assert len(named) == sum(1 for _ in operations(schema)), "two operations of one name"


@pytest.mark.django_db
def test_a_token_without_the_scope_is_refused_everywhere(schema: dict[str, Any]) -> None:
    here = world()
    raws = {scope: token(here.head, scope) for scope in TokenScope.values}
    for path, method, operation in operations(schema):
        for scope, raw in raws.items():
            if operation["x-scope"] in (scope, ANY):
                continue
            address = path.replace("{", "").replace("}", "").removeprefix("/api/")
            for part in address.split("/"):
                if part.endswith("_id"):
                    address = address.replace(part, "1")
            deed: Callable[..., Any] = get if method == "get" else post
            assert deed(address, raw).status_code == 403, f"{method} {path} with {scope}"


class Asked:
    """A world with one of everything, and whoever may do most with each operation."""

    def __init__(self) -> None:
        here = world()
        filled(here)
        if not Plan.objects.filter(area=here.area, month=today().replace(day=1)).exists():
            PlanFactory(area=here.area, month=today().replace(day=1))
        duties = [here.duty(ammonia()), here.duty(tidy())]
        here.finding()
        order = issued(here)
        readers = {
            "log_finding": here.finder,
            "receive_order": here.manager,
            "answer_order": here.manager,
        }
        raws = {person.pk: token(person) for person in {here.head, *readers.values()}}
        self._raw = {name: raws[person.pk] for name, person in readers.items()}
        self._else = raws[here.head.pk]
        self._ids = {
            "duty_id": [duty.pk for duty in duties],
            "finding_id": list(Finding.objects.order_by("pk").values_list("pk", flat=True)),
            "order_id": [order.pk],
        }
        for room in ("standards", "proposals", "places", "deviations", "rounds", "scores", "notices", "reports"):
            name = {"standards": "edition_id", "scores": "sheet_id"}.get(room, f"{room.removesuffix('s')}_id")
            self._ids[name] = [row["id"] for row in get(f"{room}/", self._else).json()["items"]]
        self.statuses: Counter[int] = Counter()
        self.shut: set[str] = set()

    def of(self, name: str) -> str:
        return self._raw.get(name, self._else)

    def aimed(self, values: Any) -> None:
        """Numbers that stand for something are pointed at things that are there, two times of three."""
        if not isinstance(values, dict):
            return
        for name, known in self._ids.items():
            value = values.get(name)
            if isinstance(value, int) and not isinstance(value, bool) and value % 3 and known:
                values[name] = known[value % len(known)]


def asking() -> Any:
    # A refusal in words (422) is an answer to what is allowed by its form; whether it fits, the rules say. A null
    # character in an address (400) is refused before any operation is asked.
    expected = ["2xx", "400", "401", "403", "404", "409", "413", "422"]
    project = ProjectConfig(
        checks=ChecksConfig(positive_data_acceptance=Accepted(expected_statuses=expected)),
        generation=GenerationConfig(with_security_parameters=False),
    )
    config = SchemathesisConfig(projects=ProjectsConfig(default=project))
    made = schemathesis.openapi.from_dict(json.loads(FILE.read_text(encoding="utf-8")), config=config)
    made.app = get_wsgi_application()
    return made


def ask(operation: Any, here: Asked, mode: GenerationMode, most: int) -> None:
    name = operation.definition.raw["operationId"]
    headers = {"Authorization": f"Bearer {here.of(name)}"}

    @limits(
        max_examples=most,
        database=None,
        derandomize=IS_USUAL,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case: Any) -> None:
        if mode == GenerationMode.POSITIVE:
            here.aimed(case.path_parameters)
            here.aimed(case.body)
        with transaction.atomic():
            response = case.call(headers=headers)
            here.statuses[response.status_code] += 1
            # Whether the door is shut to strangers costs three requests more: once an operation, when it has let us in.
            known = [ignored_auth] if name in here.shut else []
            case.validate_response(response, headers=headers, excluded_checks=known)
            if response.status_code < 300:
                here.shut.add(name)
            transaction.set_rollback(True)

    one()


@contextlib.contextmanager
def one_connection() -> Iterator[None]:
    """As Django's own test client does: a request neither closes nor replaces the connection of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.django_db
def test_everything_that_the_description_allows_is_answered_as_it_says(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path
    here, every = Asked(), [found.ok() for found in asking().get_all_operations()]
    share = max(CASES // (3 * len(every)), 1)
    faults = []
    with one_connection():
        for operation in every:
            for mode, most in ((GenerationMode.POSITIVE, 2 * share), (GenerationMode.NEGATIVE, share)):
                try:
                    ask(operation, here, mode, most)
                except FailureGroup as found:
                    faults.append(f"{operation.label} {mode}\n" + "\n".join(str(one) for one in found.exceptions))
                except (SchemathesisError, InvalidArgument, Unsatisfiable):  # nothing in it could be wrong
                    assert mode == GenerationMode.NEGATIVE
                    assert not operation.query
                    assert not operation.body
    assert not faults, "\n\n".join(faults)
    assert sum(here.statuses.values()) >= 0.8 * CASES
    assert {200, 201, 404, 422} <= set(here.statuses)
