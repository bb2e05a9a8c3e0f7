"""Filters over visits and observations."""

from typing import Any

from django.db import models

from wolong.ground.people.access import NOTHING, Scope
from wolong.loop.fieldwork.states import VisitState


class VisitQuerySet(models.QuerySet[Any]):
    def visible_to(self, scope: Scope) -> "VisitQuerySet":
        return self.filter(scope.areas("round__area__centre") if scope.is_inside else NOTHING)

    def submitted(self) -> "VisitQuerySet":
        return self.filter(state=VisitState.SUBMITTED)


class ObservationQuerySet(models.QuerySet[Any]):
    def visible_to(self, scope: Scope) -> "ObservationQuerySet":
        return self.filter(scope.areas("visit__round__area__centre") if scope.is_inside else NOTHING)

    def submitted(self) -> "ObservationQuerySet":
        return self.filter(visit__state=VisitState.SUBMITTED)
