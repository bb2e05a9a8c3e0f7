"""Who may do a round, and who may read what was seen. Companies: none of it, until a finding is raised."""

from django.db.models import Q

from wolong.ground.people.access import NOTHING, Scope
from wolong.ground.people.states import Role
from wolong.loop.plans.access import may_do_round
from wolong.loop.plans.models import Round

__all__ = ["may_do_round", "may_read_flags", "may_see_visits", "may_walk", "visits_seen"]


def may_see_visits(scope: Scope) -> bool:
    return scope.is_inside


def visits_seen(scope: Scope, prefix: str = "") -> Q:
    """Visits of the areas a person oversees; `prefix` is the lookup to the visit."""
    return scope.areas(f"{prefix}round__area__centre") if scope.is_inside else NOTHING


def may_walk(scope: Scope) -> bool:
    """Whether the phone pages are of use to a person."""
    return scope.has(Role.INSPECTOR, Role.SECTION_HEAD, Role.CENTRE_HEAD)


def may_read_flags(scope: Scope, round: Round) -> bool:  # noqa: A002 - the glossary's word
    """What looks too quick or too good is for the heads to read; nothing follows from it by itself."""
    return scope.reaches(round.area.centre, Role.SECTION_HEAD, Role.CENTRE_HEAD, Role.AUDITOR)
