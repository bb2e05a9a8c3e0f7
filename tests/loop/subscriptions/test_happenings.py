"""What happens is noted at the cost of one statement, and told to those whose owner may see it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import people, rectification
from tests.factories.findings import at, world
from tests.factories.subscriptions import WHEN, HappeningFactory, ReceiverFactory, receiver
from wolong.ground.people.actions import deactivate_person, end_grant
from wolong.ground.people.states import Role
from wolong.loop.findings.actions import withdraw_finding
from wolong.loop.rectification import actions as orders
from wolong.loop.subscriptions import actions, receivers
from wolong.loop.subscriptions.models import Delivery, Happening
from wolong.loop.subscriptions.states import Event

pytestmark = pytest.mark.django_db
AWAY = "http://198.51.100.7/hooks"


def told() -> list[str]:
    actions.tell_receivers(at=WHEN)
    return [delivery.event for delivery in Delivery.objects.order_by("pk")]


def test_every_event_has_its_signal_and_is_known() -> None:
    assert {event for _signal, _name, event in receivers.TOLD} | {Event.ORDER_ACCEPTED} == set(Event)


def test_where_nobody_is_told_nothing_is_asked() -> None:
    here = world()
    finding = here.finding()
    assert Happening.objects.count() == 0
    with CaptureQueriesContext(connection) as queries:
        actions.note_happening(event=Event.FINDING_RAISED, subject_id=finding.pk, at=WHEN)
    assert len(queries) == 0


def test_where_somebody_is_told_it_costs_one_statement(django_capture_on_commit_callbacks: Any) -> None:
    here = world()
    with django_capture_on_commit_callbacks(execute=True):
        receiver(here.head, AWAY)
    with CaptureQueriesContext(connection) as queries:
        actions.note_happening(event=Event.FINDING_RAISED, subject_id=1, at=WHEN)
    assert len(queries) == 1
    assert Happening.objects.get().event == "finding.raised"


def test_an_event_that_nobody_chose_is_not_kept() -> None:
    here = world()
    receiver(here.head, AWAY, events=[Event.ORDER_CLOSED])
    here.finding()
    assert Happening.objects.count() == 0


def test_what_is_undone_was_never_told() -> None:
    here = world()
    receiver(here.head, AWAY)
    with transaction.atomic():
        here.finding()
        assert Happening.objects.exists()
        transaction.set_rollback(True)
    assert not Happening.objects.exists()


def test_the_way_of_an_order_is_told_from_finding_to_closure() -> None:
    here = world()
    receiver(here.head, AWAY)
    order = rectification.answered(here)
    orders.accept_answer(order=order, by=here.head, at=at("2026-11-18"))
    assert told() == [
        "finding.raised", "order.issued", "order.answered", "order.closed", "order.accepted",
    ]  # fmt: skip
    assert not Happening.objects.exists()
    assert told()  # a second look finds nothing new
    assert Delivery.objects.count() == 5


def test_returned_overdue_and_withdrawn_are_told_too() -> None:
    here = world()
    receiver(
        here.head,
        AWAY,
        events=[Event.ORDER_RETURNED, Event.ORDER_OVERDUE, Event.FINDING_WITHDRAWN, Event.ORDER_CANCELLED],
    )
    order = rectification.answered(here)
    orders.return_answer(order=order, remark="照片看不清", by=here.head, at=at("2026-11-18"))
    order.refresh_from_db()
    orders.escalate_overdue(on=order.due_on + timedelta(days=2), at=at("2026-12-01"))
    withdraw_finding(finding=order.finding, reason="判断有误", by=here.head, at=at("2026-12-02"))
    assert set(told()) == {"order.returned", "order.overdue", "finding.withdrawn", "order.cancelled"}


def test_the_body_says_little_and_names_nobody() -> None:
    here = world()
    receiver(here.head, AWAY, events=[Event.ORDER_ISSUED])
    order = rectification.issued(here, finding=here.finding(when=at("2026-11-16")))
    told()
    delivery = Delivery.objects.get()
    body = json.loads(delivery.body)
    assert body["id"] == str(delivery.message)
    assert set(body) == {"event", "id", "time", "kind", "number", "url", "facts"}
    assert (body["event"], body["kind"], body["number"]) == ("order.issued", "order", order.number)
    assert body["url"].endswith(order.get_absolute_url())
    assert body["time"].endswith("+08:00")
    assert body["facts"]["due_on"] == order.due_on.isoformat()
    for person in (here.head, here.finder, here.manager):
        assert person.name not in delivery.body
    assert order.finding.title not in delivery.body
    assert order.finding.place.name not in delivery.body


def test_a_receiver_knows_only_what_its_owner_may_see() -> None:
    here, other = world(), world("XYZ", name="另一办公区")
    receiver(here.head, AWAY, events=[Event.ORDER_ISSUED], name="本区")
    receiver(here.manager, AWAY, events=[Event.ORDER_ISSUED], name="企业")
    receiver(other.manager, AWAY, events=[Event.ORDER_ISSUED], name="别的企业")
    receiver(people.person(Role.STAFF, here.section), AWAY, events=[Event.ORDER_ISSUED], name="普通职工")
    rectification.issued(here)
    told()
    assert {delivery.receiver.name for delivery in Delivery.objects.all()} == {"本区", "企业"}


def test_the_receiver_of_somebody_who_left_is_told_nothing() -> None:
    here = world()
    receiver(here.third, AWAY, events=[Event.ORDER_ISSUED])
    deactivate_person(person=here.third, by=None, at=WHEN)
    rectification.issued(here)
    assert told() == []


def test_whoever_lost_the_role_is_told_nothing() -> None:
    here = world()
    receiver(here.third, AWAY, events=[Event.ORDER_ISSUED])
    end_grant(grant=here.third.grants.get(), by=None, at=WHEN)
    rectification.issued(here)
    assert told() == []


def test_what_is_gone_meanwhile_is_passed_over() -> None:
    ReceiverFactory(events=["finding.raised"])
    HappeningFactory(subject_id=999_999)
    assert told() == []
    assert not Happening.objects.exists()


@pytest.mark.parametrize("condition", [{"is_active": False}, {"paused_at": WHEN}])
def test_a_receiver_that_is_off_or_paused_costs_nothing_and_gets_nothing(condition: dict[str, Any]) -> None:
    here = world()
    ReceiverFactory(owner=here.head, **condition)
    here.finding()
    assert not Happening.objects.exists()
