"""Filters over plans, rounds and items."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from wolong.ground.people.access import NOTHING, Scope
from wolong.loop.plans.states import OPEN_ROUNDS, ItemState, RoundKind


def overseen(scope: Scope, centre: str) -> Q:
    """Plans, rounds and visits are the bureau's own; a company sees none of them."""
    return scope.areas(centre) if scope.is_inside else NOTHING


class PlanQuerySet(models.QuerySet[Any]):
    def visible_to(self, scope: Scope) -> "PlanQuerySet":
        return self.filter(overseen(scope, "area__centre"))


class DrawQuerySet(models.QuerySet[Any]):
    def visible_to(self, scope: Scope) -> "DrawQuerySet":
        return self.filter(overseen(scope, "plan__area__centre"))

    def pending(self) -> "DrawQuerySet":
        """Prepared, but not drawn yet."""
        return self.filter(drawn_at=None)

    def effective(self) -> "DrawQuerySet":
        """Drawn, and not replaced by a later draw that has itself been drawn."""
        return self.filter(drawn_at__isnull=False).exclude(replaced_by__drawn_at__isnull=False)


class RoundQuerySet(models.QuerySet[Any]):
    def visible_to(self, scope: Scope) -> "RoundQuerySet":
        return self.filter(overseen(scope, "area__centre"))

    def open(self) -> "RoundQuerySet":
        return self.filter(state__in=OPEN_ROUNDS)

    def special(self) -> "RoundQuerySet":
        return self.filter(kind=RoundKind.SPECIAL)

    def overdue_on(self, day: date) -> "RoundQuerySet":
        return self.open().filter(due_on__lt=day)

    def with_progress(self) -> "RoundQuerySet":
        """`items_all` and `items_done`: what is planned and still stands, and what has been looked at."""
        standing: dict[str, Any] = {"filter": ~Q(items__state=ItemState.SUPERSEDED)}
        found: RoundQuerySet = self.annotate(
            items_all=models.Count("items", **standing),
            items_done=models.Count("items", filter=Q(items__state=ItemState.DONE)),
        )
        return found


class ItemQuerySet(models.QuerySet[Any]):
    def standing(self) -> "ItemQuerySet":
        """Everything but what was superseded."""
        return self.exclude(state=ItemState.SUPERSEDED)

    def pending(self) -> "ItemQuerySet":
        return self.filter(state=ItemState.PENDING)
