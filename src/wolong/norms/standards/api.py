"""Standards over the API: editions, clauses and what was read from them; proposals to change them."""

from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.pagination import paginate

from wolong.ground.exchange.api import Paging, one_of, reads
from wolong.ground.people.states import TokenScope
from wolong.norms.standards import access
from wolong.norms.standards.models import Clause, Edition, Proposal, Requirement
from wolong.norms.standards.states import EditionState, ProposalSource, ProposalState

router = Router(tags=["standards"])
proposals = Router(tags=["proposals"])


class EditionOut(Schema):
    """One edition; `number` carries the year."""

    id: int
    number: str
    title: str
    level: str
    state: str
    issued_on: date | None
    effective_on: date | None
    review_due_on: date | None
    sha256: str

    @staticmethod
    def resolve_level(edition: Edition) -> str:
        return edition.standard.level


class RequirementOut(Schema):
    """`measures` as the language's contract defines them; `is_to_verify` travels with the value (待核)."""

    id: int
    ordinal: int
    modality: str
    sentence: str
    predicates: list[str]
    measures: list[dict[str, Any]]
    execution: dict[str, Any] | None
    fingerprint: str
    is_to_verify: bool
    source: str


class ClauseOut(Schema):
    number: str
    title: str
    text: str
    requirements: list[RequirementOut]

    @staticmethod
    def resolve_requirements(clause: Clause) -> list[Requirement]:
        return list(clause.requirements.all())


class EditionWithClauses(EditionOut):
    clauses: list[ClauseOut]

    @staticmethod
    def resolve_clauses(edition: Edition) -> list[Clause]:
        return list(edition.clauses.all())


def _editions(request: HttpRequest) -> QuerySet[Edition]:
    return Edition.objects.visible_to(request.scope).select_related("standard").order_by("number")  # type: ignore[attr-defined,no-any-return]


@router.get("", **reads(TokenScope.READ, list[EditionOut], _("标准的各个版本")))
@paginate(Paging)
def list_editions(request: HttpRequest, state: one_of(EditionState) | None = None) -> QuerySet[Edition]:  # type: ignore[valid-type]
    """The editions that the caller sees; `state` by value (in_force)."""
    found = _editions(request)
    return found.filter(state=state) if state else found


@router.get(
    "{int:edition_id}/",
    **reads(TokenScope.READ, EditionWithClauses, _("一个版本，连同条款和读出的要求"), one=True),
)
def get_edition(request: HttpRequest, edition_id: int) -> Edition:
    """One edition with every clause, and what was read from it."""
    clauses = Clause.objects.order_by("position").prefetch_related(
        Prefetch("requirements", Requirement.objects.order_by("ordinal"))
    )
    return get_object_or_404(_editions(request).prefetch_related(Prefetch("clauses", clauses)), pk=edition_id)


class ProposalOut(Schema):
    """A proposal to word a clause otherwise. `evidence` is what speaks for it besides how often the clause failed."""

    id: int
    standard: str
    clause: str
    requirement_id: int | None
    sentence: str
    state: one_of(ProposalState)  # type: ignore[valid-type]
    source: one_of(ProposalSource)  # type: ignore[valid-type]
    reason: str
    wanted: str
    evidence: str
    proposed_by: str | None
    proposed_at: datetime
    decided_at: datetime | None
    decision: str
    draft_id: int | None
    draft: str | None

    @staticmethod
    def resolve_standard(proposal: Proposal) -> str:
        return proposal.standard.code

    @staticmethod
    def resolve_clause(proposal: Proposal) -> str:
        return proposal.clause_number

    @staticmethod
    def resolve_proposed_by(proposal: Proposal) -> str | None:
        return proposal.proposed_by.name if proposal.proposed_by else None

    @staticmethod
    def resolve_draft(proposal: Proposal) -> str | None:
        return proposal.draft.number if proposal.draft else None


def _proposals(request: HttpRequest) -> QuerySet[Proposal]:
    scope = request.scope  # type: ignore[attr-defined]
    rows = (
        Proposal.objects.filter(access.proposals_for(scope)) if access.may_propose(scope) else Proposal.objects.none()
    )
    return rows.select_related("standard", "proposed_by", "draft").order_by("-proposed_at", "-pk")


@proposals.get("", **reads(TokenScope.READ, list[ProposalOut], _("修订提案")))
@paginate(Paging)
def list_proposals(
    request: HttpRequest,
    state: one_of(ProposalState) | None = None,  # type: ignore[valid-type]
    standard: str = "",
) -> QuerySet[Proposal]:
    """The proposals that the caller sees, newest first; `standard` by code."""
    rows = _proposals(request)
    if standard:
        rows = rows.filter(standard__code=standard)
    return rows.filter(state=state) if state else rows


@proposals.get("{int:proposal_id}/", **reads(TokenScope.READ, ProposalOut, _("一份修订提案"), one=True))
def get_proposal(request: HttpRequest, proposal_id: int) -> Proposal:
    return get_object_or_404(_proposals(request), pk=proposal_id)
