"""Deliveries over real connections: signed, repeated, given up, paused, sent again."""

import base64
import hashlib
import hmac
import json
import logging
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.factories import people, rectification
from tests.factories.findings import world
from tests.factories.subscriptions import WHEN, AttemptFactory, DeliveryFactory, ReceiverFactory, receiver
from tests.loop.subscriptions.servers import Listener, listening, raw
from wolong.ground.inbox.models import Message
from wolong.ground.ledger.models import Entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.actions import end_grant
from wolong.loop.subscriptions import actions, sending, tasks
from wolong.loop.subscriptions.models import Attempt, Delivery, Receiver
from wolong.loop.subscriptions.rules.waiting import WAITS
from wolong.loop.subscriptions.states import DeliveryState, Event

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]


def is_signed(secret: str, headers: dict[str, str], body: str) -> bool:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
    wanted = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return wanted in headers["webhook-signature"].split()


def waiting(address: str, **more: Any) -> tuple[Delivery, str]:
    """An order that was issued, and waits to be told to one receiver."""
    here = world()
    made, secret = receiver(here.head, address, events=[Event.ORDER_ISSUED], at=datetime.now(UTC), **more)
    rectification.issued(here)
    actions.tell_receivers(at=datetime.now(UTC))
    return Delivery.objects.get(receiver=made), secret


def test_a_delivery_arrives_signed_and_its_try_is_logged(listener: Listener) -> None:
    delivery, secret = waiting(listener.address)
    assert tasks.send_due.func(delivery.receiver_id) == 1
    (came,) = listener.requests
    assert is_signed(secret, came.headers, came.body)
    assert came.headers["webhook-id"] == json.loads(came.body)["id"] == str(delivery.message)
    assert abs(int(came.headers["webhook-timestamp"]) - time.time()) < 60
    delivery.refresh_from_db()
    assert (delivery.state, delivery.next_at, delivery.attempts_made) == ("delivered", None, 1)
    attempt = delivery.attempts.get()
    assert (attempt.status, attempt.answer, attempt.fault) == (200, "ok", "")
    assert tasks.send_due.func(delivery.receiver_id) == 0


def test_while_a_secret_is_replaced_both_sign_for_a_day(listener: Listener) -> None:
    delivery, old = waiting(listener.address)
    admin = people.administrator()
    new = actions.replace_secret(receiver=delivery.receiver, by=admin, at=datetime.now(UTC))
    assert new != old
    tasks.send_due.func(delivery.receiver_id)
    (first,) = listener.requests
    assert is_signed(old, first.headers, first.body)
    assert is_signed(new, first.headers, first.body)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=1, seconds=1)):
        actions.send_again(delivery=delivery, by=admin, at=datetime.now(UTC))
        tasks.send_now.func(delivery.pk)
    second = listener.requests[1]
    assert second.body == first.body
    assert not is_signed(old, second.headers, second.body)
    assert is_signed(new, second.headers, second.body)


def test_the_example_in_the_documents_checks_a_signature(listener: Listener) -> None:
    text = (ROOT / "docs/webhooks.md").read_text(encoding="utf-8")
    code = text.split("```python\n")[1].split("```")[0]
    assert len(code.strip().splitlines()) <= 15
    names: dict[str, Any] = {}
    exec(code, names)  # the project's own document
    delivery, secret = waiting(listener.address)
    tasks.send_due.func(delivery.receiver_id)
    (came,) = listener.requests
    body = came.body.encode()
    assert names["is_from_wolong"](secret, came.headers, body) is True
    assert names["is_from_wolong"](secret, came.headers, body + b" ") is False
    old = {**came.headers, "webhook-timestamp": str(int(time.time()) - 3600)}
    assert names["is_from_wolong"](secret, old, body) is False
    assert names["is_from_wolong"]("whsec_AAAA", came.headers, body) is False


def test_every_event_stands_in_the_documents() -> None:
    text = (ROOT / "docs/webhooks.md").read_text(encoding="utf-8")
    assert [event.value for event in Event if f"`{event.value}`" not in text] == []


def test_a_failure_waits_longer_each_time_and_is_given_up_at_last() -> None:
    with listening(status=500, answer=b"down" * 1000) as down:
        delivery, _secret = waiting(down.address)
        for count, wait in enumerate(WAITS, start=1):
            delivery.refresh_from_db()
            moment = max(delivery.next_at, delivery.receiver.rests_until or delivery.next_at)
            with time_machine.travel(moment + timedelta(seconds=1), tick=False):
                Receiver.objects.update(failing_since=None, rests_until=None)  # a pause is another test's
                assert tasks.send_due.func(delivery.receiver_id) == 0
                delivery.refresh_from_db()
                assert delivery.attempts_made == count
                assert delivery.next_at == datetime.now(UTC) + wait
        with time_machine.travel(delivery.next_at + timedelta(seconds=1), tick=False):
            Receiver.objects.update(failing_since=None, rests_until=None)
            tasks.send_due.func(delivery.receiver_id)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.next_at) == ("given_up", None)
    assert len(down.requests) == len(WAITS) + 1
    assert {request.headers["webhook-id"] for request in down.requests} == {str(delivery.message)}
    message = Message.objects.get(key__contains="given-up")
    assert message.recipient == delivery.receiver.owner
    assert "已放弃" in message.sentence
    assert len(Attempt.objects.latest("pk").answer) <= 1024


def test_a_receiver_rests_after_a_failure_and_others_do_not(listener: Listener) -> None:
    with listening(status=503) as down:
        first, _secret = waiting(down.address)
        second = DeliveryFactory(receiver=first.receiver, event="ping")
        tasks.send_due.func(first.receiver_id)
        assert tasks.send_due.func(first.receiver_id) == 0
        assert len(down.requests) == 1
    second.refresh_from_db()
    assert second.attempts_made == 0 or first.attempts_made == 0
    other = DeliveryFactory(receiver__address=listener.address)
    assert tasks.send_due.func(other.receiver_id) == 1


def test_a_receiver_that_hangs_takes_one_try_and_then_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "SECONDS", 0.5)
    with raw() as address:
        delivery, _secret = waiting(address)
        DeliveryFactory.create_batch(20, receiver=delivery.receiver)
        began = time.monotonic()
        tasks.send_due.func(delivery.receiver_id)
        assert time.monotonic() - began < 8  # twenty-one tries would take ten seconds and more
    assert Attempt.objects.count() == 1
    assert "没有应答" in Attempt.objects.get().fault


def test_after_three_days_of_failures_a_receiver_is_paused_and_says_so() -> None:
    with listening(status=500) as down:
        delivery, _secret = waiting(down.address)
        Receiver.objects.update(failing_since=datetime.now(UTC) - timedelta(days=3), failures=40)
        tasks.send_due.func(delivery.receiver_id)
    found = Receiver.objects.get()
    assert found.paused_at is not None
    assert Message.objects.filter(recipient=found.owner, sentence__contains="已暂停").count() == 1
    client = Client()
    client.force_login(found.owner)
    page = client.get(found.get_absolute_url()).content.decode()
    assert "多日没有收下通知" in page
    assert client.post(f"{found.get_absolute_url()}resume/").status_code == 302
    found.refresh_from_db()
    assert (found.paused_at, found.failures, found.rests_until) == (None, 0, None)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.WAITING


def test_a_receiver_that_says_it_is_gone_is_paused_at_once() -> None:
    with listening(status=410) as gone:
        delivery, _secret = waiting(gone.address)
        tasks.send_due.func(delivery.receiver_id)
    assert Receiver.objects.get().paused_at is not None


def test_what_the_owner_may_no_longer_see_is_not_sent_any_more(listener: Listener) -> None:
    delivery, _secret = waiting(listener.address)
    for grant in delivery.receiver.owner.grants.all():
        end_grant(grant=grant, by=None, at=datetime.now(UTC))
    tasks.send_due.func(delivery.receiver_id)
    delivery.refresh_from_db()
    assert (delivery.state, listener.requests) == ("withheld", [])


def test_a_ping_goes_at_once_even_to_a_receiver_that_rests(
    listener: Listener, django_capture_on_commit_callbacks: Any
) -> None:
    made = ReceiverFactory(address=listener.address, rests_until=datetime.now(UTC) + timedelta(hours=1), failures=3)
    with django_capture_on_commit_callbacks() as asked:
        delivery = actions.ping(receiver=made, by=made.owner, at=datetime.now(UTC))
    assert len(asked) == 1
    assert tasks.send_now.func(delivery.pk)
    assert json.loads(listener.requests[0].body)["event"] == "ping"
    made.refresh_from_db()
    assert (made.failures, made.rests_until) == (0, None)


def test_a_message_is_sent_again_with_the_same_name(listener: Listener) -> None:
    delivery, _secret = waiting(listener.address)
    tasks.send_due.func(delivery.receiver_id)
    actions.send_again(delivery=delivery, by=delivery.receiver.owner, at=datetime.now(UTC))
    tasks.send_now.func(delivery.pk)
    first, second = listener.requests
    assert (first.body, first.headers["webhook-id"]) == (second.body, second.headers["webhook-id"])
    assert delivery.attempts.count() == 2


def test_nobody_else_pings_or_sends_again(listener: Listener) -> None:
    delivery, _secret = waiting(listener.address)
    stranger = people.person("centre_head", people.centre("另一个中心"))
    with pytest.raises(Refused):
        actions.ping(receiver=delivery.receiver, by=stranger, at=WHEN)
    with pytest.raises(Refused):
        actions.send_again(delivery=delivery, by=stranger, at=WHEN)
    with pytest.raises(Refused):
        actions.replace_secret(receiver=delivery.receiver, by=delivery.receiver.owner, at=WHEN)


def test_a_receiver_that_is_switched_off_is_left_alone(listener: Listener) -> None:
    delivery, _secret = waiting(listener.address)
    admin = people.administrator()
    actions.switch_receiver(receiver=delivery.receiver, is_active=False, by=admin, at=WHEN)
    assert tasks.send_due.func(delivery.receiver_id) == 0
    assert tasks.send_now.func(delivery.pk) is False
    with pytest.raises(Refused, match="已停用"):
        actions.ping(receiver=delivery.receiver, by=admin, at=WHEN)
    assert listener.requests == []


def test_the_secret_stands_nowhere_in_the_clear(
    listener: Listener, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    for name in ("wolong", "procrastinate", "django"):
        caplog.set_level(logging.DEBUG, logger=name)
    delivery, secret = waiting(listener.address)
    tasks.send_due.func(delivery.receiver_id)
    made = delivery.receiver
    assert secret not in made.secret
    assert secret not in caplog.text
    assert not [
        entry for entry in Entry.objects.all() if secret in json.dumps(entry.payload) or secret in entry.sentence
    ]
    admin = Client()
    admin.force_login(people.administrator())
    for address in (made.get_absolute_url(), "/subscriptions/", f"{made.get_absolute_url()}log/"):
        page = admin.get(address)
        assert page.status_code == 200
        assert secret.encode() not in page.content
        assert made.secret.encode() not in page.content
    settings.SECRET_KEY = "another installation's key, long enough"
    actions.send_again(delivery=delivery, by=made.owner, at=datetime.now(UTC))
    tasks.send_now.func(delivery.pk)
    assert "密钥打不开" in Attempt.objects.latest("pk").fault


def test_the_log_keeps_thirty_days_and_what_still_waits() -> None:
    old = datetime.now(UTC) - timedelta(days=31)
    gone = DeliveryFactory(at=old, state="delivered", next_at=None)
    AttemptFactory(delivery=gone)
    waits = DeliveryFactory(at=old)
    fresh = DeliveryFactory(at=datetime.now(UTC), state="given_up", next_at=None)
    assert tasks.forget_old.func() == 1
    assert set(Delivery.objects.all()) == {waits, fresh}


def test_the_look_out_gives_each_receiver_one_job() -> None:
    first, second = DeliveryFactory(), DeliveryFactory()
    DeliveryFactory(receiver=first.receiver)
    DeliveryFactory(receiver__rests_until=datetime.now(UTC) + timedelta(hours=1))
    assert tasks.look_out.func() == 2
    assert tasks.look_out.func() == 0  # both still wait in their queue
    del second
