"""The small office area that the tests of duties speak of."""

from typing import Any

import pytest


@pytest.fixture
def town(db: None) -> Any:
    # Models can't be imported while pytest reads this file: Django is not set up yet.
    from tests.loop.duties.town import build_town

    return build_town()
