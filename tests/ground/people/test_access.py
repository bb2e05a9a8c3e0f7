"""A scope reaches what the grants of the day say, by a predicate, and denies by default."""

from datetime import date

import pytest

from tests.factories.people import bureau, centre, company, person, section
from wolong.ground.people.access import may_administer, scope_of
from wolong.ground.people.models import Organization
from wolong.ground.people.states import Role

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def test_it_is_one_query(django_assert_num_queries) -> None:
    head = person(Role.SECTION_HEAD, section())
    with django_assert_num_queries(1):
        scope = scope_of(head, on=DAY)
        assert scope.has(Role.SECTION_HEAD)
        assert scope.is_inside
        assert not scope.is_supplier
        assert not may_administer(scope)


def test_whoever_holds_nothing_sees_nothing() -> None:
    scope = scope_of(person(None, section()), on=DAY)
    section()
    assert not scope.is_inside
    assert not Organization.objects.filter(scope.visible(centre="parent", unit="parent")).exists()


def test_a_company_sees_its_own_and_nothing_else() -> None:
    firm, other = company(), company("示例电梯公司")
    branch = company("示例物业公司赣州分公司", parent=firm)
    company("示例电梯公司分公司", parent=other)
    section()
    scope = scope_of(person(Role.SUPPLIER_MANAGER, firm), on=DAY)
    assert scope.is_supplier
    assert scope.belongs_to(firm)
    assert scope.belongs_to(branch) is False
    assert not scope.belongs_to(other)
    assert list(Organization.objects.filter(scope.visible(centre="parent", unit="parent"))) == [branch]


def test_the_bureau_sees_its_areas() -> None:
    office = bureau()
    here, elsewhere = centre(parent=office), centre("北京西路办公区服务中心", parent=office)
    mine, theirs = section(parent=here), section(parent=elsewhere)

    def seen(role: str, at: Organization) -> set[Organization]:
        scope = scope_of(person(role, at), on=DAY)
        return set(Organization.objects.filter(scope.areas("parent"))) & {mine, theirs}

    assert seen(Role.LEADER, office) == {mine, theirs}
    assert seen(Role.CENTRE_HEAD, here) == {mine}
    assert seen(Role.SECTION_HEAD, mine) == {mine}
    assert seen(Role.STAFF, here) == set()


def test_reaching_a_centre_from_above_and_from_within() -> None:
    office = bureau()
    here, elsewhere = centre(parent=office), centre("北京西路办公区服务中心", parent=office)
    inspector = scope_of(person(Role.INSPECTOR, section(parent=here)), on=DAY)
    assert inspector.reaches(here, Role.INSPECTOR)
    assert not inspector.reaches(here, Role.LEADER)
    assert not inspector.reaches(elsewhere)
    assert scope_of(person(Role.LEADER, office), on=DAY).reaches(elsewhere)
    assert scope_of(person(Role.LEADER, office), on=DAY).has(Role.LEADER, at=elsewhere)
    assert not inspector.has(Role.INSPECTOR, at=here)
