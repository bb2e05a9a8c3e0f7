"""What fieldwork and plans add to lower pages: panels, beads, to-dos. A failing one is caught by the page, so it is tested here."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import RequestFactory

from tests.factories import people
from tests.factories.fieldwork import Walked, walk
from tests.factories.plans import duties, requirement
from wolong.ground.pages.registries import menu, panels, thread, todos
from wolong.ground.pages.registries.figures import figures_for
from wolong.ground.people.access import scope_of
from wolong.ground.people.models import Person
from wolong.ground.people.states import Role
from wolong.loop.fieldwork.actions import observe
from wolong.loop.plans.models import Omission

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def frozen() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def asked_by(person: Person) -> Any:
    request: Any = RequestFactory().get("/")
    request.user, request.scope, request.session = person, scope_of(person), {}
    return request


@pytest.fixture
def here() -> Walked:
    found = walk(requirement("B", sentence="地面无积水。"), rooms=3)
    first, second, _third = found.items
    see = {"visit": found.visit, "by": found.scene.inspector, "at": NOW}
    observe(item=first, verdict="fails", remark="门口积水", **see)
    observe(item=second, verdict="conforms", **see)
    found.submit(rest_reason="停电", at=NOW)
    return found


def own_panel(request: Any, place: str, subject: Any) -> str:
    found = panels.panels_for(place, request, subject, only="fieldwork")
    assert len(found) == 1
    assert found[0].failure == ""
    return found[0].html


def test_each_lower_page_shows_the_last_checks(here: Walked) -> None:
    request, item = asked_by(here.scene.head), here.items[0]
    for place, subject in (("place", here.scene.building), ("duty", item.duty)):
        assert "不符合" in own_panel(request, place, subject)
    assert "不符合 1 项" in own_panel(request, "round", here.round)
    stranger = asked_by(people.person(Role.SECTION_HEAD, people.centre("另一个中心")))
    assert "还没有检查过" in own_panel(stranger, "place", here.scene.building)


def test_the_clause_page_shows_how_far_the_quarter_got(here: Walked) -> None:
    html = own_panel(asked_by(here.scene.head), "clause", here.items[0].requirement.clause)
    assert "符合 1 · 不符合 1 · 待查 1" in html
    other = requirement().clause
    assert "本季没有排到" in own_panel(asked_by(here.scene.head), "clause", other)


def test_a_places_page_leads_whoever_walks_there_on() -> None:
    here = walk(requirement())
    assert "检查这里" in own_panel(asked_by(here.scene.inspector), "place", here.place)
    assert "检查这里" not in own_panel(asked_by(here.scene.head), "place", here.place)


def test_a_company_gets_no_panel(here: Walked) -> None:
    manager = asked_by(people.person(Role.SUPPLIER_MANAGER, here.scene.company))
    for place, subject in (("place", here.place), ("clause", here.items[0].requirement.clause), ("round", here.round)):
        assert panels.panels_for(place, manager, subject, only="fieldwork") == []


def bead(request: Any, subject: Any, stage: thread.Stage) -> thread.Bead:
    return next(each for each in thread.thread_for(request, subject) if each.stage == stage)


def test_the_thread_says_what_is_planned_and_how_far_it_got(here: Walked) -> None:
    request, item = asked_by(here.scene.head), here.items[0]
    clause = item.requirement.clause
    assert bead(request, clause, thread.Stage.FIELDWORK).fact == "本季 3/3 处"
    assert bead(request, clause, thread.Stage.PLAN).state == "ahead"
    duty = item.duty
    duty.refresh_from_db()
    assert bead(request, duty, thread.Stage.FIELDWORK).fact == "11-02"
    fresh = duties(here.scene, requirement())[0]
    assert bead(request, fresh, thread.Stage.FIELDWORK).state == "cutoff"
    for subject in (here.visit, here.round, here.round.plan):
        assert bead(request, subject, thread.Stage.CLAUSE).fact == "1 条"


def test_what_a_month_leaves_out_breaks_the_thread(here: Walked) -> None:
    left = requirement()
    Omission.objects.create(plan=here.round.plan, requirement=left, duties=4, minutes=8, reason="工时不够")
    found = bead(asked_by(here.scene.head), left.clause, thread.Stage.PLAN)
    assert (found.state, found.fact) == ("cutoff", "本期查不到")


def test_whoever_walks_is_told_to_go_on() -> None:
    here = walk(requirement(), rooms=2)
    with time_machine.travel(datetime(2026, 11, 25, 2, tzinfo=UTC), tick=False):
        mine = [f"{todo.sentence} {todo.context}" for todo in todos.todos_for(asked_by(here.scene.inspector)).mine]
        assert any(words == "继续 {} 还剩 2 项，预计 4 分钟" for words in mine)
        others = todos.todos_for(asked_by(people.person(Role.SUPPLIER_MANAGER, here.scene.company))).mine
    assert not [todo for todo in others if "/rounds/" in todo.url]


def test_the_menu_counts_open_rounds_and_shows_companies_nothing() -> None:
    here = walk(requirement())
    head = asked_by(here.scene.head)
    lines = [line for group in menu.menu_for(head, figures_for(head)) for line in group.lines]
    counts = {line.entry.url_name: line.count for line in lines}
    assert counts["fieldwork:list"] == "1"
    assert "plans:list" in counts
    manager = asked_by(people.person(Role.SUPPLIER_MANAGER, here.scene.company))
    names = {line.entry.url_name for group in menu.menu_for(manager, figures_for(manager)) for line in group.lines}
    assert not names & {"fieldwork:list", "plans:list"}
