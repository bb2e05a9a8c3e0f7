"""Deriving for a large area is complete, and deriving again changes nothing; how fast is measured in bench/."""

import pytest

from tests.factories.equipment import SystemFactory
from tests.factories.standards import ClauseFactory, RequirementFactory
from tests.loop.duties.town import AT, TODAY, Town
from wolong.estate.equipment.models import Equipment
from wolong.loop.duties import actions, queries
from wolong.loop.duties.models import Duty

PIECES, RULES = 5000, 15


@pytest.mark.slow
def test_five_thousand_pieces_and_fifteen_requirements_are_derived_once(town: Town) -> None:
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
    town.adopt()
    again = actions.derive(area=town.area, by=town.keeper, at=AT, on=TODAY)
    assert Duty.objects.count() == PIECES * RULES + 5
    assert not again
    assert len(queries.matrix(town.area, TODAY)) > 0
