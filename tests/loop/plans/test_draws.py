"""Two people give the seed; nobody else's part is seen before; a draw that was made stays for ever."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import ProgrammingError, transaction

from tests.factories import people
from tests.factories.plans import DECEMBER, MORNING, Scene, duties, requirement, scene
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person
from wolong.ground.people.states import Role
from wolong.loop.plans import access
from wolong.loop.plans.actions import compile_month, draw, give_seed, redraw
from wolong.loop.plans.drawing import commitment, verify_export
from wolong.loop.plans.models import CheckItem, Draw, Plan
from wolong.loop.plans.queries import export_draw, seeds_wanted

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Scene:
    found = scene(rooms=10)
    duties(found, requirement("B", 3, "每季度抽查 20%", sample_percent=Decimal(20)))
    return found


@pytest.fixture
def plan(here: Scene) -> Plan:
    return compile_month(area=here.area, month=DECEMBER, by=here.head, at=MORNING)


def drawn(plan: Plan, here: Scene) -> Draw:
    return draw(plan=plan, seed_a="38", seed_a_by=here.head, seed_b="71", seed_b_by=here.second, at=MORNING)[0]


def test_the_draw_runs_with_the_second_part_and_its_export_verifies(plan: Plan, here: Scene) -> None:
    assert seeds_wanted(plan) == 1
    made = drawn(plan, here)
    assert len(made.sample or []) == 2
    assert verify_export(json.loads(json.dumps(export_draw(made), ensure_ascii=False))) == []
    assert seeds_wanted(plan) is None


def test_the_first_part_is_bound_by_a_commitment_and_hidden_from_others(plan: Plan, here: Scene) -> None:
    seed = give_seed(plan=plan, turn=1, value=" 38 ", by=here.head, at=MORNING)
    assert seed.commitment == commitment(part="38", salt=seed.salt)
    assert access.may_read_seed(seed, both_given=False, person=here.head)
    assert not access.may_read_seed(seed, both_given=False, person=here.second)
    assert access.may_read_seed(seed, both_given=True, person=here.second)


@pytest.mark.parametrize("value", ["", "  ", "x" * 65, "\x00"])
def test_a_senseless_part_is_refused(plan: Plan, here: Scene, value: str) -> None:
    with pytest.raises(Refused):
        give_seed(plan=plan, turn=1, value=value, by=here.head, at=MORNING)


def test_one_person_gives_one_part_and_strangers_none(plan: Plan, here: Scene) -> None:
    give_seed(plan=plan, turn=1, value="38", by=here.head, at=MORNING)
    with pytest.raises(Refused, match="另一个人"):
        give_seed(plan=plan, turn=1, value="39", by=here.head, at=MORNING)
    strangers: list[Person] = [
        people.person(Role.SUPPLIER_MANAGER, here.company),
        people.person(Role.SECTION_HEAD, people.centre("另一个中心")),
    ]
    for stranger in strangers:
        with pytest.raises(Refused, match="不参与"):
            give_seed(plan=plan, turn=1, value="39", by=stranger, at=MORNING)


def test_a_turn_that_is_drawn_takes_no_third_part(plan: Plan, here: Scene) -> None:
    drawn(plan, here)
    with pytest.raises(Refused, match="已经完成"):
        give_seed(plan=plan, turn=1, value="5", by=here.inspector, at=MORNING)


def test_a_redraw_keeps_the_first_and_needs_a_reason(plan: Plan, here: Scene) -> None:
    first = drawn(plan, here)
    sampled = {entry["id"] for entry in first.sample or ()}
    with pytest.raises(Refused, match="理由"):
        redraw(draw=first, reason=" ", by=here.head, at=MORNING)
    with pytest.raises(Refused, match="决定"):
        redraw(draw=first, reason="两处封闭施工", by=here.inspector, at=MORNING)
    again = redraw(draw=first, reason="两处封闭施工", by=here.head, at=MORNING)
    with pytest.raises(Refused, match="代替"):
        redraw(draw=first, reason="再来", by=here.head, at=MORNING)
    assert set(CheckItem.objects.pending().values_list("duty", flat=True)) == sampled
    for seed, by in (("a", here.head), ("b", here.second)):
        give_seed(plan=plan, turn=again.turn, value=seed, by=by, at=MORNING)
    again.refresh_from_db()
    first.refresh_from_db()
    now = {entry["id"] for entry in again.sample or ()}
    # Six places and two to draw: a new seed may well draw the same two again.
    assert (again.seed_a, again.seed_b) != (first.seed_a, first.seed_b)
    assert sampled == {entry["id"] for entry in first.sample or ()}
    assert set(CheckItem.objects.pending().values_list("duty", flat=True)) == now
    assert again.replaces == first
    assert verify_export(export_draw(again)) == []


def test_the_database_keeps_what_was_drawn(plan: Plan, here: Scene) -> None:
    made = drawn(plan, here)
    for change in (lambda: Draw.objects.filter(pk=made.pk).update(size=1), lambda: plan.seeds.update(value="1")):
        with pytest.raises(ProgrammingError, match="never changed"), transaction.atomic():
            change()


def test_a_population_that_changes_before_the_draw_is_frozen_anew(plan: Plan, here: Scene) -> None:
    before = plan.draws.get().population_hash
    last = here.rooms.pop()
    CheckItem.objects.filter(place=last).delete()
    here.area.duties.filter(place=last).delete()
    compile_month(area=here.area, month=date(2026, 12, 1), by=here.head, at=MORNING)
    again = plan.draws.get()
    assert again.population_hash != before
    assert (len(again.population), again.size) == (9, 2)
