"""Chainable questions to contracts and service lines. A company sees its own and nothing else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

if TYPE_CHECKING:
    from wolong.ground.people.access import Scope


class ContractQuerySet(QuerySet):  # type: ignore[type-arg]
    def visible_to(self, scope: Scope) -> Self:
        return self.filter(scope.visible(centre="area__centre", unit="supplier"))

    def valid_on(self, on: date) -> Self:
        return self.filter(valid__contains=on)


class LineQuerySet(QuerySet):  # type: ignore[type-arg]
    def visible_to(self, scope: Scope) -> Self:
        return self.filter(scope.visible(centre="area__centre", unit="performer"))

    def valid_on(self, on: date) -> Self:
        return self.filter(valid__contains=on)
