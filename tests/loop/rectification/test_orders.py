"""An order is issued, received, answered, verified by a third person; it can be cancelled, watched and reopened."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import people
from tests.factories.files import photo
from tests.factories.findings import World, ammonia, at, tidy, world
from tests.factories.people import LeaveFactory
from tests.factories.rectification import answer, answered, closed, issued
from tests.factories.workdays import official
from wolong.ground.inbox.models import Message
from wolong.ground.ledger.models import Entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.rules import days_from
from wolong.ground.people.states import Role
from wolong.loop.findings.actions import withdraw_finding
from wolong.loop.findings.models import Finding
from wolong.loop.findings.states import Stage
from wolong.loop.rectification import actions
from wolong.loop.rectification.models import Answer, Order
from wolong.loop.rectification.states import Cause, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> World:
    return world()


def told(person: object) -> list[str]:
    return list(Message.objects.filter(recipient=person).order_by("pk").values_list("sentence", flat=True))


def verbs(order: Order) -> list[str]:
    return list(
        Entry.objects.filter(subject_kind="rectification.order", subject_id=order.pk)
        .order_by("pk")
        .values_list("verb", flat=True)
    )


def test_the_section_head_issues_and_the_company_is_told(here: World) -> None:
    official(2026)
    order = issued(here, demand="查明排风")
    finding = Finding.objects.get()
    assert (order.number, order.state, order.due_on) == ("ZG-2026-WLS-0001", State.ISSUED, date(2026, 11, 19))
    assert (order.responsible, order.supervisor, order.is_due_provisional) == (here.company, here.section, False)
    assert (finding.stage, finding.due_on) == (Stage.ISSUED, order.due_on)
    assert told(here.manager) == [f"收到整改通知单：{finding.title}，限 11-19 周四前"]
    assert told(here.crew) == []
    entry = Entry.objects.get(verb="issue_order")
    assert (entry.actor_name, entry.sentence, entry.payload["say"]) == (
        "李主管",
        "签发整改通知单，限 11-19 周四前",
        "查明排风",
    )


@pytest.mark.parametrize("who", ["finder", "third", "manager", "crew"])
def test_nobody_below_the_section_head_issues(here: World, who: str) -> None:
    with pytest.raises(Refused, match="主管"):
        actions.issue_order(finding=here.finding(), by=getattr(here, who), at=at("2026-11-16"))
    assert not Order.objects.exists()


def test_the_centre_head_issues_too(here: World) -> None:
    order = actions.issue_order(finding=here.finding(), by=here.centre_head, at=at("2026-11-16"))
    assert order.issued_by == here.centre_head


def test_a_deadline_in_the_past_is_refused_and_today_is_not(here: World) -> None:
    finding = here.finding()
    with pytest.raises(Refused, match="11-15 周日 已经过去"):
        actions.issue_order(finding=finding, due_on=date(2026, 11, 15), by=here.head, at=at("2026-11-16"))
    assert not Order.objects.exists()
    order = actions.issue_order(finding=finding, due_on=date(2026, 11, 16), by=here.head, at=at("2026-11-16"))
    assert (order.due_on, order.is_due_computed) == (date(2026, 11, 16), False)


def test_today_is_today_in_shanghai(here: World) -> None:
    finding = here.finding()
    # 00:30 on the 17th in Shanghai is still the 16th in UTC.
    with pytest.raises(Refused, match="已经过去"):
        actions.issue_order(finding=finding, due_on=date(2026, 11, 16), by=here.head, at=at("2026-11-17", 0, 30))


def test_one_finding_has_one_order(here: World) -> None:
    order = issued(here)
    with pytest.raises(Refused, match="ZG-2026-WLS-0001"):
        actions.issue_order(finding=order.finding, by=here.head, at=at("2026-11-16"))


def test_an_observation_or_a_finding_without_a_unit_gets_no_order(here: World) -> None:
    with pytest.raises(Refused, match="观察项"):
        actions.issue_order(finding=here.finding(here.duty(tidy(severity="O"))), by=here.head, at=at("2026-11-16"))
    with pytest.raises(Refused, match="责任单位"):
        actions.issue_order(finding=here.finding(here.duty(doer=None)), by=here.head, at=at("2026-11-16"))
    withdrawn = withdraw_finding(finding=here.finding(), reason="误判", by=here.head, at=at("2026-11-16"))
    with pytest.raises(Refused, match="已撤销"):
        actions.issue_order(finding=withdrawn, by=here.head, at=at("2026-11-16"))


def test_the_whole_way_to_closure(here: World) -> None:
    order = actions.receive_order(order=issued(here), by=here.manager, at=at("2026-11-16", 14, 8))
    assert Finding.objects.get().stage == Stage.RECEIVED
    given = answer(here, order)
    assert (given.value, given.unit) == (Decimal("0.18"), "mg/m3")
    assert Finding.objects.get().stage == Stage.ANSWERED
    assert told(here.head)[-1] == told(here.third)[-1] == f"示例物业公司提交了整改证明，等待复查：{order.finding.title}"
    assert told(here.finder) == []
    order = actions.accept_answer(order=order, remark="现场复测合格", by=here.head, at=at("2026-11-18"))
    finding = Finding.objects.get()
    assert (order.state, finding.stage, finding.closed_at) == (State.CLOSED, Stage.CLOSED, at("2026-11-18"))
    assert verbs(order) == ["issue_order", "receive_order", "answer_order", "accept_answer"]
    given.refresh_from_db()
    assert (given.verdict, given.judged_by, given.remark) == ("accepted", here.head, "现场复测合格")


def test_the_history_keeps_the_words_of_the_answer(here: World) -> None:
    answered(here)
    assert (
        Entry.objects.get(verb="answer_order").payload["say"]
        == "更换电机，巡检卡增加排风一项。自测 0.18 mg/m³。照片 1 张。"
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [("0.35", "超出 0.05"), ("", "自测值"), ("很低", "看不懂"), ("0.4 mg/m³", "超出 0.1"), ("3 ℃", "看不懂")],
)
def test_a_reading_that_fails_or_says_nothing_is_no_proof(here: World, typed: str, words: str) -> None:
    order = issued(here)
    with pytest.raises(Refused, match=words):
        answer(here, order, value_text=typed)
    assert not Answer.objects.exists()
    order.refresh_from_db()
    assert order.state == State.ISSUED


@pytest.mark.parametrize(
    ("typed", "value"), [("０．１８", "0.18"), ("0.18 mg/m³", "0.18"), ("180 μg/m³", "0.18"), ("0.30", "0.3")]
)
def test_readings_are_understood_as_people_type_them(here: World, typed: str, value: str) -> None:
    assert answer(here, issued(here), value_text=typed).value == Decimal(value)


def test_an_answer_needs_proof_and_the_proof_is_ones_own(here: World) -> None:
    order = issued(here, finding=here.finding(here.duty(tidy())))
    with pytest.raises(Refused, match="照片"):
        answer(here, order, evidence=[])
    with pytest.raises(Refused, match="自己上传"):
        answer(here, order, evidence=[photo(here.finder)])
    answer(here, order, value_text="")
    assert Answer.objects.get().value is None


def test_where_photographs_are_forbidden_words_and_readings_prove(here: World) -> None:
    place = here.room("监控室", kind="监控室", is_no_photo=True)
    order = issued(here, finding=here.finding(here.duty(tidy(), place)))
    with pytest.raises(Refused, match="禁止拍照"):
        answer(here, order)
    assert answer(here, order, evidence=[]).evidence.count() == 0


def test_cause_and_measure_are_asked_for(here: World) -> None:
    order = issued(here)
    for missing in ({"cause": " "}, {"measure": ""}, {"cause_kind": "luck"}):
        with pytest.raises(Refused, match="原因"):
            answer(here, order, **missing)


def test_only_the_responsible_units_people_receive_answer_and_ask(here: World) -> None:
    there = world("BJX", name="北京西路办公区")
    order = issued(here)
    for stranger in (there.manager, here.third, here.head):
        with pytest.raises(Refused, match="示例物业公司的人"):
            actions.receive_order(order=order, by=stranger, at=at("2026-11-16"))
        with pytest.raises(Refused, match="示例物业公司的人"):
            answer(here, order, by=stranger)
        with pytest.raises(Refused, match="示例物业公司的人"):
            actions.ask_extension(order=order, until=date(2026, 12, 1), reason="配件", by=stranger, at=at("2026-11-16"))
    assert verbs(order) == ["issue_order"]


def test_an_in_house_section_answers_too_and_its_finder_does_not(here: World) -> None:
    canteen = people.section("餐饮服务科", parent=here.centre)
    cook = people.person(Role.SECTION_HEAD, canteen, name="孙主管")
    finder = people.person(Role.INSPECTOR, canteen)
    order = issued(here, finding=here.finding(here.duty(tidy(), doer=canteen), by=finder))
    assert told(cook)[0].startswith("收到整改通知单")
    with pytest.raises(Refused, match="发现问题的人"):
        answer(here, order, by=finder)
    answer(here, order, by=cook)
    with pytest.raises(Refused, match="三个不同的人"):
        actions.accept_answer(order=order, by=cook, at=at("2026-11-18"))
    assert actions.accept_answer(order=order, by=here.head, at=at("2026-11-18")).state == State.CLOSED


@pytest.mark.parametrize("who", ["finder", "manager", "crew"])
def test_neither_finder_nor_the_answering_side_verifies(here: World, who: str) -> None:
    order = answered(here)
    for verb in (actions.accept_answer, actions.return_answer):
        with pytest.raises(Refused, match="三个不同的人"):
            verb(order=order, remark="好", by=getattr(here, who), at=at("2026-11-18"))
    order.refresh_from_db()
    assert order.state == State.ANSWERED


def test_a_head_of_another_section_and_the_centre_head_do_not_verify_while_somebody_else_may(here: World) -> None:
    order = answered(here)
    other = people.person(Role.SECTION_HEAD, people.section("安全保卫科", parent=here.centre))
    for person in (other, here.centre_head):
        with pytest.raises(Refused, match="物业管理科的主管或巡查员"):
            actions.accept_answer(order=order, by=person, at=at("2026-11-18"))


def test_where_nobody_may_verify_the_centre_head_is_told_and_may(here: World) -> None:
    for person in (here.head, here.third):
        LeaveFactory(person=person, days=days_from(date(2026, 11, 17), date(2026, 11, 30)))
    order = answered(here)
    assert told(here.centre_head)[-1] == f"没有第三人能复查，请您复查：{order.finding.title}"
    assert actions.accept_answer(order=order, by=here.centre_head, at=at("2026-11-18")).state == State.CLOSED


def test_a_deputy_verifies_while_the_head_is_on_leave_and_not_otherwise(here: World) -> None:
    other = people.section("综合科", parent=here.centre)
    deputy = people.person(Role.STAFF, other, name="何科员")
    people.GrantFactory(person=deputy, role=Role.SECTION_HEAD, organization=here.section, acting_for=here.head)
    order = answered(here)
    with pytest.raises(Refused):
        actions.accept_answer(order=order, by=deputy, at=at("2026-11-18"))
    LeaveFactory(person=here.head, days=days_from(date(2026, 11, 18), date(2026, 11, 20)))
    assert actions.accept_answer(order=order, by=deputy, at=at("2026-11-18")).closed_by == deputy


def test_a_returned_answer_is_kept_and_done_again(here: World) -> None:
    order = answered(here)
    with pytest.raises(Refused, match="理由"):
        actions.return_answer(order=order, remark=" ", by=here.head, at=at("2026-11-18"))
    order = actions.return_answer(order=order, remark="照片不是这间", by=here.third, at=at("2026-11-18"))
    assert (order.state, order.times_returned, Finding.objects.get().stage) == (State.RETURNED, 1, Stage.RETURNED)
    assert told(here.manager)[-1].startswith("整改被退回重改")
    answer(here, order, when=at("2026-11-19"))
    assert [one.verdict for one in order.answers.all()] == ["returned", ""]
    assert actions.accept_answer(order=order, by=here.head, at=at("2026-11-19")).state == State.CLOSED


def test_a_return_may_give_a_new_day_but_not_a_past_one(here: World) -> None:
    order = answered(here)
    with pytest.raises(Refused, match="已经过去"):
        actions.return_answer(order=order, remark="再改", due_on=date(2026, 11, 17), by=here.head, at=at("2026-11-18"))
    order = actions.return_answer(
        order=order, remark="再改", due_on=date(2026, 11, 25), by=here.head, at=at("2026-11-18")
    )
    assert order.due_on == Finding.objects.get().due_on == date(2026, 11, 25)


def test_an_order_that_is_not_answered_is_not_verified(here: World) -> None:
    order = issued(here)
    with pytest.raises(Refused, match="已下发"):
        actions.accept_answer(order=order, by=here.head, at=at("2026-11-18"))


def test_withdrawing_the_finding_cancels_the_order(here: World) -> None:
    order = answered(here)
    withdraw_finding(finding=order.finding, reason="仪器未校准", by=here.head, at=at("2026-11-18"))
    order.refresh_from_db()
    assert (order.state, Finding.objects.get().stage) == (State.CANCELLED, Stage.WITHDRAWN)
    assert "已撤销" in told(here.manager)[-1]
    with pytest.raises(Refused):
        actions.accept_answer(order=order, by=here.third, at=at("2026-11-18"))


def test_a_closed_finding_is_not_withdrawn(here: World) -> None:
    order = closed(here)
    with pytest.raises(Refused, match="已闭环"):
        withdraw_finding(finding=order.finding, reason="误判", by=here.head, at=at("2026-11-19"))


def test_a_follow_up_that_finds_it_fixed_is_only_noted(here: World) -> None:
    order = closed(here)
    actions.follow_up(order=order, is_fixed=True, said_by="三楼住户代表", by=here.head, at=at("2026-11-20"))
    order.refresh_from_db()
    assert order.state == State.CLOSED
    assert verbs(order)[-1] == "follow_up"


def test_a_follow_up_reopens_with_a_new_deadline(here: World) -> None:
    official(2026)
    order = closed(here)
    actions.follow_up(
        order=order, is_fixed=False, said_by="三楼住户代表", remark="还有味", by=here.third, at=at("2026-11-20")
    )
    order.refresh_from_db()
    finding = Finding.objects.get()
    assert (order.state, order.closed_at, order.due_on) == (State.RETURNED, None, date(2026, 11, 25))
    assert (finding.stage, finding.closed_at, finding.due_on) == (Stage.RETURNED, None, order.due_on)
    assert told(here.manager)[-1].startswith("回访没修好")
    answer(here, order, when=at("2026-11-23"))
    assert actions.accept_answer(order=order, by=here.head, at=at("2026-11-24")).state == State.CLOSED


def test_the_unit_does_not_follow_up_its_own_work(here: World) -> None:
    order = closed(here)
    with pytest.raises(Refused, match="不能自己回访"):
        actions.follow_up(order=order, is_fixed=True, said_by="某人", by=here.manager, at=at("2026-11-20"))
    with pytest.raises(Refused, match="受访人"):
        actions.follow_up(order=order, is_fixed=True, said_by=" ", by=here.head, at=at("2026-11-20"))


def test_a_leader_puts_an_order_under_watch_once(here: World) -> None:
    order = issued(here)
    with pytest.raises(Refused, match="局领导"):
        actions.watch_order(order=order, by=here.head, at=at("2026-11-17"))
    actions.watch_order(order=order, by=here.centre_head, at=at("2026-11-17"))
    with pytest.raises(Refused, match="已经挂牌"):
        actions.watch_order(order=order, by=here.centre_head, at=at("2026-11-17"))
    assert told(here.manager)[-1].startswith("已挂牌督办")


def test_a_unit_is_reminded_at_most_once_a_day(here: World) -> None:
    order = issued(here)
    actions.remind(order=order, by=here.head, at=at("2026-11-17"))
    with pytest.raises(Refused, match="今天已经催办"):
        actions.remind(order=order, by=here.third, at=at("2026-11-17", 16))
    actions.remind(order=order, by=here.head, at=at("2026-11-18"))
    assert sum(sentence.startswith("催办") for sentence in told(here.manager)) == 2
    with pytest.raises(Refused, match="监督的一方"):
        actions.remind(order=order, by=here.manager, at=at("2026-11-19"))


def test_the_same_severity_with_a_term_of_the_clause(here: World) -> None:
    order = issued(here, finding=here.finding(here.duty(ammonia(term_label="立即"))))
    assert order.due_on == date(2026, 11, 16)
    assert Cause.MANAGEMENT.label == "管理"
