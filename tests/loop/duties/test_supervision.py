"""The figures of an area and the lists behind them, on real rows."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.contracts import line
from tests.factories.people import company, person, section
from tests.factories.places import building, room
from tests.factories.standards import ClauseFactory, RequirementFactory
from tests.loop.duties.town import AT, TODAY, Town
from wolong.ground.people.states import Role
from wolong.loop.duties import actions, queries
from wolong.loop.duties.models import CheckMode, Duty
from wolong.loop.duties.rules.roles import Roles, roles_of
from wolong.loop.duties.states import Gap, Standing

OCTOBER, SEPTEMBER, JUNE = dt.date(2026, 10, 1), dt.date(2026, 9, 30), dt.date(2026, 6, 30)


def look(
    town: Town, duties: object, on: dt.date = TODAY, mode: str = CheckMode.ITEMISED, conforms: bool = True
) -> None:
    inspector = person(Role.INSPECTOR, town.property_section)
    notes = [actions.CheckNote(duty.pk, on, inspector, mode, conforms) for duty in duties]
    actions.note_checks(notes)


def standing(town: Town, rule: object) -> Standing:
    return next(row.standing for row in queries.tallies(town.area, TODAY) if row.requirement_id == rule.pk)


def test_nothing_adopted_has_no_index(town: Town) -> None:
    assert queries.gap_index(town.area, TODAY).percent is None


def test_an_unchecked_area_is_all_gap(town: Town) -> None:
    town.adopt()
    index = queries.gap_index(town.area, TODAY)
    assert (index.required, index.open, index.percent) == (4, 4, Decimal("100.0"))


def test_every_object_must_be_checked_in_the_last_full_period(town: Town) -> None:
    town.adopt()
    first, second = Duty.objects.filter(requirement=town.hall_rule)
    look(town, [first], on=OCTOBER)
    assert standing(town, town.hall_rule) == Standing.OPEN
    look(town, [second], on=SEPTEMBER)
    assert standing(town, town.hall_rule) == Standing.OPEN
    look(town, [second], on=OCTOBER)
    assert standing(town, town.hall_rule) == Standing.CLOSED
    toilet = Duty.objects.filter(requirement=town.toilet_rule)
    look(town, toilet, on=JUNE)
    assert standing(town, town.toilet_rule) == Standing.OPEN
    look(town, toilet, on=dt.date(2026, 7, 1))
    assert standing(town, town.toilet_rule) == Standing.CLOSED


def test_glances_and_self_checks_never_close_and_are_shown_apart(town: Town) -> None:
    town.adopt()
    halls = list(Duty.objects.filter(requirement=town.hall_rule))
    look(town, halls[:1])
    look(town, halls[1:], mode=CheckMode.OVERALL)
    manager = person(Role.SUPPLIER_MANAGER, town.cleaner)
    toilet = Duty.objects.get(place=town.toilet)
    actions.note_check(duty=toilet, on=TODAY, by=manager, mode=CheckMode.ITEMISED, conforms=True)
    index = queries.gap_index(town.area, TODAY)
    assert (index.closed, index.only_overall, index.only_self) == (0, 1, 1)
    assert (index.objects, index.objects_checked, index.objects_overall, index.objects_self) == (5, 1, 1, 1)
    assert index.share_objects == Decimal("20.0")


def test_a_sampling_clause_needs_its_whole_sample(town: Town) -> None:
    for number in range(8):
        room(town.toilet.parent, "大厅", name=f"{number}厅")
    town.adopt()
    actions.set_parameter(
        area=town.area, standard=town.cleaning, clause_number="5.1.1", key="抽查", value="20%", by=town.keeper, at=AT
    )
    duties = list(Duty.objects.current().filter(requirement=town.hall_rule))
    assert len(duties) == 10
    look(town, duties[:1])
    assert standing(town, town.hall_rule) == Standing.OPEN
    look(town, duties[:2])
    assert standing(town, town.hall_rule) == Standing.CLOSED


def test_a_requirement_without_objects_stays_open_until_it_is_excluded(town: Town) -> None:
    clause = ClauseFactory.create(edition=town.hall_rule.edition, number="6.1")
    rule = RequirementFactory.create(clause=clause, selectors="场所/泵房")
    town.adopt()
    assert standing(town, rule) == Standing.OPEN
    gaps = {row.requirement_id: row.gaps for row in queries.gaps(town.area, TODAY)}
    assert gaps == {rule.pk: (Gap.OBJECTS,), town.lift_rule.pk: (Gap.CHECKER,)}
    actions.exclude_clause(
        area=town.area, standard=town.cleaning, clause_number="6.1", reason="没有泵房", by=town.keeper, at=AT
    )
    assert queries.gap_index(town.area, TODAY).required == 4


def test_event_clauses_stand_apart(town: Town) -> None:
    clause = ClauseFactory.create(edition=town.hall_rule.edition, number="6.1")
    RequirementFactory.create(clause=clause, cycle_months=None, is_event_driven=True, cycle_label="事件:接到报修")
    town.adopt()
    index = queries.gap_index(town.area, TODAY)
    assert (index.required, index.events) == (4, 1)


def test_the_steps_lose_at_each_step_what_the_lists_behind_them_show(town: Town) -> None:
    clause = ClauseFactory.create(edition=town.hall_rule.edition, number="6.1")
    RequirementFactory.create(clause=clause, doer="绿化")
    town.adopt()
    look(town, Duty.objects.filter(requirement=town.hall_rule))
    look(town, Duty.objects.filter(requirement=town.toilet_rule), conforms=False)
    found = queries.steps(town.area, TODAY)
    assert [(step.key, step.count, step.lost) for step in found] == [
        ("required", 5, 0),
        ("doer", 4, 1),
        ("checker", 3, 1),
        ("checked", 2, 1),
        ("conforming", 1, 1),
    ]
    assert found.index.percent == Decimal("60.0")
    rows = queries.tallies(town.area, TODAY)
    assert all(sum(queries.shows(row, step.lost_key) for row in rows) == step.lost for step in found if step.lost_key)
    mine = queries.steps(town.area, TODAY, checker=town.property_section)
    assert [step.count for step in mine] == [2, 2, 2, 2, 1]


def test_the_matrix_says_who_does_and_who_checks_how_many(town: Town) -> None:
    town.adopt()
    blocks = queries.matrix(town.area, TODAY)
    assert [block.edition for block in blocks] == [town.hall_rule.edition]
    rows = {row.requirement.pk: [(c.doer, c.checker, c.objects) for c in row.cells] for row in blocks[0].rows}
    assert rows[town.hall_rule.pk] == [(town.cleaner, town.property_section, 2)]
    assert rows[town.lift_rule.pk] == [(town.lifts, None, 1)]
    narrowed = queries.matrix(town.area, TODAY, narrowed=queries.Narrowed(unit=town.lifts.pk))
    assert [row.requirement for block in narrowed for row in block.rows] == [town.lift_rule]
    assert queries.matrix(town.area, TODAY, narrowed=queries.Narrowed(line="绿化")) == []


def test_the_number_of_queries_does_not_grow_with_the_requirements(town: Town) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            queries.matrix(town.area, TODAY)
        return len(captured)

    town.adopt()
    before = count()
    for number in range(12):
        RequirementFactory.create(clause=ClauseFactory(edition=town.hall_rule.edition, number=f"7.{number}"))
    town.derive()
    assert count() == before
    assert before <= 9


def test_two_companies_for_one_service_at_one_place_are_an_overlap(town: Town) -> None:
    two = building(town.area, "2号楼", code="B2")
    room(two, "大厅", name="北大厅")
    other = company("示例环境公司")
    line(town.area, "保洁", other, root=two, supervisor=town.property_section)
    town.adopt()
    found = queries.overlaps(town.area, TODAY)
    assert [(row.service, row.where, row.duties) for row in found] == [("保洁", two.full_name, 1)]
    assert {one.performer for one in found[0].lines} == {town.cleaner, other}
    assert Duty.objects.current().get(place__name="北大厅", requirement=town.hall_rule).doer == other


BUREAU, CENTRE, CARE, OTHER, FIRM = "/1/", "/1/2/", "/1/2/3/", "/1/2/4/", "/9/"


@pytest.mark.parametrize(
    ("writer", "doer", "checker", "found"),
    [
        (CENTRE, FIRM, CARE, None),
        (BUREAU, FIRM, BUREAU, None),
        (CARE, CARE, CARE, Roles.ONE_UNIT),
        (CENTRE, CENTRE, CARE, Roles.ONE_UNIT),
        (CENTRE, CARE, OTHER, Roles.ONE_CENTRE),
        ("", CARE, CARE, Roles.DOES_AND_CHECKS),
        (BUREAU, CARE, OTHER, None),
        ("", CARE, OTHER, None),
        (OTHER, FIRM, FIRM, Roles.DOES_AND_CHECKS),
    ],
)
def test_a_writer_a_doer_and_a_checker_stand_apart(writer: str, doer: str, checker: str, found: Roles | None) -> None:
    assert roles_of(writer=writer, doer=doer, checker=checker, centre=CENTRE) == found


def test_a_section_that_does_what_its_centre_wrote_and_checks_is_shown(town: Town) -> None:
    kitchen = section("餐饮服务科", parent=town.centre)
    edition = town.hall_rule.edition
    edition.keeper = town.centre.name
    edition.save()
    line(town.area, "餐饮", kitchen, mode="own", supervisor=kitchen)
    RequirementFactory.create(clause=ClauseFactory(edition=edition, number="6.1"), doer="餐饮")
    town.adopt()
    found = queries.three_roles(town.area)
    assert [(row.roles, row.doer, row.checker, row.duties) for row in found] == [
        (Roles.ONE_CENTRE, kitchen, kitchen, 2)
    ]
