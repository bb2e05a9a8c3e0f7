"""Who may see a finding, withdraw it, or name who answers for it."""

from wolong.ground.people.access import Scope
from wolong.ground.people.models import Organization
from wolong.ground.people.states import Role
from wolong.loop.findings.models import Finding
from wolong.loop.findings.states import OPEN_STAGES, Stage


def may_list(scope: Scope) -> bool:
    """The bureau and the companies; deny by default."""
    return scope.is_inside or scope.is_supplier


def is_supervising(scope: Scope, supervisor: Organization | None, centre: Organization) -> bool:
    """The head of the supervising section, or the head of the centre that answers for the area."""
    if scope.has(Role.CENTRE_HEAD, at=centre):
        return True
    return supervisor is not None and scope.has(Role.SECTION_HEAD, at=supervisor)


def may_withdraw(scope: Scope, finding: Finding) -> bool:
    """The head of the supervising section; where that section itself is responsible, the centre head alone."""
    if finding.stage not in (*OPEN_STAGES, Stage.NOTED):
        return False
    centre = finding.area.centre
    if finding.responsible_id is not None and finding.responsible_id == finding.supervisor_id:
        return scope.has(Role.CENTRE_HEAD, at=centre)
    return is_supervising(scope, finding.supervisor, centre)


def may_assign(scope: Scope, finding: Finding) -> bool:
    """A finding without a responsible unit, not yet ordered, is assigned by those who would order it."""
    return (
        finding.responsible_id is None
        and finding.stage in (Stage.OPEN, Stage.NOTED)
        and is_supervising(scope, finding.supervisor, finding.area.centre)
    )
