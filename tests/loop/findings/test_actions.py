"""A failed check becomes a finding, judged by the clause of its day; the section head may withdraw it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.factories import people
from tests.factories.findings import ammonia, at, tidy, world
from wolong.ground.ledger.models import Entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.states import Role
from wolong.loop.fieldwork.signals import visit_submitted
from wolong.loop.fieldwork.states import Verdict
from wolong.loop.findings import actions
from wolong.loop.findings.models import Finding
from wolong.loop.findings.states import Stage

pytestmark = pytest.mark.django_db


def test_a_failed_reading_becomes_a_finding_with_everything_pinned() -> None:
    here = world()
    duty = here.duty(place=here.room("3号楼2层东侧卫生间"))
    finding = here.finding(duty)
    assert finding.number == "WT-2026-WLS-0001"
    assert finding.title == "3号楼2层东侧卫生间氨浓度 0.42 mg/m³ 超标"
    assert (finding.severity, finding.points, finding.stage) == ("B", Decimal(2), Stage.OPEN)
    assert (finding.responsible, finding.supervisor, finding.line) == (here.company, here.section, here.line)
    assert finding.requirement == duty.requirement
    assert finding.found_by == here.finder
    duty.refresh_from_db()
    assert (duty.failures, str(duty.last_failed_on)) == (1, "2026-11-16")
    entry = Entry.objects.get(subject_kind="findings.finding", subject_id=finding.pk)
    assert (entry.actor_name, entry.sentence) == ("周工", "发现问题，判为 B 严重")


def test_raising_twice_gives_the_first_finding() -> None:
    here = world()
    observation = here.observation()
    first = actions.raise_finding(observation=observation, by=here.finder, at=at("2026-11-16"))
    assert actions.raise_finding(observation=observation, by=here.finder, at=at("2026-11-16")) == first
    assert Finding.objects.count() == 1


@pytest.mark.parametrize("verdict", [Verdict.CONFORMS, Verdict.NOT_APPLICABLE, Verdict.NOT_CHECKED])
def test_what_did_not_fail_is_no_finding(verdict: str) -> None:
    here = world()
    observation = here.observation(verdict=verdict)
    with pytest.raises(Refused, match="不符合"):
        actions.raise_finding(observation=observation, by=here.finder, at=at("2026-11-16"))
    assert not Finding.objects.exists()


def test_a_submitted_visit_raises_its_failures_only() -> None:
    here = world()
    visit = here.observation().visit
    fine = here.observation(verdict=Verdict.CONFORMS).visit
    for one in (visit, fine):
        visit_submitted.send(type(one), visit=one, by=here.finder, at=at("2026-11-16"))
    assert [finding.observation.visit for finding in Finding.objects.all()] == [visit]


def test_an_observation_is_noted_without_points() -> None:
    here = world()
    finding = here.finding(here.duty(tidy(severity="O", points=Decimal(3))))
    assert (finding.stage, finding.points) == (Stage.NOTED, 0)


def test_the_same_clause_and_object_within_ninety_days_is_a_repeat() -> None:
    here = world()
    duty = here.duty()
    first = here.finding(duty, when=at("2026-08-20"))
    assert here.finding(duty, when=at("2026-11-16")).repeat_of == first
    other_place = here.duty(duty.requirement)
    assert here.finding(other_place, when=at("2026-11-16")).repeat_of is None


def test_two_findings_of_one_visit_do_not_repeat_each_other() -> None:
    here = world()
    duty = here.duty()
    first = here.finding(duty, when=at("2026-11-16"))
    again = here.observation(duty, when=at("2026-11-16") + timedelta(minutes=2))
    again.visit = first.observation.visit
    again.save()
    finding = actions.raise_finding(observation=again, by=again.observed_by, at=again.observed_at)
    assert finding.repeat_of is None


def test_a_finding_after_more_than_ninety_days_or_after_a_withdrawn_one_is_no_repeat() -> None:
    here = world()
    duty = here.duty()
    here.finding(duty, when=at("2026-08-14"))
    assert here.finding(duty, when=at("2026-11-16")).repeat_of is None
    gone = here.finding(duty, when=at("2026-11-17"))
    actions.withdraw_finding(finding=gone, reason="误判", by=here.head, at=at("2026-11-17"))
    assert here.finding(duty, when=at("2026-11-16") + timedelta(days=3)).repeat_of != gone


def test_the_same_clause_in_a_new_edition_is_a_repeat_too() -> None:
    here = world()
    old = ammonia()
    place = here.room()
    first = here.finding(here.duty(old, place), when=at("2026-10-20"))
    edition = type(old.edition).objects.create(
        standard=old.edition.standard, number="x—2027", year=2027, title="x", text="x", sha256="0" * 64
    )
    new = ammonia(clause__edition=edition, clause__number=old.clause.number)
    assert here.finding(here.duty(new, place), when=at("2026-11-16")).repeat_of == first


def test_numbers_run_by_area_and_year_without_gaps() -> None:
    here, there = world(), world("BJX", name="北京西路办公区")
    numbers = [here.finding(when=at(day)).number for day in ("2026-12-30", "2026-12-31", "2027-01-04")]
    assert numbers == ["WT-2026-WLS-0001", "WT-2026-WLS-0002", "WT-2027-WLS-0001"]
    assert there.finding().number == "WT-2026-BJX-0001"


def test_a_number_beyond_four_digits_goes_on() -> None:
    here = world()
    Finding.objects.filter(pk=here.finding().pk).update(number="WT-2026-WLS-9999")
    assert [here.finding().number for _ in range(2)] == ["WT-2026-WLS-10000", "WT-2026-WLS-10001"]


def test_the_section_head_withdraws_with_a_reason_and_it_is_kept() -> None:
    here = world()
    finding = actions.withdraw_finding(finding=here.finding(), reason=" 仪器未校准 ", by=here.head, at=at("2026-11-17"))
    finding.refresh_from_db()
    assert (finding.stage, finding.points, finding.withdrawn_reason) == (Stage.WITHDRAWN, 0, "仪器未校准")
    assert Entry.objects.filter(verb="withdraw_finding", payload__say="仪器未校准").count() == 1


@pytest.mark.parametrize("who", ["finder", "manager", "crew"])
def test_nobody_else_withdraws(who: str) -> None:
    here = world()
    finding = here.finding()
    with pytest.raises(Refused, match="监督科室"):
        actions.withdraw_finding(finding=finding, reason="误判", by=getattr(here, who), at=at("2026-11-17"))
    assert Finding.objects.get().stage == Stage.OPEN


def test_a_withdrawal_needs_a_reason_and_happens_once() -> None:
    here = world()
    finding = here.finding()
    with pytest.raises(Refused, match="理由"):
        actions.withdraw_finding(finding=finding, reason="  ", by=here.head, at=at("2026-11-17"))
    actions.withdraw_finding(finding=finding, reason="误判", by=here.head, at=at("2026-11-17"))
    with pytest.raises(Refused, match="已经撤销"):
        actions.withdraw_finding(finding=finding, reason="误判", by=here.head, at=at("2026-11-17"))


def test_the_head_of_the_responsible_section_does_not_withdraw_his_own() -> None:
    here = world()
    finding = here.finding(here.duty(doer=here.section))
    with pytest.raises(Refused):
        actions.withdraw_finding(finding=finding, reason="误判", by=here.head, at=at("2026-11-17"))
    actions.withdraw_finding(finding=finding, reason="误判", by=here.centre_head, at=at("2026-11-17"))


def test_a_finding_without_a_responsible_unit_is_assigned_by_the_section_head() -> None:
    here = world()
    finding = here.finding(here.duty(doer=None))
    assert finding.responsible is None
    with pytest.raises(Refused):
        actions.assign_finding(finding=finding, responsible=here.company, by=here.manager, at=at("2026-11-17"))
    assigned = actions.assign_finding(finding=finding, responsible=here.company, by=here.head, at=at("2026-11-17"))
    assert assigned.responsible == here.company
    with pytest.raises(Refused, match="已有责任单位"):
        actions.assign_finding(finding=finding, responsible=here.section, by=here.head, at=at("2026-11-17"))


def test_a_head_of_another_section_may_neither_withdraw_nor_assign() -> None:
    here = world()
    other = people.person(Role.SECTION_HEAD, people.section("安全保卫科", parent=here.centre))
    with pytest.raises(Refused):
        actions.withdraw_finding(finding=here.finding(), reason="误判", by=other, at=at("2026-11-17"))
    with pytest.raises(Refused):
        actions.assign_finding(
            finding=here.finding(here.duty(doer=None)), responsible=here.company, by=other, at=at("2026-11-17")
        )
