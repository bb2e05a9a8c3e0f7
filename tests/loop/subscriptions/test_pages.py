"""Receivers on the desk: who opens what, and what is refused in whose words."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from tests.factories import people
from tests.factories.subscriptions import AttemptFactory, DeliveryFactory, ReceiverFactory
from wolong.ground.ledger.models import Entry
from wolong.loop.subscriptions.models import Delivery, Receiver

pytestmark = pytest.mark.django_db


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def admin() -> Client:
    return signed_in(people.administrator())


def given(owner: Any, **more: Any) -> dict[str, Any]:
    fields = {
        "name": "督查平台",
        "address": "https://oa.example.gov.cn/h?key=s3cret",
        "owner": owner.pk,
        "events": ["order.closed"],
    }
    return {**fields, **more}


def test_an_administrator_registers_a_receiver_and_sees_its_secret_once(admin: Client) -> None:
    owner = people.person("section_head", people.section())
    page = admin.post("/subscriptions/register/", given(owner)).content.decode()
    assert 'id="shown-once">whsec_' in page
    made = Receiver.objects.get()
    assert made.owner == owner
    shown = admin.get(made.get_absolute_url()).content.decode()
    assert "whsec_" not in shown
    assert "order.closed" in shown
    entry = Entry.objects.get(verb="register_receiver")
    assert "s3cret" not in str(entry.payload)  # what an address carries may itself be a secret


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"address": "ftp://x.example/"}, "http"),
        ({"address": "http://127.0.0.1:9/"}, "所在的机器"),
        ({"address": "http://" + "a" * 390 + ".example/"}, "400"),
        ({"events": []}, "必填"),
        ({"events": ["order.eaten"]}, "order.eaten"),
        ({"name": " "}, "必填"),
        ({"owner": 999999}, "选"),
    ],
)
def test_what_can_not_be_is_refused_and_nothing_is_lost(
    admin: Client, settings: Any, wrong: dict[str, Any], sentence: str
) -> None:
    settings.SUBSCRIPTIONS_LOCAL = False
    owner = people.person("section_head", people.section())
    answer = admin.post("/subscriptions/register/", {**given(owner), **wrong})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert "督查平台" in page or "name" in wrong
    assert not Receiver.objects.exists()


def test_a_receiver_is_changed_switched_off_and_on(admin: Client) -> None:
    made = ReceiverFactory()
    at = made.get_absolute_url()
    assert admin.post(f"{at}change/", given(made.owner, name="大屏")).status_code == 302
    assert admin.post(f"{at}off/").status_code == 302
    made.refresh_from_db()
    assert (made.name, made.events, made.is_active) == ("大屏", ["order.closed"], False)
    assert admin.post(f"{at}ping/").status_code == 422
    assert admin.post(f"{at}on/").status_code == 302
    assert admin.post(f"{at}ping/").status_code == 302
    assert "whsec_" in admin.post(f"{at}secret/").content.decode()


def test_what_waited_when_it_was_switched_off_is_not_sent_later(admin: Client) -> None:
    delivery = DeliveryFactory()
    admin.post(f"{delivery.receiver.get_absolute_url()}off/")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.next_at) == ("given_up", None)


def test_the_owner_sees_the_log_and_tries_but_changes_nothing() -> None:
    delivery = DeliveryFactory()
    AttemptFactory(delivery=delivery, answer="<script>alert(1)</script>")
    owner, at = signed_in(delivery.receiver.owner), delivery.receiver.get_absolute_url()
    assert owner.get("/subscriptions/").status_code == 200
    assert owner.get(at).status_code == 200
    assert owner.get(f"{at}log/").status_code == 200
    page = owner.get(delivery.get_absolute_url()).content.decode()
    assert "对方应答 500" in page
    assert "<script>alert" not in page
    assert owner.post(f"{delivery.get_absolute_url()}again/").status_code == 302
    for verb in ("change", "secret", "off", "on"):
        assert owner.post(f"{at}{verb}/").status_code == 403
    assert owner.get("/subscriptions/register/").status_code == 403


def test_nobody_else_opens_anything() -> None:
    delivery = DeliveryFactory()
    at = delivery.receiver.get_absolute_url()
    leader = signed_in(people.person("leader", people.bureau()))
    assert leader.get("/subscriptions/").status_code == 403
    owner_of_another = signed_in(ReceiverFactory().owner)
    assert b"\xe7\x9d\xa3\xe6\x9f\xa5\xe5\xb9\xb3\xe5\x8f\xb0" in owner_of_another.get("/subscriptions/").content
    for address in (at, f"{at}log/", delivery.get_absolute_url()):
        assert owner_of_another.get(address).status_code == 404
    for address in (f"{at}ping/", f"{at}resume/", f"{delivery.get_absolute_url()}again/"):
        assert owner_of_another.post(address).status_code == 404
    assert Client().get(at).status_code == 302
    assert Delivery.objects.count() == 1


def test_a_receiver_that_was_not_paused_is_not_resumed(admin: Client) -> None:
    made = ReceiverFactory(rests_until=datetime.now(UTC))
    answer = admin.post(f"{made.get_absolute_url()}resume/")
    assert answer.status_code == 422
    assert "没有暂停" in answer.content.decode()
