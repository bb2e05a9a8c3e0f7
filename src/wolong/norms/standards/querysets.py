"""Chainable filters over editions and requirements."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self, TypeVar

from django.db.models import Model, Q, QuerySet

if TYPE_CHECKING:
    from wolong.ground.people.access import Scope

M = TypeVar("M", bound=Model)


class EditionQuerySet(QuerySet[M]):
    def in_force_on(self, day: date) -> Self:
        return self.filter(valid__contains=day)

    def visible_to(self, scope: Scope) -> Self:
        """The library is the bureau's own; a company opens single clauses, never an edition."""
        return self.filter(Q() if scope.is_inside else Q(pk__in=()))


class RequirementQuerySet(QuerySet[M]):
    def binding(self) -> Self:
        """Only 应 and 不应: what needs a doer and a checker."""
        return self.filter(modality__in=("shall", "shall_not"))

    def in_force_on(self, day: date) -> Self:
        return self.filter(edition__valid__contains=day)
