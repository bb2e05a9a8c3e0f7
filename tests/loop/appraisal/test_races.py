"""Two people at one moment: one of them does it, the other is told so in words, and nothing is half done."""

import pytest

from tests.factories.appraisal import AFTER, QUARTER, contracted, presented, sheet_of
from tests.factories.findings import World, at, world
from tests.factories.workdays import official
from tests.loop.rectification.test_races import at_once, refusals
from wolong.ground.ledger.models import Entry
from wolong.loop.appraisal import actions
from wolong.loop.appraisal.models import Period, Score, Statement

pytestmark = pytest.mark.django_db(transaction=True)
LATER = at("2027-01-12")


@pytest.fixture
def here() -> World:
    official(2026)
    official(2027)
    made = world()
    contracted(made)
    return made


def test_opening_one_quarter_at_once(here: World) -> None:
    def deed() -> Period:
        return actions.open_period(area=here.area, day=QUARTER, by=here.centre_head, at=at("2026-11-16"))

    assert len(refusals(at_once(deed, deed))) == 1
    assert Period.objects.count() == 1


def test_closing_one_period_at_once(here: World) -> None:
    period = presented(here)

    def deed() -> Period:
        return actions.close_period(period=period, by=here.centre_head, at=LATER)

    assert [one.sentence for one in refusals(at_once(deed, deed))] == ["2026 年第 4 季度已经结账。"]
    assert Entry.objects.filter(verb="close_period").count() == 1


def test_stating_while_the_chair_closes_never_leaves_an_unanswered_statement_behind(here: World) -> None:
    period = presented(here)
    sheet = sheet_of(period)
    actions.confirm_sheet(sheet=sheet, by=here.manager, at=AFTER)
    results = at_once(
        lambda: actions.state_case(sheet=sheet, text="不服", by=here.manager, at=AFTER),
        lambda: actions.close_period(period=period, by=here.centre_head, at=AFTER),
    )
    assert len(refusals(results)) == 1
    assert (Period.objects.get().state == "closed") == (not Statement.objects.exists())


def test_answering_one_statement_at_once(here: World) -> None:
    period = presented(here)
    finding = here.line.findings.get()
    statement = actions.state_case(sheet=sheet_of(period), finding=finding, text="不服", by=here.manager, at=AFTER)
    results = at_once(
        *(
            lambda upheld=upheld: actions.decide_statement(
                statement=statement, is_upheld=upheld, reply="看过", by=here.centre_head, at=AFTER
            )
            for upheld in (True, False)
        )
    )
    assert len(refusals(results)) == 1
    statement.refresh_from_db()
    assert Score.objects.count() == (2 if statement.state == "upheld" else 1)
