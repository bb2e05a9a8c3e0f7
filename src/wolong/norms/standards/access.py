"""Who may read, draft and approve standards."""

from collections.abc import Callable

from django.db.models import Q

from wolong.ground.people.access import NOTHING, Scope
from wolong.ground.people.states import Role
from wolong.norms.standards.models import Edition, Proposal
from wolong.norms.standards.states import EditionState

DRAFTERS = (Role.STANDARDS, Role.CENTRE_HEAD, Role.SECTION_HEAD)
APPROVERS = (Role.STANDARDS, Role.LEADER, Role.CENTRE_HEAD)

ClauseReader = Callable[[Scope], Q]
_readers: dict[str, ClauseReader] = {}


def register_reader(name: str, reader: ClauseReader) -> None:
    """A later room opens clauses to people from outside: `reader(scope)` gives a Q over Clause."""
    _readers[name] = reader


def may_read(scope: Scope) -> bool:
    """The library as a whole is the bureau's own."""
    return scope.is_inside


def may_draft(scope: Scope) -> bool:
    """Standards administrators, centre heads and section heads may put a text before the approver."""
    return scope.has(*DRAFTERS)


def may_approve(scope: Scope, edition: Edition | None = None) -> bool:
    """Standards administrators, leaders and centre heads may approve; never what they drafted themselves (rule 9)."""
    if not scope.has(*APPROVERS):
        return False
    return edition is None or edition.drafted_by_id != scope.person.pk


def may_revise(scope: Scope, edition: Edition) -> bool:
    """A draft may be changed by its drafter and by standards administrators."""
    is_own = edition.drafted_by_id == scope.person.pk
    return edition.state == EditionState.DRAFT and may_draft(scope) and (is_own or scope.has(Role.STANDARDS))


def may_bring_sheet(scope: Scope) -> bool:
    """Whoever may draft may bring a 考核表 and work on any that is open: half-done work is taken over by the next."""
    return may_draft(scope)


def may_see_draft(scope: Scope) -> bool:
    """Drafts are for who writes and who approves."""
    return scope.is_inside


def may_propose(scope: Scope) -> bool:
    """Whoever does or checks a clause may say that it does not fit; which clauses one opens is asked apart."""
    return scope.is_inside or scope.is_supplier


def may_decide_proposal(scope: Scope, proposal: Proposal) -> bool:
    """Standards administrators, never on their own."""
    return scope.has(Role.STANDARDS) and proposal.proposed_by_id != scope.person.pk


def proposals_for(scope: Scope) -> Q:
    """The bureau sees all proposals, anybody else their own."""
    return Q() if scope.is_inside else Q(proposed_by_id=scope.person.pk)


def clauses_for(scope: Scope) -> Q:
    """The clauses that a person may open: all for the bureau; for a company those that later rooms open to it."""
    if scope.is_inside:
        return Q()
    found = NOTHING
    for reader in _readers.values():
        found |= reader(scope)
    return found
