"""Units, persons and grants for tests: `bureau()`, `centre()`, `section()`, `company()`, `person(role, at=...)`."""

from datetime import date, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from wolong.ground.people.models import AccessToken, Grant, Leave, Organization, Person
from wolong.ground.people.rules import days_from
from wolong.ground.people.states import OrganizationKind, Role
from wolong.ground.questions.pinyin import pinyin_key

LONG_AGO = date(2020, 1, 1)
PASSWORD = "woLong-2026-test"
SURNAMES = "李王张刘陈杨赵周吴徐孙胡朱高林何郭马罗梁"
CALLED = {
    Role.LEADER: "局长",
    Role.STANDARDS: "科员",
    Role.CENTRE_HEAD: "主任",
    Role.SECTION_HEAD: "主管",
    Role.INSPECTOR: "工",
    Role.SUPPLIER_MANAGER: "经理",
    Role.SUPPLIER_CREW: "师傅",
}


class OrganizationFactory(DjangoModelFactory):
    class Meta:
        model = Organization
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"示例单位{n}")
    short_name = factory.SelfAttribute("name")
    kind = OrganizationKind.INSTITUTION
    pinyin_key = factory.LazyAttribute(lambda o: pinyin_key(o.name))

    @factory.post_generation
    def path(self: Organization, create: bool, extracted: Any, **_: Any) -> None:
        if create:
            self.path = extracted or f"{self.parent.path if self.parent else '/'}{self.pk}/"
            self.save(update_fields=["path"])


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    account = factory.Sequence(lambda n: f"person{n}")
    name = factory.Sequence(lambda n: f"{SURNAMES[n % len(SURNAMES)]}工")
    pinyin_key = factory.LazyAttribute(lambda o: pinyin_key(o.name))
    organization = factory.SubFactory(OrganizationFactory)
    password = factory.django.Password(PASSWORD)


class GrantFactory(DjangoModelFactory):
    class Meta:
        model = Grant

    person = factory.SubFactory(PersonFactory)
    role = Role.INSPECTOR
    organization = factory.SelfAttribute("person.organization")
    valid = factory.LazyFunction(lambda: days_from(LONG_AGO, None))


class LeaveFactory(DjangoModelFactory):
    class Meta:
        model = Leave

    person = factory.SubFactory(PersonFactory)
    days = factory.LazyFunction(lambda: days_from(date.today(), date.today() + timedelta(days=2)))


class AccessTokenFactory(DjangoModelFactory):
    class Meta:
        model = AccessToken

    owner = factory.SubFactory(PersonFactory)
    name = "数据交换"
    digest = factory.Sequence(lambda n: f"{n:064x}")
    expires_on = factory.LazyFunction(lambda: date.today() + timedelta(days=30))


def bureau(name: str = "省机关事务管理局", **more: Any) -> Organization:
    return OrganizationFactory(name=name, kind=OrganizationKind.ADMINISTRATIVE, **more)


def centre(name: str = "卧龙山办公区服务中心", parent: Organization | None = None, **more: Any) -> Organization:
    """The organization that answers for an area, below the bureau (a new one, where none is given)."""
    return OrganizationFactory(name=name, parent=parent or bureau(), kind=OrganizationKind.INSTITUTION, **more)


def section(name: str = "物业管理科", parent: Organization | None = None, **more: Any) -> Organization:
    return OrganizationFactory(name=name, parent=parent or centre(), kind=OrganizationKind.INSTITUTION, **more)


def company(name: str = "示例物业公司", **more: Any) -> Organization:
    return OrganizationFactory(name=name, kind=OrganizationKind.SUPPLIER, **more)


def person(role: str | None = None, at: Organization | None = None, *, name: str = "", **more: Any) -> Person:
    """Somebody of the unit `at` who holds `role` there since long ago (no role: just an account).

    `since`, `until` (last day) and `acting_for` go to the grant, everything else to the person.
    """
    since, until = more.pop("since", LONG_AGO), more.pop("until", None)
    acting_for = more.pop("acting_for", None)
    if name:
        more["name"] = name
    elif role in CALLED:
        more["name"] = factory.Sequence(lambda n: f"{SURNAMES[n % len(SURNAMES)]}{CALLED[Role(role)]}")
    if at is not None:
        more["organization"] = at
    made: Person = PersonFactory(**more)
    if role is not None:
        GrantFactory(
            person=made,
            role=role,
            organization=at or made.organization,
            valid=days_from(since, until),
            acting_for=acting_for,
        )
    return made


def administrator(at: Organization | None = None, **more: Any) -> Person:
    return person(Role.ADMINISTRATOR, at or bureau(), **more)
