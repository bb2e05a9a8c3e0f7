"""Standards over the API: editions, clauses and what was read from them."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.pagination import LimitOffsetPagination, paginate

from wolong.norms.standards.models import Clause, Edition, Requirement

router = Router(tags=["standards"])


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


@router.get("", response=list[EditionOut])
@paginate(LimitOffsetPagination)
def list_editions(request: HttpRequest, state: str = "") -> QuerySet[Edition]:
    """The editions that the caller sees; `state` by value (in_force)."""
    found = _editions(request)
    return found.filter(state=state) if state else found


@router.get("{int:edition_id}/", response=EditionWithClauses)
def get_edition(request: HttpRequest, edition_id: int) -> Edition:
    """One edition with every clause, and what was read from it."""
    clauses = Clause.objects.order_by("position").prefetch_related(
        Prefetch("requirements", Requirement.objects.order_by("ordinal"))
    )
    return get_object_or_404(_editions(request).prefetch_related(Prefetch("clauses", clauses)), pk=edition_id)
