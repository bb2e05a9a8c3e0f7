"""Two people at one moment: one of them does it, the other is told so in words."""

import pytest

from tests.factories import notices as made
from tests.factories import people
from tests.factories.findings import World, at, world
from tests.loop.rectification.test_races import at_once, refusals
from wolong.ground.ledger.models import Entry
from wolong.ground.people.states import Role
from wolong.loop.notices import actions
from wolong.loop.notices.models import Notice
from wolong.loop.notices.states import State

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here() -> World:
    return world()


def test_two_approve_one_notice_at_once(here: World) -> None:
    notice, other = made.submitted(here), people.person(Role.SECTION_HEAD, people.section("综合科", parent=here.centre))
    results = at_once(
        lambda: actions.approve_notice(notice=notice, by=here.centre_head, at=at("2026-11-17")),
        lambda: actions.approve_notice(notice=notice, by=other, at=at("2026-11-17")),
    )
    assert len(refusals(results)) == 1
    assert Entry.objects.filter(verb="approve_notice").count() == 1


def test_approve_and_return_at_once_leave_one_decision(here: World) -> None:
    notice, other = made.submitted(here), people.person(Role.SECTION_HEAD, people.section("综合科", parent=here.centre))
    results = at_once(
        lambda: actions.approve_notice(notice=notice, by=here.centre_head, at=at("2026-11-17")),
        lambda: actions.return_notice(notice=notice, reason="再看", by=other, at=at("2026-11-17")),
    )
    assert len(refusals(results)) == 1
    notice.refresh_from_db()
    assert notice.state in {State.PUBLISHED, State.RETURNED}
    assert (notice.number is None) == (notice.state == State.RETURNED)


def test_approve_and_withdraw_at_once_never_leave_it_half_public(here: World) -> None:
    notice = made.submitted(here)
    results = at_once(
        lambda: actions.approve_notice(notice=notice, by=here.centre_head, at=at("2026-11-17")),
        lambda: actions.withdraw_notice(notice=notice, reason="有误", by=here.centre_head, at=at("2026-11-17")),
    )
    notice.refresh_from_db()
    assert not isinstance(results[0], Exception)
    assert notice.state == (State.PUBLISHED if refusals(results) else State.WITHDRAWN)


def test_two_withdraw_at_once_and_one_trace_stays(here: World) -> None:
    notice = made.published(here)
    results = at_once(
        *(
            lambda why=why: actions.withdraw_notice(notice=notice, reason=why, by=here.centre_head, at=at("2026-11-18"))
            for why in ("有误", "改期")
        )
    )
    assert len(refusals(results)) == 1
    assert Entry.objects.filter(verb="withdraw_notice").count() == 1


def test_notices_approved_at_once_have_numbers_of_their_own(here: World) -> None:
    waiting = [made.submitted(here) for _ in range(3)]
    results = at_once(
        *(
            lambda one=one: actions.approve_notice(notice=one, by=here.centre_head, at=at("2026-11-17"))
            for one in waiting
        )
    )
    assert refusals(results) == []
    numbers = sorted(Notice.objects.values_list("number", flat=True))
    assert numbers == ["GS-2026-0001", "GS-2026-0002", "GS-2026-0003"]
