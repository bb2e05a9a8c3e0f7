"""Who may see duties, and who may change what an area adopts."""

from django.db.models import Q

from wolong.estate.places.models import OfficeArea
from wolong.ground.people.access import Scope
from wolong.ground.people.states import Role
from wolong.loop.duties.models import Deviation, Duty

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


def may_ask_deviation(scope: Scope, duty: Duty) -> bool:
    """Whoever does a duty or checks it may ask to depart from it, as long as it holds."""
    units = [unit for unit in (duty.doer, duty.checker) if unit is not None]
    return duty.valid.upper is None and any(scope.belongs_to(unit) for unit in units)


def may_decide_deviation(scope: Scope, deviation: Deviation) -> bool:
    """The centre head or a leader; never who asked, nor anybody of the unit that does the duty (rule 9)."""
    duty = deviation.duty
    is_doer = duty.doer is not None and scope.belongs_to(duty.doer)
    is_head = scope.has(Role.CENTRE_HEAD, Role.LEADER, at=duty.area.centre)
    return is_head and not is_doer and deviation.asked_by_id != scope.person.pk


def may_end_deviation(scope: Scope, deviation: Deviation) -> bool:
    """Who may approve one, and who checks the duty; whoever does it may give it back."""
    duty = deviation.duty
    units = [unit for unit in (duty.doer, duty.checker) if unit is not None]
    return scope.has(Role.CENTRE_HEAD, Role.LEADER, at=duty.area.centre) or any(scope.belongs_to(u) for u in units)
