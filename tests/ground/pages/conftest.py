"""Fixtures; Django is imported inside them, for this file is read before the settings are prepared."""

from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def person(db: None) -> Any:
    from wolong.ground.people.models import Organization, Person

    unit = Organization.objects.create(name="物业管理科", short_name="物业管理科", kind="institution", path="/1/")
    made = Person(account="li", name="李主管", organization=unit)
    made.set_password("a long password")
    made.save()
    return made


@pytest.fixture
def desk(person: Any, client: Client, settings: Any) -> Client:
    """A signed-in client on the test's own addresses."""
    settings.ROOT_URLCONF = "tests.ground.pages.desk"
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def empty_registries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Registries as if no other room were there."""
    from wolong.ground.pages.registries import menu, panels, search, thread, todos, topbar

    monkeypatch.setattr(menu, "_entries", [])
    monkeypatch.setattr(panels, "_panels", {})
    monkeypatch.setattr(thread, "_chains", [])
    monkeypatch.setattr(thread, "_providers", {stage: [] for stage in thread.Stage})
    monkeypatch.setattr(todos, "_providers", [])
    monkeypatch.setattr(search, "_sources", [])
    monkeypatch.setattr(topbar, "_bar", topbar.TopBar(links=[], bars=[]))
