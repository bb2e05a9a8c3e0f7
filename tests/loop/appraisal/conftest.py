"""A world whose service line stands under a contract, on a known calendar. Imports wait until Django is set up."""

from typing import Any

import pytest


@pytest.fixture
def here(db: None) -> Any:
    from tests.factories.appraisal import contracted
    from tests.factories.findings import world
    from tests.factories.workdays import official

    official(2026)
    official(2027)
    made = world()
    contracted(made)
    return made
