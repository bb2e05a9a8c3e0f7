"""What this room adds to other pages: its bead of the thread, its to-dos, its search."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.pages.registries.search import Hit
from wolong.ground.pages.registries.thread import Bead
from wolong.ground.pages.registries.todos import Todo
from wolong.ground.people.states import Role
from wolong.norms.standards import access
from wolong.norms.standards.models import Clause, Edition, Proposal
from wolong.norms.standards.queries import awaiting_approval
from wolong.norms.standards.states import EditionState, ProposalState

MOST_HITS = 8
MOST_WAITING = 20


def bead_of_clause(request: HttpRequest, clause: Clause) -> Bead:
    """第 5.1.2 条"""
    del request
    return Bead(
        "done", _("第 %(number)s 条") % {"number": clause.number}, str(clause.edition), clause.get_absolute_url()
    )


def drafts_to_approve(request: HttpRequest) -> Iterator[Todo]:
    """Drafts that this person may approve."""
    scope = request.scope  # type: ignore[attr-defined]
    if not access.may_approve(scope):
        return
    for edition in awaiting_approval():
        if access.may_approve(scope, edition):
            context = _("%(who)s %(day)s 起草") % {
                "who": edition.drafted_by or "",
                "day": timezone.localtime(edition.drafted_at).strftime("%m-%d") if edition.drafted_at else "",
            }
            yield Todo(
                due=None,
                sentence=_("批准草案 {}"),
                strong=_("《%(title)s》") % {"title": edition.title},
                url=edition.get_absolute_url(),
                verb=_("去批准"),
                context=f"{edition.number} · {context}",
                since=timezone.localdate(edition.drafted_at) if edition.drafted_at else None,
            )


def proposals_to_decide(request: HttpRequest) -> Iterator[Todo]:
    """Proposals that wait for a standards administrator, and accepted ones that wait for a draft."""
    scope = request.scope  # type: ignore[attr-defined]
    if not scope.has(Role.STANDARDS):
        return
    rows = Proposal.objects.filter(state__in=(ProposalState.RAISED, ProposalState.ACCEPTED))
    for proposal in rows.select_related("standard", "proposed_by").order_by("proposed_at")[:MOST_WAITING]:
        is_raised = proposal.state == ProposalState.RAISED
        if is_raised and not access.may_decide_proposal(scope, proposal):
            continue
        yield Todo(
            due=None,
            sentence=_("受理修订提案 {}") if is_raised else _("起草 {} 的新版"),
            strong=str(proposal),
            context=proposal.reason[:60],
            verb=_("受理") if is_raised else _("起草"),
            url=proposal.get_absolute_url(),
            since=timezone.localdate(proposal.proposed_at),
        )


def bead_of_revision(request: HttpRequest, proposal: Proposal) -> Bead:
    del request
    return Bead("done", proposal.get_state_display(), str(proposal), proposal.get_absolute_url())


def clause_of_proposal(request: HttpRequest, proposal: Proposal) -> Bead:
    """A company that may not open the clause sees its number all the same: it named it."""
    fact = _("第 %(number)s 条") % {"number": proposal.clause_number}
    if proposal.requirement is None or not request.scope.is_inside:  # type: ignore[attr-defined]
        return Bead("done", fact, str(proposal))
    return Bead("done", fact, str(proposal), proposal.requirement.clause.get_absolute_url())


def find(request: HttpRequest, q: str) -> list[Hit]:
    """Standards by number or name, then clauses of ruling editions by their words."""
    if not access.may_read(request.scope):  # type: ignore[attr-defined]
        return []
    ruling = Edition.objects.filter(state=EditionState.IN_FORCE)
    hits = [
        Hit(str(edition), str(edition.get_state_display()), edition.get_absolute_url())
        for edition in (ruling.filter(title__icontains=q) | ruling.filter(number__icontains=q))[:MOST_HITS]
    ]
    clauses = Clause.objects.filter(edition__in=ruling, text__icontains=q).select_related("edition")
    hits += [
        Hit(clause.text[:60], f"{clause.edition.number} {clause.number}", clause.get_absolute_url())
        for clause in clauses[: MOST_HITS - len(hits)]
    ]
    return hits
