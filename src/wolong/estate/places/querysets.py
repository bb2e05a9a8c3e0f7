"""Chainable questions to places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from wolong.estate.places.states import PUBLIC_KINDS, Level
from wolong.ground.people.access import NOTHING, may_administer

if TYPE_CHECKING:
    from wolong.ground.people.access import Scope


def visible_areas(scope: Scope) -> Q:
    """The bureau sees the areas it oversees; a company and a tenant see none."""
    return scope.areas("centre") if scope.is_inside else NOTHING


class AreaQuerySet(QuerySet):  # type: ignore[type-arg]
    def visible_to(self, scope: Scope) -> Self:
        return self.filter(visible_areas(scope))


class PlaceQuerySet(QuerySet):  # type: ignore[type-arg]
    def visible_to(self, scope: Scope) -> Self:
        """The bureau sees the places of its areas; a company and a tenant see none."""
        return self.filter(scope.areas("area__centre") if scope.is_inside else NOTHING)

    def in_use(self) -> Self:
        return self.filter(retired_on__isnull=True)

    def rooms(self) -> Self:
        return self.filter(level=Level.ROOM)

    def within(self, path: str) -> Self:
        """The place of this path and everything below it."""
        return self.filter(path__startswith=path)

    def public_area(self) -> Self:
        return self.filter(kind__in=PUBLIC_KINDS)


class ImportQuerySet(QuerySet):  # type: ignore[type-arg]
    def visible_to(self, scope: Scope) -> Self:
        """Sheets of the areas that one oversees; those of no area, people and units, are the administrator's."""
        if not scope.is_inside:
            return self.filter(NOTHING)
        whole = Q(area__isnull=True) if may_administer(scope) else NOTHING
        return self.filter(scope.areas("area__centre") | whole)
