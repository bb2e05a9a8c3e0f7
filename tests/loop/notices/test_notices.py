"""How a notice comes to be public, who may say no, and what the company concerned may say first."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories import notices as made
from tests.factories import people
from tests.factories.findings import World, at
from tests.factories.places import PlaceFactory
from tests.factories.standards import ClauseFactory, EditionFactory
from wolong.ground.inbox.models import Message
from wolong.ground.ledger.models import Entry
from wolong.ground.ledger.queries import history_of
from wolong.ground.lifecycle import Refused
from wolong.ground.people.access import scope_of
from wolong.ground.people.rules import days_from
from wolong.ground.people.states import Role
from wolong.ground.workdays.actions import set_day
from wolong.loop.duties.models import Adoption
from wolong.loop.notices import actions, queries
from wolong.loop.notices.models import Mark, Notice
from wolong.loop.notices.offers import STANDARDS
from wolong.loop.notices.states import Hidden, Kind, State

pytestmark = pytest.mark.django_db


def test_a_draft_hides_names_and_numbers_by_itself(here: World) -> None:
    notice = made.drafted(here)
    assert notice.state == State.DRAFT
    text = notice.body[1]["text"]
    assert text == "联系人［已隐去：姓名］，电话 ［已隐去：手机号码］。"
    assert "13812345678" in notice.original[1]["text"]
    assert not queries.public().exists()


def test_the_author_never_approves_and_another_head_does(here: World) -> None:
    notice = made.submitted(here)
    with pytest.raises(Refused, match="拟稿人不能批准自己的公示件"):
        actions.approve_notice(notice=notice, by=here.head, at=at("2026-11-17"))
    public = actions.approve_notice(notice=notice, by=here.centre_head, at=at("2026-11-17"))
    assert (public.state, public.number) == (State.PUBLISHED, "GS-2026-0001")
    assert [entry.verb for entry in history_of(notice)] == ["draft_notice", "submit_notice", "approve_notice"]


def test_the_database_itself_refuses_an_author_who_approves(here: World) -> None:
    notice = made.published(here)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(published_by=notice.drafted_by)


@pytest.mark.parametrize("who", ["finder", "manager", "stranger"])
def test_nobody_without_the_right_role_approves_returns_or_withdraws(here: World, there: World, who: str) -> None:
    by = there.centre_head if who == "stranger" else getattr(here, who)
    waiting, public = made.submitted(here), made.published(here)
    with pytest.raises(Refused):
        actions.approve_notice(notice=waiting, by=by, at=at("2026-11-17"))
    with pytest.raises(Refused):
        actions.return_notice(notice=waiting, reason="不对", by=by, at=at("2026-11-17"))
    with pytest.raises(Refused):
        actions.withdraw_notice(notice=public, reason="不对", by=by, at=at("2026-11-18"))
    waiting.refresh_from_db()
    public.refresh_from_db()
    assert (waiting.state, public.state) == (State.SUBMITTED, State.PUBLISHED)


def test_a_company_is_told_and_has_its_working_days_first(here: World) -> None:
    notice = made.submitted(here, concerns=here.company)
    assert notice.answer_due_on == date(2026, 11, 23)  # Monday to Monday: five working days after
    told = Message.objects.get(recipient=here.manager)
    assert "2026-11-23前可以陈述" in told.sentence
    assert "李主管" not in told.sentence
    with pytest.raises(Refused, match="示例物业公司可以陈述到 2026-11-23，2026-11-24起才能公示"):
        actions.approve_notice(notice=notice, by=here.centre_head, at=at("2026-11-23", 23, 59))
    assert actions.approve_notice(notice=notice, by=here.centre_head, at=at("2026-11-24", 0, 1)).number


def test_the_days_are_a_setting_of_the_window_and_follow_the_official_calendar(here: World) -> None:
    window = made.window(here, answer_workdays=1)
    friday = at("2026-11-20")
    notice = made.submitted(here, window=window, concerns=here.company, when=friday)
    assert notice.answer_due_on == date(2026, 11, 23)
    admin = people.administrator(here.centre.parent)
    set_day(day=date(2026, 11, 23), is_workday=False, name="临时放假", by=admin, at=at("2026-11-21"))
    notice.refresh_from_db()
    assert notice.answer_due_on == date(2026, 11, 24)
    assert history_of(notice).filter(verb="recount_days").exists()


def test_what_the_company_says_reaches_the_approver_and_may_be_said_again(here: World) -> None:
    notice = made.submitted(here, concerns=here.company)
    actions.answer_notice(notice=notice, answer="清洗范围写错了", by=here.manager, at=at("2026-11-18"))
    answered = actions.answer_notice(notice=notice, answer="范围应为东立面", by=here.manager, at=at("2026-11-19"))
    assert answered.answer == "范围应为东立面"
    assert Message.objects.filter(recipient=here.centre_head, sentence__contains="提交了陈述").count() == 2
    says = [entry.payload.get("say") for entry in history_of(notice).filter(verb="answer_notice")]
    assert says == ["清洗范围写错了", "范围应为东立面"]


def test_others_do_not_answer_for_the_company_nor_after_the_decision(here: World, there: World) -> None:
    notice = made.submitted(here, concerns=here.company)
    for by in (there.manager, here.head):
        with pytest.raises(Refused, match="只有涉及的企业"):
            actions.answer_notice(notice=notice, answer="不是我", by=by, at=at("2026-11-18"))
    with pytest.raises(Refused, match="请写"):
        actions.answer_notice(notice=notice, answer=" \n ", by=here.manager, at=at("2026-11-18"))
    actions.approve_notice(notice=notice, by=here.centre_head, at=at("2026-11-24"))
    with pytest.raises(Refused, match="不再接受陈述"):
        actions.answer_notice(notice=notice, answer="晚了", by=here.manager, at=at("2026-11-25"))


def test_a_company_that_nobody_can_be_told_for_stops_the_submission(here: World) -> None:
    empty = people.company("示例空壳公司")
    notice = made.drafted(here, concerns=empty)
    with pytest.raises(Refused, match="没有可以告知的人"):
        actions.submit_notice(notice=notice, by=here.head, at=at("2026-11-16"))
    notice.refresh_from_db()
    assert notice.state == State.DRAFT


def test_returned_it_counts_the_days_anew(here: World) -> None:
    notice = made.submitted(here, concerns=here.company)
    actions.answer_notice(notice=notice, answer="时间不对", by=here.manager, at=at("2026-11-17"))
    actions.return_notice(notice=notice, reason="写清时间", by=here.centre_head, at=at("2026-11-18"))
    notice = actions.revise_note(
        notice=notice, title="通知", text="八点到十八点。", concerns=here.company, by=here.head, at=at("2026-11-19")
    )
    assert (notice.state, notice.answer, notice.answered_at) == (State.DRAFT, "", None)
    assert history_of(notice).filter(payload__say="时间不对").exists()
    notice = actions.submit_notice(notice=notice, by=here.head, at=at("2026-11-19"))
    assert notice.answer_due_on == date(2026, 11, 26)
    assert notice.returned_at is None


def test_withdrawn_twice_is_refused_and_the_reason_is_searched_too(here: World) -> None:
    notice = made.published(here)
    with pytest.raises(Refused, match="请写明撤回的理由"):
        actions.withdraw_notice(notice=notice, reason="  ", by=here.centre_head, at=at("2026-11-18"))
    gone = actions.withdraw_notice(
        notice=notice, reason="李主管改期，问 13812345678", by=here.centre_head, at=at("2026-11-18")
    )
    assert gone.withdraw_reason == "［已隐去：姓名］改期，问 ［已隐去：手机号码］"
    with pytest.raises(Refused, match="现在是“已撤回”"):
        actions.withdraw_notice(notice=notice, reason="再撤", by=here.centre_head, at=at("2026-11-18"))
    with pytest.raises(Refused, match="现在是“已撤回”"):
        actions.approve_notice(notice=notice, by=here.centre_head, at=at("2026-11-18"))


def test_a_shut_window_publishes_nothing_and_hides_what_was_published(here: World) -> None:
    public, waiting = made.published(here), made.submitted(here)
    assert list(queries.public()) == [public]
    made.window(here, is_open=False)
    assert not queries.public().exists()
    with pytest.raises(Refused, match="公示窗口没有开放"):
        actions.approve_notice(notice=waiting, by=here.centre_head, at=at("2026-11-18"))


def test_only_the_head_sets_the_window_and_a_company_has_none(here: World, there: World) -> None:
    for by in (here.head, there.centre_head, here.manager):
        with pytest.raises(Refused):
            actions.set_window(unit=here.centre, is_open=True, by=by, at=at("2026-11-02"))
    with pytest.raises(Refused, match="企业没有公示窗口"):
        actions.set_window(unit=here.company, is_open=True, by=here.centre_head, at=at("2026-11-02"))
    for days in (0, 61, -1):
        with pytest.raises(Refused, match="1 至 60"):
            made.window(here, answer_workdays=days)


def test_what_is_marked_the_author_cannot_undo_and_an_approver_can_with_a_reason(here: World) -> None:
    notice = made.submitted(here)
    actions.mark_words(notice=notice, words="北门", kind=Hidden.OTHER, by=here.head, at=at("2026-11-16"))
    notice.refresh_from_db()
    assert "［已隐去：其他］改道" in notice.body[0]["text"]
    given: dict[str, Any] = {"notice": notice, "words": "北门", "kind": Hidden.OTHER, "at": at("2026-11-16")}
    with pytest.raises(Refused, match="拟稿人以外"):
        actions.lift_mark(**given, reason="没关系", by=here.head)
    with pytest.raises(Refused, match="请写明"):
        actions.lift_mark(**given, reason=" ", by=here.centre_head)
    lifted = actions.lift_mark(**given, reason="公众要知道走哪个门", by=here.centre_head)
    notice.refresh_from_db()
    assert "北门改道" in notice.body[0]["text"]
    assert (lifted.is_lifted, lifted.made_by) == (True, here.centre_head)
    written = "".join(str(entry.payload) + entry.sentence for entry in Entry.objects.filter(verb__contains="mark"))
    assert "北门" not in written


def test_a_mobile_number_is_shown_by_nobody(here: World) -> None:
    notice = made.submitted(here)
    with pytest.raises(Refused, match="一律不公开"):
        actions.lift_mark(
            notice=notice,
            words="13812345678",
            kind=Hidden.MOBILE,
            reason="值班",
            by=here.centre_head,
            at=at("2026-11-16"),
        )
    assert not Mark.objects.exists()


@pytest.mark.parametrize("words", ["", "门", "没有这几个字", "李主管", "x" * 200])
def test_words_that_do_not_stand_there_are_not_marked(here: World, words: str) -> None:
    notice = made.drafted(here)
    with pytest.raises(Refused):
        actions.mark_words(notice=notice, words=words, by=here.head, at=at("2026-11-16"))


def test_somebody_who_came_later_is_hidden_when_it_is_approved(here: World) -> None:
    notice = made.submitted(here, text="由欧阳锋负责。")
    assert notice.body[0]["text"] == "由欧阳锋负责。"
    people.person(Role.INSPECTOR, here.section, name="欧阳锋")
    public = actions.approve_notice(notice=notice, by=here.centre_head, at=at("2026-11-17"))
    assert public.body[0]["text"] == "由［已隐去：姓名］负责。"


def test_a_guarded_room_is_hidden(here: World) -> None:
    PlaceFactory(area=here.area, parent=here.root, name="B1302", full_name="1号楼 B1302", is_not_public=True)
    notice = made.drafted(here, text="施工经过 B1302 室。")
    assert notice.body[0]["text"] == "施工经过 ［已隐去：场所］。"


@pytest.mark.parametrize(
    ("title", "text"), [("", "正文"), ("题", " \n"), ("\x00\u202e", "正文"), ("题", "字" * 20_001)]
)
def test_an_empty_or_endless_note_is_refused(here: World, title: str, text: str) -> None:
    with pytest.raises(Refused):
        made.drafted(here, title=title, text=text)


def _edition(here: World, **more: Any) -> Any:
    edition = EditionFactory(**more)
    ClauseFactory(edition=edition, number="5.1", title="保洁", text="", level=2)
    ClauseFactory(edition=edition, number="5.1.1", text="大厅地面每日清扫应不少于 2 次。")
    Adoption.objects.create(
        area=here.area, standard=edition.standard, adopted_by=here.centre_head, adopted_at=at("2026-11-01")
    )
    return edition


def test_a_standard_is_frozen_by_value_and_only_once(here: World, monday: None) -> None:
    edition, window = _edition(here), made.window(here)
    EditionFactory()  # in force, but not adopted here
    offered = STANDARDS.visible(scope_of(here.head), here.centre)
    assert list(offered) == [edition]
    given: dict[str, Any] = {"window": window, "provider": STANDARDS, "by": here.head, "at": at("2026-11-23")}
    notice = actions.draft_thing(**given, key=str(edition.pk))
    assert (notice.kind, notice.reference) == (Kind.STANDARD, edition.number)
    edition.clauses.update(text="改过的条款")
    assert [block["text"] for block in notice.body] == ["保洁", "大厅地面每日清扫应不少于 2 次。"]
    assert notice.clauses == 1
    with pytest.raises(Refused, match="已有公示件"):
        actions.draft_thing(**given, key=str(edition.pk))
    with pytest.raises(Refused, match="按原件固定"):
        actions.revise_note(notice=notice, title="改", text="改", by=here.head, at=at("2026-11-23"))


@pytest.mark.parametrize("key", ["", "0", "abc", "９", "1 OR 1=1", "99999999"])
def test_a_thing_that_is_not_offered_is_refused(here: World, key: str) -> None:
    with pytest.raises(Refused, match="没有找到"):
        actions.draft_thing(window=made.window(here), provider=STANDARDS, key=key, by=here.head, at=at("2026-11-23"))


def test_a_standard_that_was_replaced_meanwhile_is_not_approved(here: World, monday: None) -> None:
    edition, window = _edition(here), made.window(here)
    notice = actions.draft_thing(
        window=window, provider=STANDARDS, key=str(edition.pk), by=here.head, at=at("2026-11-23")
    )
    actions.submit_notice(notice=notice, by=here.head, at=at("2026-11-23"))
    edition.valid = type(edition.valid)(edition.effective_on, date(2026, 11, 24))
    edition.save()
    with pytest.raises(Refused, match="不再现行"):
        actions.approve_notice(notice=notice, by=here.centre_head, at=at("2026-11-24"))


def test_a_standards_administrator_approves_standards_and_no_notes(here: World, monday: None) -> None:
    edition, window = _edition(here), made.window(here)
    by = people.person(Role.STANDARDS, here.centre.parent)
    standard = actions.draft_thing(
        window=window, provider=STANDARDS, key=str(edition.pk), by=here.head, at=at("2026-11-23")
    )
    note = made.submitted(here)
    actions.submit_notice(notice=standard, by=here.head, at=at("2026-11-23"))
    assert actions.approve_notice(notice=standard, by=by, at=at("2026-11-23")).number
    with pytest.raises(Refused, match="只有本单位"):
        actions.approve_notice(notice=note, by=by, at=at("2026-11-23"))


def test_a_deputy_approves_only_while_the_head_is_away(here: World) -> None:
    deputy = people.person(Role.CENTRE_HEAD, here.centre, acting_for=here.centre_head)
    notice = made.submitted(here)
    with pytest.raises(Refused):
        actions.approve_notice(notice=notice, by=deputy, at=at("2026-11-17"))
    people.LeaveFactory(person=here.centre_head, days=days_from(date(2026, 11, 17), date(2026, 11, 18)))
    assert actions.approve_notice(notice=notice, by=deputy, at=at("2026-11-17")).number


def test_a_standard_that_was_replaced_is_no_longer_listed(here: World, monday: None) -> None:
    edition = _edition(here)
    window = made.window(here)
    notice = actions.draft_thing(
        window=window, provider=STANDARDS, key=str(edition.pk), by=here.head, at=at("2026-11-23")
    )
    actions.submit_notice(notice=notice, by=here.head, at=at("2026-11-23"))
    actions.approve_notice(notice=notice, by=here.centre_head, at=at("2026-11-23"))
    today = date(2026, 11, 23)
    assert [row.pk for row in queries.standards_in_force(on=today).rows] == [notice.pk]
    edition.valid = type(edition.valid)(edition.effective_on, today)
    edition.save()
    assert queries.standards_in_force(on=today).rows == []
    assert queries.not_holding([notice], on=today) == {notice.pk}
    assert queries.standards_in_force(on=today - timedelta(days=1)).rows != []
