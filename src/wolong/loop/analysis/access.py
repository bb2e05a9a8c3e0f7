"""Who may do which verb on reports."""

from wolong.estate.places.models import OfficeArea
from wolong.ground.people.access import Scope
from wolong.ground.people.states import Role
from wolong.loop.analysis.models import Report
from wolong.loop.analysis.states import ReportState

WRITERS = (Role.CENTRE_HEAD, Role.SECTION_HEAD)
ISSUERS = (Role.CENTRE_HEAD, Role.LEADER)


def may_list(scope: Scope) -> bool:
    return scope.is_inside


def may_write_at(scope: Scope, area: OfficeArea) -> bool:
    return scope.reaches(area.centre, *WRITERS)


def may_write(scope: Scope, report: Report) -> bool:
    """Heads of the centre and of its sections, until it is issued."""
    return report.state == ReportState.DRAFT and may_write_at(scope, report.area)


def may_issue(scope: Scope, report: Report) -> bool:
    """The head of the centre or a leader; never who wrote it."""
    return (
        report.state == ReportState.DRAFT
        and report.made_by_id != scope.person.pk
        and scope.has(*ISSUERS, at=report.area.centre)
    )
