"""Units, people and grants change by the administrator alone, with a trace, and never into what cannot be."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.factories.people import (
    PASSWORD,
    GrantFactory,
    administrator,
    bureau,
    centre,
    company,
    person,
    section,
)
from wolong.ground.ledger.models import Entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people import actions
from wolong.ground.people.models import Grant, Leave, Organization, Person
from wolong.ground.people.queries import valid_token
from wolong.ground.people.rules import days_from, last_day, one_time_password
from wolong.ground.people.states import OrganizationKind, Role
from wolong.ground.questions.pinyin import pinyin_key

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


@pytest.fixture
def admin() -> Person:
    return administrator(bureau())


def _now():
    return timezone.now()


# Units


def test_a_unit_knows_its_path_and_how_it_sorts(admin: Person) -> None:
    root = actions.add_organization(name="市机关事务管理局", kind=OrganizationKind.ADMINISTRATIVE, by=None, at=_now())
    below = actions.add_organization(name="卧龙山服务中心", kind="institution", parent=root, by=admin, at=_now())
    assert root.path == f"/{root.pk}/"
    assert below.path == f"/{root.pk}/{below.pk}/"
    assert (below.short_name, below.pinyin_key) == ("卧龙山服务中心", "wo long shan fu wu zhong xin")
    assert Entry.objects.filter(subject_kind="people.organization", verb="add_organization").count() == 2


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        (" ", "institution", "不能为空"),
        ("新科室", "nonsense", "性质"),
        ("新公司", "supplier", "上下级"),
        ("物业管理科", "institution", "已有"),
    ],
)
def test_a_unit_that_cannot_be_is_refused(admin: Person, name: str, kind: str, words: str) -> None:
    parent = centre()
    section("物业管理科", parent)
    before = Organization.objects.count()
    with pytest.raises(Refused, match=words):
        actions.add_organization(name=name, kind=kind, parent=parent, by=admin, at=_now())
    assert Organization.objects.count() == before


def test_the_trail_keeps_the_old_name_of_a_unit(admin: Person) -> None:
    unit = section()
    actions.change_organization(organization=unit, name="后勤科", short_name="", by=admin, at=_now())
    assert Entry.objects.get(verb="change_organization").payload["before"] == "物业管理科"
    other = section("安保科", unit.parent)
    with pytest.raises(Refused, match="已有"):
        actions.change_organization(organization=other, name="后勤科", short_name="", by=admin, at=_now())


# People


@pytest.mark.parametrize("account", ["", "a", "张三", "a b", "-abc", "x" * 61, "a/../b"])
def test_an_account_is_plain_letters_and_figures(admin: Person, account: str) -> None:
    with pytest.raises(Refused, match="账号由"):
        actions.add_person(account=account, name="周工", organization=section(), by=admin, at=_now())


def test_an_account_is_given_once_whatever_its_case(admin: Person) -> None:
    made = actions.add_person(account="zhou", name="周工", organization=section(), by=admin, at=_now())
    assert not made.has_usable_password()
    with pytest.raises(Refused, match="已经有人使用"):
        actions.add_person(account="ZHOU", name="周工", organization=section(), by=admin, at=_now())
    with pytest.raises(Refused, match="姓名"):
        actions.add_person(account="other", name=" ", organization=section(), by=admin, at=_now())


def test_a_one_time_password_replaces_the_old_one(admin: Person) -> None:
    subject = person(Role.INSPECTOR, section())
    password = actions.set_one_time_password(person=subject, by=admin, at=_now())
    subject.refresh_from_db()
    assert subject.check_password(password)
    assert not subject.check_password(PASSWORD)
    assert subject.must_change_password
    assert password not in str(list(Entry.objects.values()))
    actions.deactivate_person(person=subject, by=admin, at=_now())
    with pytest.raises(Refused, match="停用"):
        actions.set_one_time_password(person=subject, by=admin, at=_now())


def test_one_time_passwords_are_never_the_same() -> None:
    many = {one_time_password() for _ in range(500)}
    assert len(many) == 500
    assert all(len(one) == 14 and not set(one) & set("0oO1lI") for one in many)


# Grants


@pytest.mark.parametrize("role", [Role.SUPPLIER_MANAGER, Role.INSPECTOR, Role.LEADER, Role.AUDITOR, Role.STANDARDS])
def test_only_the_administrator_changes_anything(role: str) -> None:
    by = person(role, company() if role == Role.SUPPLIER_MANAGER else bureau())
    unit, subject = section(), person(Role.STAFF, section())
    grant = subject.grants.get()
    verbs = [
        lambda: actions.add_organization(name="新科室", kind="institution", parent=unit, by=by, at=_now()),
        lambda: actions.change_organization(organization=unit, name="x", short_name="", by=by, at=_now()),
        lambda: actions.add_person(account="new", name="x", organization=unit, by=by, at=_now()),
        lambda: actions.change_person(person=subject, name="x", organization=unit, phone="", post="", by=by, at=_now()),
        lambda: actions.deactivate_person(person=subject, by=by, at=_now()),
        lambda: actions.activate_person(person=subject, by=by, at=_now()),
        lambda: actions.set_one_time_password(person=subject, by=by, at=_now()),
        lambda: actions.grant_role(person=by, role=Role.ADMINISTRATOR, organization=unit, by=by, at=_now()),
        lambda: actions.end_grant(grant=grant, by=by, at=_now()),
        lambda: actions.record_leave(person=subject, since=DAY, until=DAY, by=by, at=_now()),
    ]
    for verb in verbs:
        with pytest.raises(Refused, match="只有系统管理员"):
            verb()
    assert not Entry.objects.exists()


def test_an_administrator_of_yesterday_is_none_today(admin: Person) -> None:
    admin.grants.update(valid=days_from(date(2020, 1, 1), date(2020, 12, 31)))
    with pytest.raises(Refused, match="只有系统管理员"):
        actions.add_organization(name="新科室", kind="institution", by=admin, at=_now())


def test_a_grant_does_not_overlap_itself(admin: Person) -> None:
    unit = section()
    subject = person(None, unit)

    def grant(since: date, until: date | None) -> Grant:
        return actions.grant_role(
            person=subject, role=Role.INSPECTOR, organization=unit, since=since, until=until, by=admin, at=_now()
        )

    first = grant(DAY, DAY + timedelta(days=9))
    assert last_day(first.valid) == DAY + timedelta(days=9)
    with pytest.raises(Refused, match="已经有这个授权"):
        grant(DAY + timedelta(days=9), None)
    grant(DAY + timedelta(days=10), None)
    with pytest.raises(Refused, match="早于"):
        grant(DAY, DAY - timedelta(days=1))


def test_the_database_itself_refuses_a_grant_twice() -> None:
    one = GrantFactory()
    with pytest.raises(IntegrityError, match="grant_once_a_day"), transaction.atomic():
        GrantFactory(person=one.person, role=one.role, organization=one.organization, valid=days_from(DAY, DAY))
    with pytest.raises(IntegrityError, match="grant_not_for_oneself"), transaction.atomic():
        GrantFactory(person=one.person, role=Role.LEADER, organization=one.organization, acting_for=one.person)


def test_companies_and_the_bureau_hold_their_own_roles(admin: Person) -> None:
    firm, unit = company(), section()
    outsider, insider = person(None, firm), person(None, unit)
    for who, role, where in (
        (outsider, Role.INSPECTOR, unit),
        (outsider, Role.INSPECTOR, firm),
        (insider, Role.SUPPLIER_MANAGER, firm),
        (insider, Role.SUPPLIER_MANAGER, unit),
        (insider, "king", unit),
    ):
        with pytest.raises(Refused):
            actions.grant_role(person=who, role=role, organization=where, by=admin, at=_now())
    actions.grant_role(person=outsider, role=Role.SUPPLIER_CREW, organization=firm, by=admin, at=_now())


def test_a_grant_is_ended_once_and_not_ones_own_administration(admin: Person) -> None:
    subject = person(Role.INSPECTOR, section())
    grant = actions.end_grant(grant=subject.grants.get(), by=admin, at=_now())
    assert grant.valid.upper == timezone.localdate()
    assert not subject.holds(Role.INSPECTOR, on=timezone.localdate())
    with pytest.raises(Refused, match="已经结束"):
        actions.end_grant(grant=grant, by=admin, at=_now())
    with pytest.raises(Refused, match="自己的系统管理员"):
        actions.end_grant(grant=admin.grants.get(), by=admin, at=_now())


def test_a_grant_ended_before_its_first_day_is_gone_and_in_the_trail(admin: Person) -> None:
    subject = person(Role.INSPECTOR, section(), since=timezone.localdate())
    actions.end_grant(grant=subject.grants.get(), by=admin, at=_now())
    assert not subject.grants.exists()
    assert Entry.objects.get(verb="end_grant").payload["role"] == "inspector"


# Leave and tokens


def test_leave_is_noted_by_oneself_and_does_not_overlap() -> None:
    subject = person(Role.INSPECTOR, section())
    leave = actions.record_leave(person=subject, since=DAY, until=DAY + timedelta(days=2), by=subject, at=_now())
    with pytest.raises(Refused, match="已经登记"):
        actions.record_leave(
            person=subject, since=DAY + timedelta(days=2), until=DAY + timedelta(days=3), by=subject, at=_now()
        )
    with pytest.raises(Refused, match="早于"):
        actions.record_leave(person=subject, since=DAY, until=DAY - timedelta(days=1), by=subject, at=_now())
    with pytest.raises(Refused, match="系统管理员"):
        actions.withdraw_leave(leave=leave, by=person(Role.INSPECTOR, section()), at=_now())
    actions.withdraw_leave(leave=leave, by=subject, at=_now())
    assert not Leave.objects.exists()


def test_a_token_is_ones_own_and_ends(time_machine) -> None:
    time_machine.move_to("2026-11-23T10:00+08:00", tick=False)
    owner = person(Role.AUDITOR, bureau())
    token, raw = actions.make_token(
        owner=owner, name="数据交换", expires_on=DAY + timedelta(days=5), by=owner, at=_now()
    )
    assert getattr(valid_token(raw), "owner", None) == owner
    assert raw not in str(list(Entry.objects.values()))
    time_machine.move_to("2026-11-28T10:00+08:00", tick=False)
    assert valid_token(raw) is None
    with pytest.raises(Refused, match="为自己"):
        actions.make_token(owner=owner, name="x", expires_on=DAY + timedelta(days=30), by=administrator(), at=_now())
    for days in (0, -1, 400):
        with pytest.raises(Refused, match="到期日"):
            actions.make_token(
                owner=owner, name="x", expires_on=timezone.localdate() + timedelta(days=days), by=owner, at=_now()
            )
    actions.revoke_token(token=token, by=administrator(), at=_now())
    first = token.revoked_at
    actions.revoke_token(token=token, by=owner, at=_now())
    assert token.revoked_at == first


def test_a_token_of_a_deactivated_person_opens_nothing(admin: Person) -> None:
    owner = person(Role.AUDITOR, bureau())
    day = timezone.localdate() + timedelta(days=5)
    _token, raw = actions.make_token(owner=owner, name="数据交换", expires_on=day, by=owner, at=_now())
    actions.deactivate_person(person=owner, by=admin, at=_now())
    assert valid_token(raw) is None
    assert valid_token("") is None


def test_names_sort_by_their_sound() -> None:
    assert sorted(["张工", "李工", "Zeta", "阿工"], key=pinyin_key) == ["阿工", "李工", "Zeta", "张工"]


def test_a_theme_is_one_of_three() -> None:
    subject = person(None, section())
    assert actions.choose_theme(person=subject, theme="dark").theme == "dark"
    with pytest.raises(Refused):
        actions.choose_theme(person=subject, theme="pink")
