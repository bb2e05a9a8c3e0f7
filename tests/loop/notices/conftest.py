"""Two areas and the official calendar. Imports wait until Django is set up."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine


@pytest.fixture
def here(db: None) -> Any:
    from tests.factories.findings import world
    from tests.factories.workdays import official

    official(2026)
    return world()


@pytest.fixture
def there(here: Any) -> Any:
    """Another area under the same bureau, with a company of its own."""
    from tests.factories.findings import world

    return world("BJX", name="北京西路办公区", bureau=here.centre.parent)


@pytest.fixture
def monday() -> Iterator[None]:
    from tests.factories.findings import at

    with time_machine.travel(at("2026-11-23", 9, 0), tick=False):
        yield
