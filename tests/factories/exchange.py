"""Tokens, calls of the API, and commands that came in."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import factory
from django.test import Client
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.factories.people import PersonFactory
from wolong.ground.exchange.models import Arrival
from wolong.ground.people.actions import make_token
from wolong.ground.people.models import Person
from wolong.ground.people.states import TokenScope
from wolong.ground.workdays.queries import now


class ArrivalFactory(DjangoModelFactory):
    class Meta:
        model = Arrival

    owner = factory.SubFactory(PersonFactory)
    key = factory.LazyFunction(lambda: str(uuid4()))
    fingerprint = "0" * 64
    status = 201
    answer = b"{}"
    arrived_at = factory.LazyFunction(timezone.now)


def token(of: Person, *scopes: str, **more: Any) -> str:
    """The text of a new token; without `scopes` it may do everything that a token can be made for."""
    given = {"name": "试", "expires_on": date.today() + timedelta(days=30), "scopes": scopes or TokenScope.values}
    return make_token(owner=of, by=of, at=now(), **{**given, **more})[1]


def bearer(raw: str | None) -> dict[str, str]:
    return {"authorization": f"Bearer {raw}"} if raw is not None else {}


def get(path: str, raw: str | None = None) -> Any:
    return Client(HTTP_HOST="localhost").get(f"/api/{path}", headers=bearer(raw))


def post(path: str, raw: str | None, data: Any = None, *, key: str | None = "", form: bool = False) -> Any:
    """A command; `key` empty: a new one, None: without. `form`: with attachments, as a form."""
    headers = bearer(raw)
    if key is not None:
        headers["idempotency-key"] = key or str(uuid4())
    if form:
        return Client(HTTP_HOST="localhost").post(f"/api/{path}", data or {}, headers=headers)
    client = Client(HTTP_HOST="localhost")
    return client.post(f"/api/{path}", data if data is not None else {}, "application/json", headers=headers)
