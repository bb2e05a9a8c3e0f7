"""Who holds what: over, at or within a unit, on a day, and who stands in for whom."""

from datetime import date

import pytest

from tests.factories.people import LeaveFactory, bureau, centre, company, person, section
from wolong.ground.people.access import scope_of
from wolong.ground.people.queries import deputies_of, holders, is_away
from wolong.ground.people.rules import days_from
from wolong.ground.people.states import Role

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def test_a_grant_reaches_the_unit_what_is_below_and_what_contains_it() -> None:
    head_office = bureau()
    here, other = centre(parent=head_office), centre("北京西路办公区服务中心", parent=head_office)
    office = section(parent=here)
    head = person(Role.SECTION_HEAD, office)
    leader = person(Role.LEADER, head_office)
    assert set(holders(Role.SECTION_HEAD, at=office, on=DAY)) == {head}
    assert set(holders(Role.SECTION_HEAD, at=here, on=DAY)) == {head}
    assert set(holders(Role.SECTION_HEAD, at=other, on=DAY)) == set()
    assert set(holders(Role.SECTION_HEAD, Role.LEADER, at=other, on=DAY)) == {leader}


def test_a_company_is_nobody_elses() -> None:
    manager = person(Role.SUPPLIER_MANAGER, company())
    person(Role.SUPPLIER_MANAGER, company("示例电梯公司"))
    assert set(holders(Role.SUPPLIER_MANAGER, at=manager.organization, on=DAY)) == {manager}


def test_a_grant_counts_on_its_days_only() -> None:
    unit = centre()
    inspector = person(Role.INSPECTOR, unit, since=date(2026, 1, 1), until=date(2026, 11, 23))
    assert set(holders(Role.INSPECTOR, at=unit, on=date(2025, 12, 31))) == set()
    assert set(holders(Role.INSPECTOR, at=unit, on=date(2026, 11, 23))) == {inspector}
    assert set(holders(Role.INSPECTOR, at=unit, on=date(2026, 11, 24))) == set()


def test_a_deputy_acts_only_while_the_other_is_away() -> None:
    unit = centre()
    head = person(Role.CENTRE_HEAD, unit)
    deputy = person(Role.CENTRE_HEAD, unit, acting_for=head)
    LeaveFactory(person=head, days=days_from(DAY, DAY))
    assert is_away(head, DAY)
    assert set(holders(Role.CENTRE_HEAD, at=unit, on=DAY)) == {deputy}
    assert set(holders(Role.CENTRE_HEAD, at=unit, on=date(2026, 11, 24))) == {head}
    assert scope_of(deputy, on=DAY).has(Role.CENTRE_HEAD)
    assert not scope_of(deputy, on=date(2026, 11, 24)).has(Role.CENTRE_HEAD)
    assert set(deputies_of(head, DAY)) == {deputy}


def test_whoever_is_deactivated_holds_nothing() -> None:
    unit = centre()
    gone = person(Role.INSPECTOR, unit, is_active=False)
    assert not holders(Role.INSPECTOR, at=unit, on=DAY).exists()
    assert not scope_of(gone, on=DAY).held
    assert not gone.holds(Role.INSPECTOR, on=DAY)


def test_a_unit_without_a_place_in_the_tree_gives_no_reach() -> None:
    unit = centre()
    lost = person(Role.LEADER, unit)
    type(unit).objects.filter(pk=unit.pk).update(path=None)
    assert scope_of(lost, on=DAY).held == ()
