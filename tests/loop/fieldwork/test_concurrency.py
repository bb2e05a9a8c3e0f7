"""What two hands can do at once, with real threads and real transactions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from tests.factories import people
from tests.factories.fieldwork import walk
from tests.factories.plans import MORNING, NOVEMBER, duties, requirement, scene
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Leave
from wolong.ground.people.rules import days_from
from wolong.ground.people.states import Role
from wolong.loop.fieldwork.actions import observe, start_visit, submit_visit
from wolong.loop.fieldwork.models import Observation, Visit
from wolong.loop.fieldwork.signals import visit_submitted
from wolong.loop.plans.actions import compile_month
from wolong.loop.plans.models import CheckItem, Round

pytestmark = pytest.mark.django_db(transaction=True)
COMPANION = {"companion_name": "王工", "companion_unit": "示例物业公司", "companion_agrees": True}


def at_once(*verbs: Callable[[], Any]) -> list[Any]:
    """Run the verbs at one moment; each answer, or the Refused it met."""
    gate = Barrier(len(verbs))

    def run(verb: Callable[[], Any]) -> Any:
        try:
            gate.wait(10)
            return verb()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return list(pool.map(run, verbs))


@pytest.fixture
def told() -> Any:
    heard: list[Visit] = []

    def hear(*, visit: Visit, **_: Any) -> None:
        heard.append(visit)

    visit_submitted.connect(hear)
    yield heard
    visit_submitted.disconnect(hear)


def test_one_visit_submitted_twice_at_once_is_submitted_once(told: list[Visit]) -> None:
    here = walk(requirement())
    observe(visit=here.visit, item=here.items[0], verdict="conforms", by=here.scene.inspector, at=MORNING)
    same = uuid4()
    answers = at_once(*[lambda: here.submit(client_id=same)] * 2)
    assert [type(each) for each in answers] == [Visit, Visit]
    assert len(told) == 1


def test_two_inspectors_submitting_one_round_the_second_is_refused(told: list[Visit]) -> None:
    here = walk(requirement())
    deputy = people.person(Role.INSPECTOR, here.scene.section, name="孙工", acting_for=here.scene.inspector)
    Leave.objects.create(person=here.scene.inspector, days=days_from(MORNING.date(), MORNING.date()))
    observe(visit=here.visit, item=here.items[0], verdict="conforms", by=deputy, at=MORNING)
    answers = at_once(
        lambda: submit_visit(visit=here.visit, by=here.scene.inspector, at=MORNING, client_id=uuid4(), **COMPANION),
        lambda: submit_visit(visit=here.visit, by=deputy, at=MORNING, client_id=uuid4(), **COMPANION),
    )
    assert sorted(type(each).__name__ for each in answers) == ["Refused", "Visit"]
    refusal = next(each for each in answers if isinstance(each, Refused))
    assert "提交，不能再改" in refusal.sentence
    assert len(told) == 1


def test_two_notes_on_one_item_at_once_leave_one() -> None:
    here = walk(requirement())
    item = here.items[0]
    answers = at_once(
        *[lambda: observe(visit=here.visit, item=item, verdict="conforms", by=here.scene.inspector, at=MORNING)] * 2
    )
    assert {each.pk for each in answers} == {Observation.objects.get().pk}


def test_beginning_twice_at_once_makes_one_visit() -> None:
    here = scene(rooms=1, inspectors=1)
    duties(here, requirement())
    found = compile_month(area=here.area, month=NOVEMBER, by=here.head, at=MORNING).rounds.get()
    answers = at_once(*[lambda: start_visit(round=found, by=here.inspector, at=MORNING)] * 2)
    assert {each.pk for each in answers} == {Visit.objects.get().pk}


def test_compiling_twice_at_once_plans_once() -> None:
    here = scene()
    duties(here, requirement())
    plans = at_once(*[lambda: compile_month(area=here.area, month=NOVEMBER, by=here.head, at=MORNING)] * 2)
    assert plans[0] == plans[1]
    assert CheckItem.objects.count() == 6
    assert sorted(Round.objects.values_list("number", flat=True)) == ["XC-2026-WLS-0001", "XC-2026-WLS-0002"]


def test_submitting_while_compiling_does_not_lock_up() -> None:
    here = walk(requirement(), rooms=3)
    for item in here.items:
        observe(visit=here.visit, item=item, verdict="conforms", by=here.scene.inspector, at=MORNING)
    duties(here.scene, requirement("B"))
    answers = at_once(
        here.submit, lambda: compile_month(area=here.scene.area, month=NOVEMBER, by=here.scene.head, at=MORNING)
    )
    assert not any(isinstance(each, Refused) for each in answers)
    assert CheckItem.objects.filter(state="done").count() == 3
