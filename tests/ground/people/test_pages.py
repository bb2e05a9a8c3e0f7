"""The administrator's pages open to nobody else; a secret is shown once; one's own account is one's own."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.people import (
    PASSWORD,
    AccessTokenFactory,
    LeaveFactory,
    administrator,
    centre,
    company,
    person,
    section,
)
from wolong.ground.people.models import AccessToken, Grant, Leave, Organization, Person
from wolong.ground.people.queries import valid_token
from wolong.ground.people.states import Role
from wolong.ground.people.urls import urlpatterns

pytestmark = pytest.mark.django_db

OWN = {"account", "my_leave", "make_token", "revoke_token"}


@pytest.fixture
def admin() -> Person:
    return administrator(centre())


@pytest.fixture
def desk(client: Client, admin: Person) -> Client:
    client.force_login(admin)
    return client


def _address(name: str, subject: Person) -> str:
    pks = {
        "end_grant": lambda: subject.grants.get().pk,
        "withdraw_leave": lambda: LeaveFactory(person=subject).pk,
        "revoke_token": lambda: AccessTokenFactory(owner=subject).pk,
        "organization": lambda: subject.organization_id,
        "change_organization": lambda: subject.organization_id,
    }
    pattern = next(str(one.pattern) for one in urlpatterns if one.name == name)
    return reverse(f"people:{name}", args=[pks.get(name, lambda: subject.pk)()] if "pk" in pattern else [])


@pytest.mark.parametrize("name", [pattern.name for pattern in urlpatterns])
def test_who_opens_which_page(client: Client, admin: Person, name: str) -> None:
    subject = person(Role.INSPECTOR, section())
    address = _address(name, subject)
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
    for role, unit in ((Role.SUPPLIER_MANAGER, company()), (Role.LEADER, centre()), (Role.AUDITOR, centre())):
        client.force_login(person(role, unit))
        wanted = 404 if name == "revoke_token" else 200 if name in OWN else 403
        assert client.get(address).status_code == wanted
        if name not in OWN:
            assert client.post(address, {}).status_code in {403, 405}
    client.force_login(admin)
    assert client.get(address).status_code == (404 if name == "revoke_token" else 200)


def test_a_person_comes_from_the_first_form_to_a_first_sign_in(desk: Client, admin: Person) -> None:
    unit = section()
    answer = desk.post(
        reverse("people:add_person"),
        {"account": "Zhou.Gong", "name": "周工", "organization": unit.pk, "post": "", "phone": ""},
    )
    newcomer = Person.objects.get(account="Zhou.Gong")
    assert answer["Location"] == newcomer.get_absolute_url()
    assert newcomer.pinyin_key == "zhou gong"
    today = timezone.localdate()
    desk.post(
        reverse("people:grant", args=[newcomer.pk]),
        {"role": Role.INSPECTOR, "organization": unit.pk, "since": today, "until": "", "acting_for": ""},
    )
    assert Grant.objects.get(person=newcomer).role == Role.INSPECTOR
    answer = desk.post(reverse("people:password", args=[newcomer.pk]))
    password = answer.content.decode().split('id="shown-once">')[1].split("<")[0]
    assert "no-cache" in answer["Cache-Control"]
    assert password not in desk.get(newcomer.get_absolute_url()).content.decode()

    other = Client()
    answer = other.post(reverse("account_login"), {"login": "Zhou.Gong", "password": password})
    assert answer.status_code == 302
    answer = other.get(reverse("inbox:list"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_change_password"))
    assert other.get(reverse("inbox:list"), headers={"HX-Request": "true"})["HX-Redirect"] == answer["Location"]
    assert other.get(answer["Location"]).status_code == 200
    new = "xin-de-mi-ma-2026"
    other.post(answer["Location"], {"oldpassword": password, "password1": new, "password2": new})
    assert other.get(reverse("inbox:list")).status_code == 200
    newcomer.refresh_from_db()
    assert not newcomer.must_change_password
    assert newcomer.check_password(new)


def test_a_new_one_time_password_ends_open_sessions(desk: Client) -> None:
    subject = person(Role.INSPECTOR, section())
    other = Client()
    other.force_login(subject)
    assert other.get(reverse("people:account")).status_code == 200
    desk.post(reverse("people:password", args=[subject.pk]))
    assert other.get(reverse("people:account")).status_code == 302


def test_whoever_is_deactivated_is_out_at_once(desk: Client) -> None:
    subject = person(Role.INSPECTOR, section())
    other = Client()
    other.force_login(subject)
    desk.post(reverse("people:deactivate", args=[subject.pk]))
    assert other.get(reverse("people:account")).status_code == 302
    other.post(reverse("account_login"), {"login": subject.account, "password": PASSWORD})
    assert other.get(reverse("people:account")).status_code == 302
    desk.post(reverse("people:activate", args=[subject.pk]))
    assert Person.objects.get(pk=subject.pk).is_active


def test_a_refusal_stands_on_the_form(desk: Client, admin: Person) -> None:
    answer = desk.post(reverse("people:deactivate", args=[admin.pk]))
    assert answer.status_code == 422
    assert "不能停用自己的账号" in answer.content.decode()


def test_the_list_is_found_filtered_and_saved_as_a_sheet(desk: Client, django_assert_max_num_queries) -> None:
    unit = section()
    for _ in range(60):
        person(Role.INSPECTOR, unit)
    boss = person(Role.SECTION_HEAD, unit, name="李主管")
    with django_assert_max_num_queries(14):
        assert desk.get(reverse("people:list")).status_code == 200
    page = desk.get(reverse("people:list"), {"q": "li zhu"}).content.decode()
    assert boss.name in page
    assert "科室主管" in page
    page = desk.get(reverse("people:list"), {"role": Role.SECTION_HEAD, "organization": unit.pk}).content.decode()
    assert boss.account in page
    assert desk.get(reverse("people:list"), {"role": "x", "organization": "' or 1=1"}).status_code == 200
    answer = desk.get(reverse("people:list"), {"export": "xlsx"})
    assert answer.status_code == 200
    assert b"".join(answer).startswith(b"PK") if answer.streaming else answer.content.startswith(b"PK")


def test_units_are_added_and_renamed(desk: Client) -> None:
    parent = centre()
    add = reverse("people:add_organization")
    desk.post(add, {"name": "安全保卫科", "short_name": "", "kind": "institution", "parent": parent.pk})
    unit = Organization.objects.get(name="安全保卫科")
    assert unit.path == f"{parent.path}{unit.pk}/"
    answer = desk.post(add, {"name": "安全保卫科", "kind": "institution", "parent": parent.pk})
    assert answer.status_code == 422
    desk.post(reverse("people:change_organization", args=[unit.pk]), {"name": "保卫科", "short_name": ""})
    unit.refresh_from_db()
    assert (unit.name, unit.short_name) == ("保卫科", "保卫科")
    assert "改名" in desk.get(unit.get_absolute_url()).content.decode()
    assert desk.get(reverse("people:organizations")).status_code == 200


def test_a_grant_is_ended_and_leave_noted_and_withdrawn(desk: Client) -> None:
    subject = person(Role.INSPECTOR, section())
    desk.post(reverse("people:end_grant", args=[subject.grants.get().pk]))
    assert subject.grants.get().valid.upper == timezone.localdate()
    today = timezone.localdate()
    desk.post(
        reverse("people:leave", args=[subject.pk]),
        {"since": today, "until": today + timedelta(days=2), "reason": "年假"},
    )
    leave = Leave.objects.get(person=subject)
    assert leave.last_day == today + timedelta(days=2)
    assert "年假" in desk.get(subject.get_absolute_url()).content.decode()
    desk.post(reverse("people:withdraw_leave", args=[leave.pk]))
    assert not Leave.objects.exists()


def test_a_read_token_is_shown_once_and_works_until_it_is_revoked(client: Client) -> None:
    owner = person(Role.AUDITOR, centre())
    client.force_login(owner)
    day = timezone.localdate() + timedelta(days=30)
    given = {"name": "数据交换", "expires_on": day, "scopes": ["read", "answer_orders"]}
    answer = client.post(reverse("people:make_token"), given)
    raw = answer.content.decode().split('id="shown-once">')[1].split("<")[0]
    token = AccessToken.objects.get()
    assert raw not in token.digest
    assert getattr(valid_token(raw), "owner", None) == owner
    assert valid_token(raw + "x") is None
    page = client.get(reverse("people:account")).content.decode()
    assert "数据交换" in page
    assert raw not in page
    assert "签收、答复整改通知单" in page
    assert "下发整改通知单" not in page
    assert "没有用过" in page
    stranger = Client()
    stranger.force_login(person(Role.AUDITOR, centre()))
    assert stranger.post(reverse("people:revoke_token", args=[token.pk])).status_code == 404
    client.post(reverse("people:revoke_token", args=[token.pk]))
    assert valid_token(raw) is None


@pytest.mark.parametrize("scopes", [[], ["everything"]])
def test_a_token_that_may_nothing_is_not_made(client: Client, scopes: list[str]) -> None:
    client.force_login(person(Role.AUDITOR, centre()))
    day = timezone.localdate() + timedelta(days=30)
    answer = client.post(reverse("people:make_token"), {"name": "数据交换", "expires_on": day, "scopes": scopes})
    assert answer.status_code == 422
    assert "数据交换" in answer.content.decode()
    assert not AccessToken.objects.exists()


def test_five_wrong_passwords_lock_the_account_for_a_while(client: Client) -> None:
    subject = person(Role.INSPECTOR, section())
    address = reverse("account_login")
    for _ in range(5):
        client.post(address, {"login": subject.account, "password": "wrong-wrong"})
    answer = client.post(address, {"login": subject.account, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert answer.status_code in {200, 403, 429}


def test_nobody_signs_up() -> None:
    assert Client().get("/account/signup/").status_code == 404
