"""Chainable questions to equipment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from wolong.ground.people.access import Scope


class EquipmentQuerySet(QuerySet):  # type: ignore[type-arg]
    def visible_to(self, scope: Scope) -> Self:
        """The bureau sees the equipment of its areas; a company and a tenant see none."""
        return self.filter(scope.areas("area__centre") if scope.is_inside else Q(pk__in=()))

    def in_use(self) -> Self:
        return self.filter(retired_on__isnull=True)

    def at(self, path: str) -> Self:
        """What stands at the place of this path or below it."""
        return self.filter(place__path__startswith=path)
