"""Filters over receivers and deliveries."""

from __future__ import annotations

from datetime import datetime
from typing import Self, TypeVar

from django.db.models import F, Model, Q, QuerySet

from wolong.ground.people.access import Scope, may_administer
from wolong.loop.subscriptions.states import DeliveryState

M = TypeVar("M", bound=Model)


class ReceiverQuerySet(QuerySet[M]):
    def visible_to(self, scope: Scope) -> Self:
        """The administrator sees all, anybody else those that belong to them."""
        return self.filter(Q() if may_administer(scope) else Q(owner_id=scope.person.pk))

    def open(self) -> Self:
        """Those that are told of what happens."""
        return self.filter(is_active=True, paused_at=None)

    def with_due(self, at: datetime) -> Self:
        """Those that something is waiting for, and that do not rest."""
        waiting = Q(deliveries__state=DeliveryState.WAITING, deliveries__next_at__lte=at)
        return self.open().filter(Q(rests_until=None) | Q(rests_until__lte=at), waiting).distinct()


class DeliveryQuerySet(QuerySet[M]):
    def visible_to(self, scope: Scope) -> Self:
        return self.filter(Q() if may_administer(scope) else Q(receiver__owner_id=scope.person.pk))

    def due(self, at: datetime) -> Self:
        """What waits and whose time has come, the longest waiting first."""
        return self.filter(state=DeliveryState.WAITING, next_at__lte=at).order_by(F("next_at"), "pk")
