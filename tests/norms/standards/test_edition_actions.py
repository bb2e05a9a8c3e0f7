"""From a text to an edition that rules, and from one edition to the next."""

import datetime as dt
import threading
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.people import PersonFactory
from tests.norms.standards.texts import cleaning
from wolong.ground.ledger.models import Entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person
from wolong.norms.standards import actions, queries
from wolong.norms.standards.models import Edition, Requirement, Standard
from wolong.norms.standards.signals import edition_in_force
from wolong.norms.standards.states import EditionState

AT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def drafter(db: None) -> Person:
    return PersonFactory.create()


@pytest.fixture
def approver(db: None) -> Person:
    return PersonFactory.create()


def _in_force(text: str, drafter: Person, approver: Person) -> Edition:
    edition = actions.draft_edition(text=text, by=drafter, at=AT)
    edition = actions.approve_edition(edition=edition, by=approver, at=AT)
    return actions.bring_into_force(edition=edition, by=approver, at=AT)


def test_a_text_becomes_a_draft_with_its_exact_letters(drafter: Person) -> None:
    text = cleaning()
    edition = actions.draft_edition(text=text, by=drafter, at=AT)
    assert edition.state == EditionState.DRAFT
    assert Edition.objects.get().text == text
    assert edition.standard.code == "Q/WLS BZ06-003"
    assert (edition.year, edition.effective_on) == (2026, dt.date(2026, 3, 1))
    assert [clause.number for clause in edition.clauses.all()] == ["1", "5", "5.1", "5.1.1", "5.1.2", "5.1.3"]
    assert Entry.objects.get(subject_kind="standards.edition").verb == "draft_edition"


def test_each_shall_is_read_with_its_measures_and_execution_line(drafter: Person) -> None:
    actions.draft_edition(text=cleaning(), by=drafter, at=AT)
    hall = Requirement.objects.get(clause__number="5.1.1")
    assert (hall.selectors, hall.doer, hall.cycle_months, hall.severity) == ("场所/大厅", "保洁", 1, "C")
    assert hall.measures[0]["kind"] == "frequency"
    air = list(Requirement.objects.filter(clause__number="5.1.2"))
    assert sum(len(row.measures) for row in air) == 2
    assert all(row.is_to_verify and row.source == "GB/T 17217" for row in air)
    assert Requirement.objects.binding().filter(clause__number="5.1.3").exists() is False


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("---\n标准号: [\n---\n# A\n", "第"),
        ("# 没有标准号\n\n## 1 范围\n", "标准号"),
        ("---\n标准号: Q/WLS BZ01-001\n名称: 甲\n---\n# 甲\n", "年号"),
        (cleaning().replace("检查:查看", "看法:查看"), "看法"),
        (cleaning() + "\x00", "空字符"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_with_the_reason(drafter: Person, text: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        actions.draft_edition(text=text, by=drafter, at=AT)
    assert not Standard.objects.exists()


def test_a_number_is_drafted_once(drafter: Person) -> None:
    actions.draft_edition(text=cleaning(), by=drafter, at=AT)
    with pytest.raises(Refused, match="已经在库里"):
        actions.draft_edition(text=cleaning(), by=drafter, at=AT)


def test_a_draft_is_revised_whole(drafter: Person) -> None:
    edition = actions.draft_edition(text=cleaning(), by=drafter, at=AT)
    actions.revise_draft(edition=edition, text=cleaning(times=3), by=drafter, at=AT)
    assert Requirement.objects.get(clause__number="5.1.1").measures[0]["low"] == 3
    with pytest.raises(Refused, match="标准号变了"):
        actions.revise_draft(edition=edition, text=cleaning(year=2027), by=drafter, at=AT)


def test_an_approved_text_is_never_changed(drafter: Person, approver: Person) -> None:
    edition = actions.draft_edition(text=cleaning(), by=drafter, at=AT)
    actions.approve_edition(edition=edition, by=approver, at=AT)
    with pytest.raises(Refused, match="一字不动"):
        actions.revise_draft(edition=edition, text=cleaning(times=3), by=drafter, at=AT)


def test_the_drafter_may_not_approve_his_own_text(drafter: Person) -> None:
    edition = actions.draft_edition(text=cleaning(), by=drafter, at=AT)
    with pytest.raises(Refused, match="起草人不能批准"):
        actions.approve_edition(edition=edition, by=drafter, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(approved_by=drafter, approved_at=AT)


def test_only_an_approved_edition_comes_into_force(drafter: Person, approver: Person) -> None:
    edition = actions.draft_edition(text=cleaning(), by=drafter, at=AT)
    with pytest.raises(Refused, match="只有已批准"):
        actions.bring_into_force(edition=edition, by=approver, at=AT)


def test_an_edition_waits_for_its_first_day(drafter: Person, approver: Person) -> None:
    edition = actions.draft_edition(text=cleaning(first_day="2026-12-01"), by=drafter, at=AT)
    actions.approve_edition(edition=edition, by=approver, at=AT)
    with pytest.raises(Refused, match="还没到实施日期"):
        actions.bring_into_force(edition=edition, by=approver, at=AT)
    later = AT + dt.timedelta(days=8)
    assert actions.bring_due_into_force(on=dt.date(2026, 11, 30), at=later) == []
    assert actions.bring_due_into_force(on=dt.date(2026, 12, 1), at=later) == [edition]
    assert actions.bring_due_into_force(on=dt.date(2026, 12, 1), at=later) == []


def test_an_approved_edition_gets_another_first_day(drafter: Person, approver: Person) -> None:
    edition = actions.draft_edition(text=cleaning(), by=drafter, at=AT)
    actions.approve_edition(edition=edition, by=approver, at=AT)
    with pytest.raises(Refused, match="不能早于今天"):
        actions.schedule_edition(edition=edition, on=dt.date(2026, 11, 22), by=approver, at=AT)
    found = actions.schedule_edition(edition=edition, on=dt.date(2027, 1, 1), by=approver, at=AT)
    assert found.effective_on == dt.date(2027, 1, 1)


def test_a_newer_edition_replaces_the_older_on_its_first_day(drafter: Person, approver: Person) -> None:
    heard = []

    def hear(sender: object, edition: Edition, previous: Edition | None, **_: object) -> None:
        heard.append((edition.year, previous.year if previous else None))

    edition_in_force.connect(hear)
    try:
        old = _in_force(cleaning(2021, times=1), drafter, approver)
        new = _in_force(cleaning(2026), drafter, approver)
    finally:
        edition_in_force.disconnect(hear)
    old.refresh_from_db()
    assert (old.state, new.state) == (EditionState.REPLACED, EditionState.IN_FORCE)
    assert old.valid.upper == new.valid.lower == dt.date(2026, 3, 1)
    assert heard == [(2021, None), (2026, 2021)]
    assert queries.previous_edition(new) == old


def test_the_order_of_loading_does_not_change_who_rules_when(drafter: Person, approver: Person) -> None:
    new = _in_force(cleaning(2026), drafter, approver)
    old = _in_force(cleaning(2021, times=1), drafter, approver)
    new.refresh_from_db()
    assert (old.state, new.state) == (EditionState.REPLACED, EditionState.IN_FORCE)
    assert old.valid.upper == dt.date(2026, 3, 1)


def test_a_clause_is_opened_as_it_was_on_the_day(drafter: Person, approver: Person) -> None:
    standard = _in_force(cleaning(2021, times=1), drafter, approver).standard
    _in_force(cleaning(2026), drafter, approver)

    def times(day: dt.date) -> object:
        found = queries.requirement_on(standard=standard, clause_number="5.1.1", on=day)
        return found and found.measures[0]["low"]

    assert times(dt.date(2021, 2, 28)) is None
    assert times(dt.date(2026, 2, 28)) == 1
    assert times(dt.date(2026, 3, 1)) == 2
    assert times(TODAY) == 2
    assert queries.in_force(standard, dt.date(2020, 1, 1)) is None


def test_an_abolished_standard_has_no_successor(drafter: Person, approver: Person) -> None:
    edition = _in_force(cleaning(), drafter, approver)
    actions.abolish_edition(edition=edition, reason="并入另一标准", by=approver, at=AT)
    assert queries.in_force(edition.standard, TODAY) is None
    assert queries.in_force(edition.standard, dt.date(2026, 11, 22)) == edition


def test_a_folder_is_loaded_once(drafter: Person, approver: Person, tmp_path: Path) -> None:
    (tmp_path / "b-2026.md").write_text(cleaning(2026), encoding="utf-8")
    (tmp_path / "z-2021.md").write_text(cleaning(2021, times=1), encoding="utf-8")
    (tmp_path / "next.md").write_text(cleaning(2027, first_day="2027-03-01"), encoding="utf-8")
    (tmp_path / "README.md").write_text("# 说明\n", encoding="utf-8")
    (tmp_path / "broken.md").write_bytes("标准".encode("gb18030"))
    first = actions.load_library(folder=tmp_path, drafted_by=drafter, approved_by=approver, at=AT)
    again = actions.load_library(folder=tmp_path, drafted_by=drafter, approved_by=approver, at=AT)
    assert [edition.year for edition in first.added] == [2021, 2026, 2027]
    assert list(first.refused) == ["broken.md"]
    assert (again.added, sorted(again.known)) == ([], ["b-2026.md", "next.md", "z-2021.md"])
    states = dict(Edition.objects.values_list("year", "state"))
    assert states == {2021: EditionState.REPLACED, 2026: EditionState.IN_FORCE, 2027: EditionState.APPROVED}


@pytest.mark.django_db(transaction=True)
def test_two_who_bring_one_edition_into_force_at_once_do_it_once() -> None:
    drafter, approver = PersonFactory.create(), PersonFactory.create()
    edition = actions.draft_edition(text=cleaning(), by=drafter, at=AT)
    actions.approve_edition(edition=edition, by=approver, at=AT)
    together = threading.Barrier(2)
    answers: list[str] = []

    def act() -> None:
        together.wait()
        try:
            actions.bring_into_force(edition=edition, by=approver, at=AT)
            answers.append("done")
        except Refused:
            answers.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["done", "refused"]
    assert Entry.objects.filter(verb="bring_into_force").count() == 1
