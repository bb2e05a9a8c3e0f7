"""修订提案: a clause should be worded otherwise; who decides, what is drafted, and what no proposal may do."""

import datetime as dt

import pytest

from tests.factories import people
from tests.norms.standards.texts import cleaning
from wolong.ground.inbox.models import Message
from wolong.ground.ledger.models import Entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.models import Person
from wolong.ground.people.states import Role
from wolong.norms.standards import actions
from wolong.norms.standards.models import Clause, Edition, Proposal
from wolong.norms.standards.queries import rewritten
from wolong.norms.standards.states import EditionState, ProposalState

AT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
LATER = dt.datetime(2027, 3, 1, 9, 0, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> Person:
    return people.person(Role.STANDARDS, people.bureau(), name="林工")


@pytest.fixture
def approver(keeper: Person) -> Person:
    return people.person(Role.STANDARDS, keeper.organization, name="徐处长")


@pytest.fixture
def inspector(keeper: Person) -> Person:
    return people.person(Role.INSPECTOR, people.centre("卧龙山办公区服务中心", parent=keeper.organization), name="周工")


@pytest.fixture
def clause(keeper: Person, approver: Person) -> Clause:
    edition = actions.draft_edition(text=cleaning(), by=keeper, at=AT)
    edition = actions.approve_edition(edition=edition, by=approver, at=AT)
    edition = actions.bring_into_force(edition=edition, by=approver, at=AT)
    return edition.clauses.get(number="5.1.2")


def proposed(clause: Clause, by: Person | None, **more: str) -> Proposal:
    return actions.propose_revision(clause=clause, reason="现场达不到这个限值", by=by, at=AT, **more)


def accepted(clause: Clause, by: Person, keeper: Person, **more: str) -> Proposal:
    return actions.decide_proposal(
        proposal=proposed(clause, by, **more), is_accepted=True, decision="", by=keeper, at=AT
    )


def test_anyone_may_say_that_a_clause_does_not_fit(clause: Clause, inspector: Person, keeper: Person) -> None:
    proposal = proposed(clause, inspector)
    assert (proposal.state, proposal.clause_number, proposal.sentence) == (ProposalState.RAISED, "5.1.2", clause.text)
    assert Message.objects.filter(recipient=keeper, sentence__contains="现场达不到").exists()
    assert Entry.objects.filter(verb="propose_revision").exists()


def test_one_person_has_one_open_proposal_on_a_clause(clause: Clause, inspector: Person, keeper: Person) -> None:
    first = proposed(clause, inspector)
    with pytest.raises(Refused, match="还在办理"):
        proposed(clause, inspector)
    actions.decide_proposal(proposal=first, is_accepted=False, decision="已有国标限值", by=keeper, at=AT)
    assert proposed(clause, inspector).pk != first.pk


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_there_is_no_proposal(clause: Clause, inspector: Person, reason: str) -> None:
    with pytest.raises(Refused, match="理由"):
        actions.propose_revision(clause=clause, reason=reason, by=inspector, at=AT)


def test_who_decides_and_how(clause: Clause, inspector: Person, keeper: Person) -> None:
    own = proposed(clause, keeper)
    with pytest.raises(Refused, match="提案人自己不能受理"):
        actions.decide_proposal(proposal=own, is_accepted=True, decision="", by=keeper, at=AT)
    other = proposed(clause, inspector)
    with pytest.raises(Refused, match="标准管理员受理"):
        actions.decide_proposal(proposal=other, is_accepted=True, decision="", by=inspector, at=AT)
    with pytest.raises(Refused, match="写明理由"):
        actions.decide_proposal(proposal=other, is_accepted=False, decision=" ", by=keeper, at=AT)
    actions.decide_proposal(proposal=other, is_accepted=False, decision="不符合上级标准", by=keeper, at=AT)
    with pytest.raises(Refused, match="已经办理过"):
        actions.decide_proposal(proposal=other, is_accepted=True, decision="", by=keeper, at=AT)
    assert Message.objects.filter(recipient=inspector, sentence__contains="不采纳").exists()


def test_a_proposal_becomes_a_new_edition_and_is_done_when_it_rules(
    clause: Clause, inspector: Person, keeper: Person, approver: Person
) -> None:
    proposal = accepted(clause, inspector, keeper)
    text = cleaning(2027, "2027-03-01", limit="0.2")
    draft = actions.draft_from_proposal(proposal=proposal, text=text, by=keeper, at=AT)
    assert [one.clause.number for one in draft.requirements.filter(fingerprint__isnull=False)][:1] == ["5.1.1"]
    assert len(rewritten(draft)) == 2  # both 不应 of 5.1.2 stand in one sentence
    actions.approve_edition(edition=draft, by=approver, at=AT)
    draft.refresh_from_db()
    actions.bring_into_force(edition=draft, by=approver, at=LATER)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.draft) == (ProposalState.DONE, draft)


def test_failing_is_no_reason_to_loosen(clause: Clause, inspector: Person, keeper: Person, approver: Person) -> None:
    proposal = accepted(clause, inspector, keeper)
    text = cleaning(2027, "2027-03-01", limit="0.5")
    with pytest.raises(Refused, match="不合格多不是放宽的理由"):
        actions.draft_from_proposal(proposal=proposal, text=text, by=keeper, at=AT)
    assert not Edition.objects.filter(number__contains="2027").exists()
    draft = actions.draft_from_proposal(proposal=proposal, text=text, evidence="省局 2026 年实测报告", by=keeper, at=AT)
    assert actions.approve_edition(edition=draft, by=approver, at=AT).state == EditionState.APPROVED


def test_a_draft_that_was_tightened_and_then_loosened_is_stopped_at_approval(
    clause: Clause, inspector: Person, keeper: Person, approver: Person
) -> None:
    proposal = accepted(clause, inspector, keeper)
    draft = actions.draft_from_proposal(
        proposal=proposal, text=cleaning(2027, "2027-03-01", limit="0.2"), by=keeper, at=AT
    )
    actions.revise_draft(edition=draft, text=cleaning(2027, "2027-03-01", limit="0.9"), by=keeper, at=AT)
    with pytest.raises(Refused, match="不合格多不是放宽的理由"):
        actions.approve_edition(edition=draft, by=approver, at=AT)


def test_a_revision_does_not_reach_into_the_past(
    clause: Clause, inspector: Person, keeper: Person, approver: Person
) -> None:
    proposal = accepted(clause, inspector, keeper)
    draft = actions.draft_from_proposal(
        proposal=proposal, text=cleaning(2027, "2026-11-22", limit="0.2"), by=keeper, at=AT
    )
    with pytest.raises(Refused, match="不能倒追"):
        actions.approve_edition(edition=draft, by=approver, at=AT)


def test_the_drafter_never_approves(clause: Clause, inspector: Person, keeper: Person) -> None:
    proposal = accepted(clause, inspector, keeper)
    draft = actions.draft_from_proposal(
        proposal=proposal, text=cleaning(2027, "2027-03-01", limit="0.2"), by=keeper, at=AT
    )
    with pytest.raises(Refused, match="起草人不能批准"):
        actions.approve_edition(edition=draft, by=keeper, at=AT)


def test_only_an_accepted_proposal_is_drafted_and_only_of_its_standard(
    clause: Clause, inspector: Person, keeper: Person
) -> None:
    raised = proposed(clause, inspector)
    with pytest.raises(Refused, match="先受理提案"):
        actions.draft_from_proposal(proposal=raised, text=cleaning(2027), by=keeper, at=AT)
    actions.decide_proposal(proposal=raised, is_accepted=True, decision="", by=keeper, at=AT)
    other = cleaning(2027).replace("BZ06-003", "BZ06-004")
    with pytest.raises(Refused, match="标准号变了"):
        actions.draft_from_proposal(proposal=raised, text=other, by=keeper, at=AT)
    assert not Edition.objects.filter(number__contains="BZ06-004").exists()
