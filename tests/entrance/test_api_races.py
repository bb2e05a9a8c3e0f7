"""Two arrivals of one command at one moment make one thing, and both get its answer."""

from pathlib import Path
from typing import Any

import pytest

from tests.factories.exchange import post, token
from tests.factories.findings import World, ammonia, world
from tests.factories.plans import PlanFactory
from tests.loop.rectification.test_races import at_once
from wolong.ground.exchange.models import Arrival
from wolong.ground.workdays.queries import today
from wolong.loop.findings.models import Finding
from wolong.loop.plans.models import Plan, Round
from wolong.loop.rectification.models import Order

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
AT_ONCE = 6


@pytest.fixture
def here(settings: Any, tmp_path: Path) -> World:
    settings.FILES_ROOT = tmp_path
    made = world()
    if not Plan.objects.filter(area=made.area, month=today().replace(day=1)).exists():
        PlanFactory(area=made.area, month=today().replace(day=1))
    return made


def test_one_command_that_arrives_six_times_at_once_makes_one_finding(here: World) -> None:
    raw, duty = token(here.finder), here.duty(ammonia())
    for number in range(3):

        def deed(key: str = f"k{number}") -> Any:
            return post("findings/", raw, {"duty_id": duty.pk, "value_text": "0.42"}, key=key, form=True)

        answers = at_once(*[deed] * AT_ONCE)
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
        assert sorted(answer["Idempotency-Replayed"] for answer in answers) == ["false", *["true"] * (AT_ONCE - 1)]
        assert Finding.objects.count() == Round.objects.count() == Arrival.objects.count() == number + 1


def test_two_commands_under_one_key_at_once_make_one_thing(here: World) -> None:
    raw = token(here.head)
    for number in range(3):
        findings = [here.finding(), here.finding()]
        deeds = [
            lambda number=number, pk=finding.pk: post("orders/", raw, {"finding_id": pk}, key=f"k{number}")
            for finding in findings
        ]
        answers = at_once(*deeds)
        assert sorted(answer.status_code for answer in answers) == [201, 409]
        assert Order.objects.count() == number + 1


def test_two_keys_for_one_deed_at_once_do_it_once(here: World) -> None:
    """The key makes replays harmless; that an order is issued once is the action's own law."""
    raw = token(here.head)
    finding = here.finding()
    answers = at_once(*[lambda key=key: post("orders/", raw, {"finding_id": finding.pk}, key=key) for key in "ab"])
    assert sorted(answer.status_code for answer in answers) == [201, 422]
    assert Order.objects.count() == 1
