"""Who may see duties, and who may change what an area adopts."""

from django.db.models import Q

from wolong.estate.places.models import OfficeArea
from wolong.ground.people.access import Scope
from wolong.ground.people.states import Role

KEEPERS = (Role.STANDARDS, Role.CENTRE_HEAD)


def may_oversee(scope: Scope) -> bool:
    """The matrix, its defects and the profile are the bureau's own."""
    return scope.is_inside


def may_list(scope: Scope) -> bool:
    """The bureau lists the duties of its areas, a company its own."""
    return scope.is_inside or scope.is_supplier


def may_keep_profile(scope: Scope, area: OfficeArea) -> bool:
    """What an area adopts, excludes and sets is for its centre head and the standards administrators."""
    return scope.reaches(area.centre, *KEEPERS)


def may_confirm(scope: Scope, area: OfficeArea) -> bool:
    """A changed clause is looked at by who supervises in the area, or by who keeps its profile."""
    return scope.reaches(area.centre, *KEEPERS, Role.SECTION_HEAD)


def clauses_of_duties(scope: Scope) -> Q:
    """The clauses that a company may open: those of its own duties, as long as it had them."""
    if not scope.is_supplier:
        return Q(pk__in=())
    return scope.own("requirements__duties__doer")
