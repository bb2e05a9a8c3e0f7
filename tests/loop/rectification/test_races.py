"""Two people at one moment: one of them does it, the other is told so in words, and nothing is half done."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from tests.factories.findings import World, at, world
from tests.factories.rectification import answered, issued
from wolong.ground.ledger.models import Entry
from wolong.ground.lifecycle import Refused
from wolong.loop.findings.actions import raise_finding, withdraw_finding
from wolong.loop.findings.models import Finding
from wolong.loop.findings.states import Stage
from wolong.loop.rectification import actions
from wolong.loop.rectification.models import Order
from wolong.loop.rectification.states import State

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Run the deeds in threads of their own, released together; the results, refusals among them, in order."""
    barrier = threading.Barrier(len(deeds))
    results: list[Any] = [None] * len(deeds)

    def run(place: int, deed: Callable[[], Any]) -> None:
        try:
            barrier.wait(timeout=10)
            results[place] = deed()
        except BaseException as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def refusals(results: list[Any]) -> list[Refused]:
    strange = [result for result in results if isinstance(result, BaseException) and not isinstance(result, Refused)]
    assert strange == []
    return [result for result in results if isinstance(result, Refused)]


@pytest.fixture
def here() -> World:
    return world()


def test_verify_and_return_one_order_at_once(here: World) -> None:
    for _ in range(ROUNDS):
        order = answered(here)
        results = at_once(
            lambda order=order: actions.accept_answer(order=order, by=here.head, at=at("2026-11-18")),
            lambda order=order: actions.return_answer(order=order, remark="再改", by=here.third, at=at("2026-11-18")),
        )
        (refusal,) = refusals(results)
        assert "刚刚有人处理过" in refusal.sentence
        order.refresh_from_db()
        finding = Finding.objects.get(pk=order.finding_id)
        accepted = not isinstance(results[0], Refused)
        assert order.state == (State.CLOSED if accepted else State.RETURNED)
        assert finding.stage == (Stage.CLOSED if accepted else Stage.RETURNED)
        judged = Entry.objects.filter(subject_kind="rectification.order", subject_id=order.pk)
        assert judged.filter(verb__in=("accept_answer", "return_answer")).count() == 1
        assert order.answers.get().judged_by == (here.head if accepted else here.third)


def test_issue_one_order_twice_at_once(here: World) -> None:
    for _ in range(ROUNDS):
        finding = here.finding()
        results = at_once(
            lambda finding=finding: actions.issue_order(finding=finding, by=here.head, at=at("2026-11-16")),
            lambda finding=finding: actions.issue_order(finding=finding, by=here.centre_head, at=at("2026-11-16")),
        )
        (refusal,) = refusals(results)
        assert "已经下发整改通知单 ZG-2026-WLS-" in refusal.sentence
        assert Order.objects.filter(finding=finding).count() == 1


def test_withdraw_while_issuing_leaves_no_living_order(here: World) -> None:
    for _ in range(ROUNDS):
        finding = here.finding()
        results = at_once(
            lambda finding=finding: withdraw_finding(finding=finding, reason="误判", by=here.head, at=at("2026-11-16")),
            lambda finding=finding: actions.issue_order(finding=finding, by=here.centre_head, at=at("2026-11-16")),
        )
        assert len(refusals(results)) <= 1
        assert not isinstance(results[0], Refused)
        finding.refresh_from_db()
        assert finding.stage == Stage.WITHDRAWN
        assert not Order.objects.filter(finding=finding).exclude(state=State.CANCELLED).exists()


def test_withdraw_while_verifying_does_not_deadlock(here: World) -> None:
    for _ in range(ROUNDS):
        order = answered(here)
        results = at_once(
            lambda order=order: withdraw_finding(
                finding=order.finding, reason="误判", by=here.head, at=at("2026-11-18")
            ),
            lambda order=order: actions.accept_answer(order=order, by=here.third, at=at("2026-11-18")),
        )
        assert len(refusals(results)) == 1
        order.refresh_from_db()
        stage = Finding.objects.get(pk=order.finding_id).stage
        assert (order.state, stage) in {(State.CLOSED, Stage.CLOSED), (State.CANCELLED, Stage.WITHDRAWN)}


def test_two_people_grant_and_refuse_one_request_at_once(here: World) -> None:
    order = issued(here)
    asked = actions.ask_extension(
        order=order, until=at("2026-11-30").date(), reason="配件", by=here.manager, at=at("2026-11-17")
    )
    results = at_once(
        lambda: actions.decide_extension(extension=asked, is_granted=True, by=here.head, at=at("2026-11-18")),
        lambda: actions.decide_extension(
            extension=asked, is_granted=False, decision="不", by=here.centre_head, at=at("2026-11-18")
        ),
    )
    assert len(refusals(results)) == 1


def test_numbers_stay_gapless_when_orders_are_issued_at_once(here: World) -> None:
    findings = [here.finding() for _ in range(6)]
    results = at_once(
        *(
            lambda finding=finding: actions.issue_order(finding=finding, by=here.head, at=at("2026-11-16"))
            for finding in findings
        )
    )
    assert refusals(results) == []
    numbers = sorted(Order.objects.values_list("number", flat=True))
    assert numbers == [f"ZG-2026-WLS-{n:04d}" for n in range(1, 7)]


def test_one_observation_raised_twice_at_once_is_one_finding(here: World) -> None:
    observation = here.observation()
    results = at_once(
        *(lambda: raise_finding(observation=observation, by=here.finder, at=at("2026-11-16")) for _ in range(2))
    )
    assert refusals(results) == []
    assert Finding.objects.filter(observation=observation).count() == 1
    assert results[0] == results[1]


def test_escalating_twice_at_once_tells_once(here: World) -> None:
    issued(here)
    day = at("2026-11-20")
    results = at_once(*(lambda: actions.escalate_overdue(on=day.date(), at=day) for _ in range(2)))
    assert sorted(results) == [0, 1]
    assert Entry.objects.filter(verb="escalate").count() == 1
