"""Chainable questions to duties."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self, TypeVar

from django.db.models import Model, Q, QuerySet

from wolong.loop.duties.states import DeviationStanding, DeviationState

if TYPE_CHECKING:
    from wolong.ground.people.access import Scope

M = TypeVar("M", bound=Model)


def visible_duties(scope: Scope) -> Q:
    """The bureau sees the duties of its areas, a company its own and nothing else."""
    return scope.visible(centre="area__centre", unit="doer")


class DutyQuerySet(QuerySet[M]):
    def current(self) -> Self:
        """The duties that hold now: those without a last day."""
        return self.filter(valid__endswith__isnull=True)

    def on(self, day: date) -> Self:
        """The duties that held on a day."""
        return self.filter(valid__contains=day)

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(visible_duties(scope))

    def without_doer(self) -> Self:
        return self.filter(doer__isnull=True)

    def without_checker(self) -> Self:
        return self.filter(checker__isnull=True)

    def suspect(self) -> Self:
        return self.filter(is_suspect=True)

    def joined(self) -> Self:
        """With everything that a row of a list shows."""
        return self.select_related(
            "area", "requirement__clause", "requirement__edition", "place", "equipment", "line", "doer", "checker"
        )

    def lacking(self) -> Self:
        """Without a doer, a checker or a check frequency."""
        is_periodic = Q(cycle_months__isnull=True, is_event_driven=False)
        return self.filter(Q(doer__isnull=True) | Q(checker__isnull=True) | is_periodic)


class DeviationQuerySet(QuerySet[M]):
    def on(self, day: date) -> Self:
        """Those that held on a day."""
        return self.filter(valid__contains=day)

    def standing(self, standing: DeviationStanding, *, on: date) -> Self:
        """Those that stand so on a day; an approved one only until its days are over."""
        if standing == DeviationStanding.EXPIRED:
            return self.filter(state=DeviationState.APPROVED, valid__endswith__lte=on)
        found = self.filter(state=standing)
        return found.filter(valid__endswith__gt=on) if standing == DeviationStanding.APPROVED else found

    def waiting(self) -> Self:
        return self.filter(state=DeviationState.ASKED)

    def visible_to(self, scope: Scope) -> Self:
        """The bureau sees those of its areas, a company those of its own duties."""
        return self.filter(scope.visible(centre="duty__area__centre", unit="duty__doer"))

    def at(
        self, *, area_id: int, place_id: int, equipment_id: int | None, doer_id: int | None, fingerprint: str
    ) -> Self:
        """From one 应 at one object by one doer: another text, or another doer, wants another deviation."""
        return self.filter(
            duty__area=area_id, duty__place=place_id, duty__equipment=equipment_id, duty__doer=doer_id,
            duty__fingerprint=fingerprint,
        )  # fmt: skip
