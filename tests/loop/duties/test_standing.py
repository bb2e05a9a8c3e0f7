"""What later rooms note on a duty."""

import datetime as dt

from tests.factories.people import person
from tests.loop.duties.town import TODAY, Town
from wolong.ground.people.states import Role
from wolong.loop.duties import actions
from wolong.loop.duties.actions import CheckNote
from wolong.loop.duties.models import CheckMode, Duty

YESTERDAY = TODAY - dt.timedelta(days=1)
TOMORROW = TODAY + dt.timedelta(days=1)


def test_an_itemised_check_is_noted_with_day_person_and_result(town: Town) -> None:
    town.adopt()
    duty = Duty.objects.get(place=town.toilet)
    inspector = person(Role.INSPECTOR, town.property_section)
    actions.note_check(duty=duty, on=TODAY, by=inspector, mode=CheckMode.ITEMISED, conforms=False)
    duty.refresh_from_db()
    assert (duty.last_itemised_on, duty.last_itemised_by, duty.last_result) == (TODAY, inspector, "fails")
    assert (duty.last_overall_on, duty.last_self_on) == (None, None)


def test_an_older_check_never_hides_a_newer_one(town: Town) -> None:
    town.adopt()
    duty = Duty.objects.get(place=town.toilet)
    inspector = person(Role.INSPECTOR, town.property_section)
    actions.note_check(duty=duty, on=TODAY, by=inspector, mode=CheckMode.ITEMISED, conforms=True)
    actions.note_check(duty=duty, on=YESTERDAY, by=town.head, mode=CheckMode.ITEMISED, conforms=False)
    duty.refresh_from_db()
    assert (duty.last_itemised_on, duty.last_itemised_by, duty.last_result) == (TODAY, inspector, "conforms")


def test_whoever_belongs_to_the_doer_only_checks_himself(town: Town) -> None:
    town.adopt()
    duty = Duty.objects.get(place=town.toilet)
    manager = person(Role.SUPPLIER_MANAGER, town.cleaner)
    actions.note_check(duty=duty, on=TODAY, by=manager, mode=CheckMode.ITEMISED, conforms=True)
    duty.refresh_from_db()
    assert (duty.last_self_on, duty.last_itemised_on, duty.last_result) == (TODAY, None, "")


def test_many_looks_are_noted_at_once_each_in_its_own_way(town: Town) -> None:
    town.adopt()
    first, second = Duty.objects.filter(requirement=town.hall_rule)
    inspector = person(Role.INSPECTOR, town.property_section)
    actions.note_checks(
        [
            CheckNote(first.pk, TODAY, inspector, CheckMode.ITEMISED, True),
            CheckNote(second.pk, TODAY, inspector, CheckMode.OVERALL, True),
        ]
    )
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.last_itemised_on, first.last_overall_on) == (TODAY, None)
    assert (second.last_itemised_on, second.last_overall_on) == (None, TODAY)
    actions.note_checks([])


def test_a_look_at_a_duty_that_was_succeeded_reaches_its_successor(town: Town) -> None:
    town.adopt()
    old = Duty.objects.get(place=town.toilet)
    actions.set_parameter(
        area=town.area,
        standard=town.cleaning,
        clause_number="5.1.2",
        key="监督",
        value="中心负责人",
        by=town.keeper,
        at=dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC),
    )
    new = Duty.objects.current().get(place=town.toilet)
    assert new != old
    inspector = person(Role.INSPECTOR, town.property_section)
    actions.note_check(duty=old, on=TOMORROW, by=inspector, mode=CheckMode.ITEMISED, conforms=True)
    actions.note_failure(duty=old, on=TOMORROW)
    actions.note_complaint(duty=new, on=TOMORROW)
    new.refresh_from_db()
    assert (new.last_itemised_on, new.failures, new.last_failed_on, new.complaints) == (TOMORROW, 1, TOMORROW, 1)
