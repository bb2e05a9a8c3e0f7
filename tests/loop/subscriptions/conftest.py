from collections.abc import Iterator
from typing import Any

import pytest

from tests.loop.subscriptions.servers import Listener, listening


@pytest.fixture(autouse=True)
def on_this_machine(settings: Any) -> Iterator[None]:
    """The foreign systems of the tests stand here; and no test believes what an earlier one found."""
    from wolong.loop.subscriptions.actions.happening import look_again  # Django is ready only now

    settings.SUBSCRIPTIONS_LOCAL = True
    look_again()
    yield
    look_again()


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as found:
        yield found
