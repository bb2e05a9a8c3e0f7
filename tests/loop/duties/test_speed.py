"""Deriving for a large area stays a matter of seconds."""

import time

import pytest

from tests.factories.equipment import SystemFactory
from tests.factories.standards import ClauseFactory, RequirementFactory
from tests.loop.duties.town import AT, TODAY, Town
from wolong.estate.equipment.models import Equipment
from wolong.loop.duties import actions, queries
from wolong.loop.duties.models import Duty

PIECES, RULES, MOST_SECONDS = 5000, 15, 20
MOST_SECONDS_OF_A_MATRIX = 3


@pytest.mark.slow
def test_five_thousand_pieces_and_fifteen_requirements_are_derived_in_seconds(
    town: Town,
) -> None:
    system = SystemFactory.create(name="消防")
    Equipment.objects.bulk_create(
        Equipment(
            area=town.area, system=system, place=town.toilet, kind="灭火器", code=f"X-{n:05d}", name=f"{n}号灭火器"
        )
        for n in range(PIECES)
    )
    for n in range(RULES):
        clause = ClauseFactory.create(edition=town.hall_rule.edition, number=f"8.{n}")
        RequirementFactory.create(clause=clause, selectors="设备/消防/灭火器")
    start = time.perf_counter()
    town.adopt()
    first = time.perf_counter() - start
    start = time.perf_counter()
    again = actions.derive(area=town.area, by=town.keeper, at=AT, on=TODAY)
    second = time.perf_counter() - start
    start = time.perf_counter()
    queries.matrix(town.area, TODAY)
    matrix = time.perf_counter() - start
    print(f"matrix in {matrix:.2f} s")
    assert matrix < MOST_SECONDS_OF_A_MATRIX
    print(f"derived in {first:.1f} s, again in {second:.1f} s")
    assert Duty.objects.count() == PIECES * RULES + 5
    assert not again
    assert first < MOST_SECONDS
    assert second < MOST_SECONDS
