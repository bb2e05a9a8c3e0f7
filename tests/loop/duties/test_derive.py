"""From what an area adopts to who does and who checks, and back when something below changes."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from tests.factories.contracts import line
from tests.factories.people import company
from tests.factories.places import room
from tests.factories.standards import ClauseFactory, EditionFactory, RequirementFactory
from tests.loop.duties.town import AT, TODAY, Town
from wolong.estate.places.models import OfficeArea, Place
from wolong.ground.ledger.models import Entry
from wolong.loop.duties import actions
from wolong.loop.duties.models import Duty
from wolong.loop.duties.signals import duties_derived
from wolong.norms.standards.models import Edition, Requirement
from wolong.norms.standards.signals import edition_in_force
from wolong.norms.standards.states import EditionState

TOMORROW = TODAY + dt.timedelta(days=1)


def test_an_area_that_adopts_nothing_has_no_duties(town: Town) -> None:
    assert town.derive() == actions.Derived()
    assert not Duty.objects.exists()


def test_each_requirement_meets_its_objects_its_doer_and_its_checker(town: Town) -> None:
    town.adopt()
    found = {
        (row.requirement.clause.number, row.object_label.split(" ")[-1]): (
            row.line,
            row.doer,
            row.checker,
            row.cycle_months,
        )
        for row in Duty.objects.current().joined()
    }
    care, whole = town.property_section, town.area
    labels = {place.full_name.split(" ")[-1] for place in (*town.halls, town.toilet)}
    assert {label for _number, label in found} == {*labels, "1号客梯", "保洁记录"}
    assert found["5.2.1", "1号客梯"] == (town.lift_line, town.lifts, None, 1)
    assert found["5.2.2", "保洁记录"] == (town.cleaning_line, town.cleaner, town.centre, 1)
    toilet = Duty.objects.get(place=town.toilet)
    assert (toilet.line, toilet.doer, toilet.checker, toilet.cycle_months) == (
        town.cleaning_line,
        town.cleaner,
        care,
        3,
    )
    assert Duty.objects.get(object_label="保洁记录").place == Place.objects.get(area=whole, level="area")
    assert Duty.objects.filter(requirement=town.hall_rule).count() == 2


def test_deriving_again_changes_nothing(town: Town) -> None:
    town.adopt()
    before = list(Duty.objects.order_by("pk").values())
    entries = Entry.objects.count()
    again = town.derive(on=TOMORROW)
    assert (again.opened, again.ended, again.kept) == ([], [], 5)
    assert list(Duty.objects.order_by("pk").values()) == before
    assert Entry.objects.count() == entries


def test_a_new_place_opens_a_duty_and_a_retired_one_ends_its_own(town: Town) -> None:
    town.adopt()
    north = room(town.toilet.parent, "大厅", name="北大厅")
    opened = town.derive(on=TOMORROW)
    assert Duty.objects.get(pk__in=opened.opened).place == north
    Place.objects.filter(pk=north.pk).update(retired_on=TOMORROW)
    ended = town.derive(on=TODAY + dt.timedelta(days=9))
    assert (len(ended.ended), ended.opened) == (1, [])
    assert Duty.objects.get(pk=ended.ended[0]).valid == DateRange(TOMORROW, TODAY + dt.timedelta(days=9))


def test_a_change_of_company_supersedes_and_keeps_what_was_known(town: Town) -> None:
    town.adopt()
    Duty.objects.filter(place=town.toilet).update(last_itemised_on=TODAY, failures=3, last_result="fails")
    other = company("示例环境公司")
    town.cleaning_line.valid = DateRange(town.cleaning_line.valid.lower, TOMORROW)
    town.cleaning_line.save()
    line(town.area, "保洁", other, supervisor=town.property_section, valid=DateRange(TOMORROW, None))
    derived = town.derive(on=TOMORROW)
    assert (len(derived.opened), len(derived.ended), derived.kept) == (4, 4, 1)
    new = Duty.objects.current().get(place=town.toilet)
    assert (new.doer, new.failures, new.last_itemised_on, new.last_result) == (other, 3, TODAY, "fails")
    old = Duty.objects.get(place=town.toilet, doer=town.cleaner)
    assert old.valid == DateRange(TODAY, TOMORROW)
    assert list(Duty.objects.on(TODAY).filter(place=town.toilet)) == [old]
    assert list(Duty.objects.on(TOMORROW).filter(place=town.toilet)) == [new]


def _next_edition(town: Town, *, hall_text: str) -> Edition:
    old = town.hall_rule.edition
    Edition.objects.filter(pk=old.pk).update(state=EditionState.REPLACED, valid=DateRange(old.valid.lower, TOMORROW))
    new = EditionFactory.create(standard=town.cleaning, year=2027, effective_on=TOMORROW)
    RequirementFactory.create(clause=ClauseFactory(edition=new, number="5.1.1", text=hall_text))
    same = Requirement.objects.get(pk=town.toilet_rule.pk)
    moved = ClauseFactory.create(edition=new, number="5.3.1", text=same.sentence)
    RequirementFactory.create(
        clause=moved,
        selectors=same.selectors,
        doer="",
        cycle_months=3,
        cycle_label="每季度",
        fingerprint=same.fingerprint,
    )
    return new


def test_a_new_edition_carries_over_what_is_the_same_text_and_doubts_what_is_not(town: Town) -> None:
    town.adopt()
    Duty.objects.update(last_itemised_on=TODAY, failures=2)
    edition = _next_edition(town, hall_text="大厅地面每日清扫应不少于 3 次。")
    edition_in_force.send(
        sender=Edition, edition=edition, previous=town.hall_rule.edition, by=town.keeper, at=AT + dt.timedelta(days=1)
    )
    toilet = Duty.objects.current().get(place=town.toilet)
    assert (toilet.requirement.edition, toilet.last_itemised_on, toilet.failures) == (edition, TODAY, 2)
    assert toilet.is_suspect is False
    halls = Duty.objects.current().filter(place__in=town.halls)
    assert {(row.is_suspect, row.last_itemised_on, row.failures) for row in halls} == {(True, None, 0)}
    assert not Duty.objects.current().filter(object_label="保洁记录").exists()
    clause = halls[0].requirement.clause
    assert actions.confirm_duties(area=town.area, clause=clause, by=town.head, at=AT) == 2
    assert not Duty.objects.current().suspect().exists()


def test_an_edition_of_a_standard_that_nobody_adopted_derives_nothing(town: Town) -> None:
    edition_in_force.send(sender=Edition, edition=town.hall_rule.edition, previous=None, by=town.keeper, at=AT)
    assert not Duty.objects.exists()


def test_news_say_what_opened_and_what_ended(town: Town) -> None:
    heard: list[tuple[OfficeArea, int, int]] = []

    def hear(area: OfficeArea, opened: list[int], ended: list[int], **_: object) -> None:
        heard.append((area, len(opened), len(ended)))

    duties_derived.connect(hear)
    try:
        town.adopt()
        actions.exclude_clause(
            area=town.area,
            standard=town.cleaning,
            clause_number="5.2.1",
            reason="电梯由产权单位管理",
            by=town.keeper,
            at=AT,
        )
        town.derive()
    finally:
        duties_derived.disconnect(hear)
    assert heard == [(town.area, 5, 0), (town.area, 0, 1)]


def test_a_selector_that_cannot_be_read_or_means_nothing_makes_no_duty(town: Town) -> None:
    RequirementFactory.create(clause=ClauseFactory(edition=town.hall_rule.edition, number="9.1"), selectors="")
    RequirementFactory.create(clause=ClauseFactory(edition=town.hall_rule.edition, number="9.2"), selectors="什么/都")
    RequirementFactory.create(clause=ClauseFactory(edition=town.hall_rule.edition, number="9.3"), selectors="场所/泵房")
    RequirementFactory.create(clause=ClauseFactory(edition=town.hall_rule.edition, number="9.4"), modality="should")
    town.adopt()
    assert Duty.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_two_who_derive_at_once_open_each_duty_once(town: Town) -> None:
    town.adopt()
    room(town.toilet.parent, "大厅", name="北大厅")
    together = threading.Barrier(2)
    opened: list[int] = []

    def act() -> None:
        together.wait()
        try:
            opened.append(len(town.derive(on=TOMORROW).opened))
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(opened) == [0, 1]
    assert Duty.objects.current().count() == 6
