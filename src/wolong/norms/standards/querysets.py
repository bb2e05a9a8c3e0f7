"""Chainable filters over editions and requirements."""

from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


class EditionQuerySet(QuerySet[M]):
    def in_force_on(self, day: date) -> "EditionQuerySet[M]":
        return self.filter(valid__contains=day)


class RequirementQuerySet(QuerySet[M]):
    def binding(self) -> "RequirementQuerySet[M]":
        """Only 应 and 不应: what needs a doer and a checker."""
        return self.filter(modality__in=("shall", "shall_not"))

    def in_force_on(self, day: date) -> "RequirementQuerySet[M]":
        return self.filter(edition__valid__contains=day)
