"""More time, escalation, and deadlines that follow the calendar."""

from datetime import date

import pytest
import time_machine

from tests.factories.findings import World, at, tidy, world
from tests.factories.rectification import answer, issued
from tests.factories.workdays import official
from wolong.ground.inbox.models import Message
from wolong.ground.ledger.models import Entry
from wolong.ground.lifecycle import Refused
from wolong.ground.workdays.actions import announce_year, remove_day, set_day
from wolong.ground.workdays.models import SpecialDay
from wolong.ground.workdays.rules import Day
from wolong.loop.findings.models import Finding
from wolong.loop.findings.states import Stage
from wolong.loop.rectification import actions
from wolong.loop.rectification.models import Extension, Order
from wolong.loop.rectification.states import ExtensionState, State
from wolong.loop.rectification.tasks import escalate_overdue

pytestmark = pytest.mark.django_db
ASKED = {"until": date(2026, 11, 24), "reason": "电机 11-20 到货"}


@pytest.fixture
def here() -> World:
    official(2026)
    return world()


def overdue_messages(person: object) -> int:
    return Message.objects.filter(recipient=person, key__contains="overdue").count()


def test_more_time_is_asked_shown_and_granted(here: World) -> None:
    order = issued(here)
    extension = actions.ask_extension(order=order, **ASKED, by=here.manager, at=at("2026-11-17"))
    assert Finding.objects.get().stage == Stage.EXTENSION
    with pytest.raises(Refused, match="还没有审批"):
        actions.ask_extension(order=order, **ASKED, by=here.crew, at=at("2026-11-17"))
    for nobody in (here.manager, here.third):
        with pytest.raises(Refused, match="主管"):
            actions.decide_extension(extension=extension, is_granted=True, by=nobody, at=at("2026-11-17"))
    actions.decide_extension(
        extension=extension, is_granted=True, decision="理由成立", by=here.head, at=at("2026-11-18")
    )
    order.refresh_from_db()
    finding = Finding.objects.get()
    assert (order.due_on, order.is_due_computed, finding.due_on) == (date(2026, 11, 24), False, date(2026, 11, 24))
    assert finding.stage == Stage.ISSUED
    with pytest.raises(Refused, match="已准"):
        actions.decide_extension(
            extension=extension, is_granted=False, decision="不", by=here.head, at=at("2026-11-18")
        )


def test_a_refused_request_leaves_the_deadline_and_says_why(here: World) -> None:
    order = issued(here)
    extension = actions.ask_extension(order=order, **ASKED, by=here.manager, at=at("2026-11-17"))
    with pytest.raises(Refused, match="理由"):
        actions.decide_extension(extension=extension, is_granted=False, by=here.head, at=at("2026-11-18"))
    actions.decide_extension(
        extension=extension, is_granted=False, decision="库存有货", by=here.head, at=at("2026-11-18")
    )
    order.refresh_from_db()
    assert (order.due_on, order.state) == (date(2026, 11, 19), State.ISSUED)


@pytest.mark.parametrize("until", [date(2026, 11, 19), date(2026, 11, 18)])
def test_more_time_must_be_more(here: World, until: date) -> None:
    with pytest.raises(Refused, match="晚于现在的期限"):
        actions.ask_extension(order=issued(here), until=until, reason="配件", by=here.manager, at=at("2026-11-17"))


def test_a_day_that_passed_meanwhile_is_not_granted(here: World) -> None:
    extension = actions.ask_extension(order=issued(here), **ASKED, by=here.manager, at=at("2026-11-17"))
    with pytest.raises(Refused, match="已经过去"):
        actions.decide_extension(extension=extension, is_granted=True, by=here.head, at=at("2026-11-25"))


def test_an_answer_makes_an_undecided_request_lapse(here: World) -> None:
    order = issued(here)
    extension = actions.ask_extension(order=order, **ASKED, by=here.manager, at=at("2026-11-17"))
    answer(here, order)
    extension.refresh_from_db()
    assert (extension.state, Finding.objects.get().stage) == (ExtensionState.LAPSED, Stage.ANSWERED)
    assert Extension.objects.count() == 1


def test_a_late_order_rises_step_by_step_and_each_step_once(here: World) -> None:
    issued(here)  # due 11-19
    reached = []
    for day in range(19, 31):
        for _ in range(2):
            actions.escalate_overdue(on=date(2026, 11, day), at=at(f"2026-11-{day}", 7))
        reached.append((day, *(overdue_messages(who) for who in (here.manager, here.head, here.centre_head))))
    assert reached[0] == (19, 0, 0, 0)
    assert reached[1] == (20, 1, 0, 0)
    assert reached[3] == (22, 1, 1, 0)
    assert reached[7] == (26, 1, 1, 1)
    assert reached[-1] == (30, 1, 1, 1)
    assert Entry.objects.filter(verb="escalate", actor_name="").count() == 3


def test_steps_that_were_missed_are_told_together(here: World) -> None:
    issued(here)
    assert actions.escalate_overdue(on=date(2026, 12, 1), at=at("2026-12-01")) == 1
    assert [overdue_messages(who) for who in (here.manager, here.head, here.centre_head)] == [1, 1, 1]
    assert actions.escalate_overdue(on=date(2026, 12, 1), at=at("2026-12-01")) == 0


def test_an_answered_order_does_not_escalate_and_more_time_starts_anew(here: World) -> None:
    order = issued(here)
    answer(here, order)
    assert actions.escalate_overdue(on=date(2026, 12, 1), at=at("2026-12-01")) == 0
    late = issued(here, finding=here.finding())
    actions.escalate_overdue(on=date(2026, 11, 23), at=at("2026-11-23"))
    extension = actions.ask_extension(order=late, **ASKED, by=here.manager, at=at("2026-11-23"))
    actions.decide_extension(extension=extension, is_granted=True, by=here.head, at=at("2026-11-23"))
    late.refresh_from_db()
    assert late.escalation == 0
    assert actions.escalate_overdue(on=date(2026, 11, 25), at=at("2026-11-25")) == 1


def test_a_new_holiday_moves_the_deadline_and_its_removal_moves_it_back(here: World) -> None:
    order = issued(here)
    set_day(day=date(2026, 11, 18), is_workday=False, name="临时放假", by=None, at=at("2026-11-16", 12))
    order.refresh_from_db()
    assert order.due_on == Finding.objects.get().due_on == date(2026, 11, 20)
    assert Entry.objects.get(verb="recompute_deadline").sentence == "年历变动，期限由 11-19 周四 重算为 11-20 周五"
    remove_day(special=SpecialDay.objects.get(day=date(2026, 11, 18)), by=None, at=at("2026-11-16", 13))
    order.refresh_from_db()
    assert order.due_on == date(2026, 11, 19)


def test_a_deleted_holiday_makes_nobody_late_who_was_in_time(here: World) -> None:
    holiday = set_day(day=date(2026, 11, 19), is_workday=False, name="临时放假", by=None, at=at("2026-11-16", 9))
    order = issued(here)
    assert order.due_on == date(2026, 11, 20)
    remove_day(special=holiday, by=None, at=at("2026-11-19", 13))
    order.refresh_from_db()
    assert order.due_on == Finding.objects.get().due_on == date(2026, 11, 19)
    assert actions.escalate_overdue(on=date(2026, 11, 19), at=at("2026-11-19", 14)) == 0


def test_a_deadline_that_somebody_set_stays(here: World) -> None:
    order = issued(here, due_on=date(2026, 11, 26))
    set_day(day=date(2026, 11, 18), is_workday=False, name="临时放假", by=None, at=at("2026-11-16", 12))
    order.refresh_from_db()
    assert order.due_on == date(2026, 11, 26)
    assert not Entry.objects.filter(verb="recompute_deadline").exists()


def test_a_provisional_deadline_is_recomputed_once_when_the_year_is_announced(here: World) -> None:
    order = issued(here, when=at("2026-12-28", 11), finding=here.finding(here.duty(tidy()), when=at("2026-12-28")))
    assert (order.due_on, order.is_due_provisional) == (date(2027, 1, 11), True)
    announce_year(
        year=2027, days=[Day(date(2027, 1, 1), False, "元旦")], source="国务院办公厅通知", by=None, at=at("2026-12-29")
    )
    order.refresh_from_db()
    assert (order.due_on, order.is_due_provisional) == (date(2027, 1, 12), False)
    assert Entry.objects.filter(verb="recompute_deadline").count() == 1
    assert Order.objects.get().due_on == Finding.objects.get().due_on


def test_the_task_of_the_morning_escalates_by_the_present_day(here: World) -> None:
    issued(here)
    with time_machine.travel(at("2026-11-21", 7, 10), tick=False):
        assert escalate_overdue() == 1
        assert escalate_overdue() == 0
    assert overdue_messages(here.manager) == 1
