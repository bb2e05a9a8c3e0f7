"""A quarter is opened, presented, spoken of and closed; what is frozen stays."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.appraisal import AFTER, QUARTER, checked, found, opened, presented, sheet_of
from tests.factories.findings import World, ammonia, at
from tests.loop.appraisal import stranger
from wolong.ground.inbox.models import Message
from wolong.ground.ledger.models import Entry
from wolong.ground.lifecycle import Refused
from wolong.loop.appraisal import actions, queries
from wolong.loop.appraisal.models import Period, Scheme, Score
from wolong.loop.appraisal.queries import Scored, exported, inputs_of, is_replayed
from wolong.loop.appraisal.rules.scheme import PROPERTY, Table
from wolong.loop.appraisal.states import PeriodState, StatementState
from wolong.loop.findings.actions import withdraw_finding
from wolong.loop.rectification.actions import issue_order

pytestmark = pytest.mark.django_db
LATER = at("2027-01-12")


def frozen(period: Period) -> Score:
    score = queries.latest(sheet_of(period))
    assert score is not None
    return score


def test_opening_makes_a_sheet_for_each_contract_under_the_usual_scheme(here: World) -> None:
    period = opened(here)
    sheet = sheet_of(period)
    assert (period.first_on, period.last_on, period.state) == (date(2026, 10, 1), date(2026, 12, 31), "open")
    assert (sheet.unit, sheet.contract, sheet.scheme.name) == (here.company, here.line.contract, "物业服务考评办法")
    assert str(period) == "2026 年第 4 季度"


@pytest.mark.parametrize(
    ("who", "day", "words"),
    [("head", QUARTER, "服务中心负责人"), ("manager", QUARTER, "服务中心负责人"),
     ("centre_head", date(2027, 1, 1), "才开始")],
)  # fmt: skip
def test_who_may_not_open_and_what_cannot_be_opened(here: World, who: str, day: date, words: str) -> None:
    with pytest.raises(Refused, match=words):
        actions.open_period(area=here.area, day=day, by=getattr(here, who), at=at("2026-11-16"))
    assert not Period.objects.exists()


def test_a_quarter_is_opened_once(here: World) -> None:
    opened(here)
    with pytest.raises(Refused, match="已经开启"):
        opened(here)


def test_a_service_that_no_chapter_takes_is_named_instead_of_forgotten(here: World) -> None:
    here.line.name = "洗车"
    here.line.save()
    with pytest.raises(Refused, match="洗车"):
        opened(here)


def test_the_score_of_a_quarter_counts_submitted_checks_and_standing_findings(here: World) -> None:
    period = presented(here)
    score = frozen(period)
    assert (score.total, score.grade) == (Decimal("98.00"), "优秀")
    (chapter,) = score.inputs["chapters"]
    assert (chapter["name"], chapter["weight"], chapter["itemised"]) == ("保洁", "100", 2)
    assert score.result["payment"] == {
        "term": "第 9.2 条", "fee": "30000.00", "percent": "100", "taken": "0.00", "due": "30000.00"
    }  # fmt: skip
    assert period.answer_by_on == date(2027, 1, 11)


def test_what_lies_outside_or_was_not_submitted_is_not_counted(here: World) -> None:
    period = opened(here)
    here.finding(when=at("2026-11-16"))  # its visit is still under way
    found(here, when=at("2026-09-30"))
    found(here, when=at("2027-01-01"))
    sheet = sheet_of(period)
    (chapter,) = inputs_of(Scored.quarter(sheet))["chapters"]
    assert (chapter["itemised"], len(chapter["findings"])) == (0, 1)
    assert queries.open_visits(Scored.quarter(sheet)) == 1


def test_a_quarter_without_checks_has_no_score_and_no_grade(here: World) -> None:
    period = actions.present_period(period=opened(here), by=here.centre_head, at=AFTER)
    score = frozen(period)
    assert (score.total, score.grade, score.result["payment"]) == (None, "", None)


def test_a_withdrawn_finding_takes_nothing(here: World) -> None:
    period = opened(here)
    checked(here)
    finding = found(here)
    withdraw_finding(finding=finding, reason="现场告示齐全", by=here.head, at=at("2026-11-17"))
    actions.present_period(period=period, by=here.centre_head, at=AFTER)
    assert frozen(period).total == 100


def test_an_open_finding_of_grade_a_caps_the_grade_even_from_an_earlier_quarter(here: World) -> None:
    period = opened(here)
    checked(here)
    duty = here.duty(ammonia(severity="A"))
    grave = found(here, duty=duty, when=at("2026-09-20"))
    issue_order(finding=grave, by=here.head, at=at("2026-09-20", 11))
    actions.present_period(period=period, by=here.centre_head, at=AFTER)
    score = frozen(period)
    assert (score.total, score.grade) == (100, "不合格")
    assert [one["number"] for one in score.result["caps"]] == [grave.number]
    assert score.result["payment"]["percent"] == "70"


def test_a_repeated_finding_counts_double(here: World) -> None:
    period = opened(here)
    duty = here.duty(ammonia(points_per="项"))
    found(here, duty=duty, when=at("2026-10-20"))
    found(here, duty=duty, when=at("2026-11-20"))
    actions.present_period(period=period, by=here.centre_head, at=AFTER)
    assert frozen(period).total == 94


def test_the_result_cannot_be_presented_before_the_quarter_is_over(here: World) -> None:
    period = opened(here)
    with pytest.raises(Refused, match="2026-12-31"):
        actions.present_period(period=period, by=here.centre_head, at=at("2026-12-31", 18))
    with pytest.raises(Refused, match="服务中心负责人"):
        actions.present_period(period=period, by=here.head, at=AFTER)


def test_presenting_again_freezes_only_what_changed_and_keeps_the_first(here: World) -> None:
    period = presented(here)
    with pytest.raises(Refused, match="没有变化"):
        actions.present_period(period=period, by=here.centre_head, at=AFTER)
    finding = here.line.findings.get()
    withdraw_finding(finding=finding, reason="判错", by=here.head, at=AFTER)
    assert queries.differs_now(sheet_of(period), frozen(period))
    actions.present_period(period=period, by=here.centre_head, at=AFTER)
    assert [(one.version, one.total) for one in sheet_of(period).scores.order_by("version")] == [(1, 98), (2, 100)]


def truncate() -> None:
    with connection.cursor() as cursor:
        # Tests that empty the database have this refusal taken away (tests/conftest.py); here it stands.
        cursor.execute("ALTER TABLE appraisal_score ENABLE TRIGGER appraisal_score_whole")
        cursor.execute("TRUNCATE appraisal_score CASCADE")


def test_a_frozen_score_cannot_be_changed_or_deleted(here: World) -> None:
    score = frozen(presented(here))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with events to come cannot be altered
    deeds = (
        lambda: Score.objects.update(total=100), score.delete,
        lambda: Score.objects.update(inputs={}), lambda: Score.objects.update(inputs_hash="0" * 64),
        lambda: Score.objects.all().delete(), truncate,
    )  # fmt: skip
    for deed in deeds:
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            deed()
    with pytest.raises(IntegrityError, match="scheme"), transaction.atomic():
        Scheme.objects.update(table={})
    score.refresh_from_db()
    assert score.total == 98
    assert is_replayed(score)


def test_the_export_gives_a_stranger_the_same_figure(here: World) -> None:
    period = presented(here)
    data = exported(sheet_of(period))
    assert stranger.figure(data["inputs"]) == ("98.00", "优秀")
    assert stranger.is_untouched(data)
    data["inputs"]["chapters"][0]["findings"].clear()
    assert not stranger.is_untouched(data)


def test_an_upheld_statement_takes_its_finding_off_the_sheet_visibly(here: World) -> None:
    period = presented(here)
    sheet, finding = sheet_of(period), here.line.findings.get()
    statement = actions.state_case(sheet=sheet, finding=finding, text="现场有告示", by=here.manager, at=AFTER)
    decided = actions.decide_statement(
        statement=statement, is_upheld=True, reply="属实", by=here.centre_head, at=at("2027-01-05")
    )
    score = frozen(period)
    assert (decided.state, score.version, score.total) == (StatementState.UPHELD, 2, 100)
    assert [one["left_out"] for one in score.inputs["chapters"][0]["findings"]] == ["属实"]
    assert Message.objects.filter(recipient=here.manager, sentence__contains="已采纳").exists()


def test_a_rejected_statement_changes_nothing(here: World) -> None:
    period = presented(here)
    statement = actions.state_case(sheet=sheet_of(period), text="分数偏低", by=here.manager, at=AFTER)
    actions.decide_statement(statement=statement, is_upheld=False, reply="依据充分", by=here.centre_head, at=AFTER)
    assert (frozen(period).version, frozen(period).total) == (1, 98)
    with pytest.raises(Refused, match="已经答复"):
        actions.decide_statement(statement=statement, is_upheld=True, reply="", by=here.centre_head, at=AFTER)


def test_who_may_not_state_or_answer(here: World) -> None:
    period = presented(here)
    sheet = sheet_of(period)
    for person in (here.crew, here.head, here.centre_head):
        with pytest.raises(Refused, match="被考评单位"):
            actions.state_case(sheet=sheet, text="不服", by=person, at=AFTER)
    statement = actions.state_case(sheet=sheet, text="不服", by=here.manager, at=AFTER)
    for person in (here.manager, here.head):
        with pytest.raises(Refused, match="服务中心负责人答复"):
            actions.decide_statement(statement=statement, is_upheld=True, reply="好", by=person, at=AFTER)
    with pytest.raises(Refused, match="答复和理由"):
        actions.decide_statement(statement=statement, is_upheld=True, reply=" ", by=here.centre_head, at=AFTER)


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_statement_is_refused(here: World, text: str) -> None:
    with pytest.raises(Refused, match="内容"):
        actions.state_case(sheet=sheet_of(presented(here)), text=text, by=here.manager, at=AFTER)


def test_a_finding_is_spoken_of_once_and_only_if_it_is_on_the_sheet(here: World) -> None:
    sheet = sheet_of(presented(here))
    finding, elsewhere = here.line.findings.get(), found(here, when=at("2027-01-02"))
    actions.state_case(sheet=sheet, finding=finding, text="不服", by=here.manager, at=AFTER)
    with pytest.raises(Refused, match="陈述过"):
        actions.state_case(sheet=sheet, finding=finding, text="还是不服", by=here.manager, at=AFTER)
    with pytest.raises(Refused, match="不在这张考评表上"):
        actions.state_case(sheet=sheet, finding=elsewhere, text="不服", by=here.manager, at=AFTER)


def test_after_its_working_days_the_unit_may_no_longer_state(here: World) -> None:
    sheet = sheet_of(presented(here))
    with pytest.raises(Refused, match="2027-01-11"):
        actions.state_case(sheet=sheet, text="不服", by=here.manager, at=LATER)


def test_a_period_is_closed_after_the_days_or_once_all_confirmed_and_never_twice(here: World) -> None:
    period = presented(here)
    with pytest.raises(Refused, match="2027-01-11"):
        actions.close_period(period=period, by=here.centre_head, at=AFTER)
    actions.confirm_sheet(sheet=sheet_of(period), by=here.manager, at=AFTER)
    closed = actions.close_period(period=period, by=here.centre_head, at=AFTER)
    assert closed.state == PeriodState.CLOSED
    for again in (actions.close_period, actions.present_period):
        with pytest.raises(Refused, match="已经结账"):
            again(period=period, by=here.centre_head, at=LATER)


def test_without_a_word_from_the_unit_it_is_closed_after_its_days(here: World) -> None:
    period = presented(here)
    assert actions.close_period(period=period, by=here.centre_head, at=LATER).closed_by == here.centre_head


def test_a_statement_without_an_answer_holds_up_the_closing(here: World) -> None:
    period = presented(here)
    actions.state_case(sheet=sheet_of(period), text="不服", by=here.manager, at=AFTER)
    with pytest.raises(Refused, match="1 条陈述"):
        actions.close_period(period=period, by=here.centre_head, at=LATER)


def test_nothing_can_be_stated_or_confirmed_after_closing(here: World) -> None:
    period = presented(here)
    sheet, finding = sheet_of(period), here.line.findings.get()
    actions.close_period(period=period, by=here.centre_head, at=LATER)
    with pytest.raises(Refused, match="已经结账"):
        actions.state_case(sheet=sheet, finding=finding, text="不服", by=here.manager, at=LATER)
    with pytest.raises(Refused, match="已经结账"):
        actions.confirm_sheet(sheet=sheet, by=here.manager, at=LATER)
    assert frozen(period).total == 98


def test_a_new_version_takes_back_an_earlier_confirmation(here: World) -> None:
    period = presented(here)
    actions.confirm_sheet(sheet=sheet_of(period), by=here.manager, at=AFTER)
    with pytest.raises(Refused, match="已经确认"):
        actions.confirm_sheet(sheet=sheet_of(period), by=here.manager, at=AFTER)
    withdraw_finding(finding=here.line.findings.get(), reason="判错", by=here.head, at=AFTER)
    actions.present_period(period=period, by=here.centre_head, at=AFTER)
    assert sheet_of(period).confirmed_at is None


def test_an_open_period_takes_no_statement_and_cannot_be_closed(here: World) -> None:
    period = opened(here)
    with pytest.raises(Refused, match="还没有提出结果"):
        actions.state_case(sheet=sheet_of(period), text="不服", by=here.manager, at=AFTER)
    with pytest.raises(Refused, match="还没有提出结果"):
        actions.close_period(period=period, by=here.centre_head, at=AFTER)


def test_a_scheme_is_revised_for_later_periods_and_never_for_an_open_one(here: World) -> None:
    period = opened(here)
    table = Table(PROPERTY.parts, PROPERTY.chapters, PROPERTY.bands, Decimal(3))
    scheme = actions.make_scheme(
        area=here.area, name="物业服务考评办法", table=table, by=here.centre_head, at=at("2026-11-17")
    )
    assert (scheme.version, sheet_of(period).scheme.version) == (2, 1)
    actions.present_period(period=period, by=here.centre_head, at=AFTER)
    assert frozen(period).inputs["scheme"]["repeat"] == "2"
    following = actions.open_period(area=here.area, day=AFTER.date(), by=here.centre_head, at=AFTER)
    assert sheet_of(following).scheme == scheme


@pytest.mark.parametrize(
    ("change", "who", "words"),
    [({"repeat": Decimal("0.1")}, "centre_head", "倍数"), ({}, "centre_head", "没有改动"), ({}, "head", "负责人制定")],
)
def test_a_faulty_or_idle_revision_is_refused(here: World, change: dict[str, Any], who: str, words: str) -> None:
    opened(here)
    table = Table(PROPERTY.parts, PROPERTY.chapters, PROPERTY.bands, change.get("repeat", PROPERTY.repeat))
    with pytest.raises(Refused, match=words):
        actions.make_scheme(
            area=here.area, name="物业服务考评办法", table=table, by=getattr(here, who), at=at("2026-11-17")
        )


def test_every_act_stands_in_the_ledger(here: World) -> None:
    period = presented(here)
    actions.close_period(period=period, by=here.centre_head, at=LATER)
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"open_period", "make_scheme", "present_period", "freeze_score", "close_period"} <= verbs
    entry = Entry.objects.get(verb="freeze_score")
    assert entry.payload["hash"] == frozen(period).inputs_hash
