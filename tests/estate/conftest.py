"""A small estate, and browsers for its people. Models are imported late: Django is not set up when this file is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from tests.estate.scene import Scene


@pytest.fixture
def scene(db: None) -> Scene:
    from tests.estate.scene import make_scene

    return make_scene()


@pytest.fixture
def browse(scene: Scene) -> Callable[[str], Client]:
    """A client signed in as one of the scene's persons."""

    def as_person(name: str) -> Client:
        client = Client()
        client.force_login(scene.persons[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_person
