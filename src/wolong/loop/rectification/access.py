"""Who may do which verb on an order. The actions ask the same questions as the buttons."""

from wolong.estate.places.models import OfficeArea
from wolong.ground.people.access import Scope
from wolong.ground.people.models import Organization
from wolong.ground.people.states import Role
from wolong.loop.findings.access import is_supervising
from wolong.loop.findings.models import Finding
from wolong.loop.findings.states import Stage
from wolong.loop.rectification.models import Extension, Order, SystemicOrder
from wolong.loop.rectification.rules import are_three_people
from wolong.loop.rectification.states import LIFECYCLE, OPEN_STATES, OWED_STATES, ExtensionState, State


def may_list(scope: Scope) -> bool:
    return scope.is_inside or scope.is_supplier


def may_issue_at_all(scope: Scope, finding: Finding) -> bool:
    """The head of the supervising section, or of the centre, whatever has become of the finding."""
    return is_supervising(scope, finding.supervisor, finding.area.centre)


def may_issue(scope: Scope, finding: Finding) -> bool:
    """Those who may issue, while the finding waits for its order."""
    return finding.stage == Stage.OPEN and may_issue_at_all(scope, finding)


def is_of_unit(scope: Scope, unit: Organization) -> bool:
    """Whether the person works for the unit, company or in-house section alike."""
    return scope.belongs_to(unit)


def may_receive(scope: Scope, order: Order) -> bool:
    return LIFECYCLE.allows("receive", order.state) and is_of_unit(scope, order.responsible)


def may_answer(scope: Scope, order: Order) -> bool:
    """The responsible unit's people, but never who found it."""
    return (
        LIFECYCLE.allows("answer", order.state)
        and is_of_unit(scope, order.responsible)
        and scope.person.pk != order.finding.found_by_id
    )


def may_ask_extension(scope: Scope, order: Order) -> bool:
    return order.state in OWED_STATES and is_of_unit(scope, order.responsible)


def may_decide_extension(scope: Scope, extension: Extension) -> bool:
    """Those who may issue, but never who asked or works for the unit that did."""
    return (
        extension.state == ExtensionState.ASKED
        and extension.asked_by_id != scope.person.pk
        and may_decide_at_all(scope, extension.order)
    )


def may_decide_at_all(scope: Scope, order: Order) -> bool:
    return not is_of_unit(scope, order.responsible) and is_supervising(scope, order.supervisor, order.area.centre)


def is_on_verifying_side(scope: Scope, order: Order) -> bool:
    """A section head or inspector of the supervising side, and not of the unit that answered."""
    return scope.has(Role.SECTION_HEAD, Role.INSPECTOR, at=order.supervisor) and not is_of_unit(
        scope, order.responsible
    )


def may_verify(scope: Scope, order: Order, *, is_nobody_else: bool) -> bool:
    """A third person of the supervising side; the centre head where there is nobody else. Never finder or answerer."""
    if not LIFECYCLE.allows("accept", order.state) or not are_three_people(
        finder=order.finding.found_by_id, answerer=order.answered_by_id, verifier=scope.person.pk
    ):
        return False
    return may_verify_at_all(scope, order, is_nobody_else=is_nobody_else)


def may_verify_at_all(scope: Scope, order: Order, *, is_nobody_else: bool) -> bool:
    """Who could verify, whatever has become of the order meanwhile."""
    if scope.person.pk in (order.finding.found_by_id, order.answered_by_id) or is_of_unit(scope, order.responsible):
        return False
    if is_on_verifying_side(scope, order):
        return True
    return is_nobody_else and is_last_resort(scope, order)


def is_last_resort(scope: Scope, order: Order) -> bool:
    """The centre head, or a leader, verifies where nobody of the supervising side may."""
    return scope.has(Role.CENTRE_HEAD, Role.LEADER, at=order.area.centre)


def may_follow_up(scope: Scope, order: Order) -> bool:
    """The supervising side asks the user of the place; the unit itself does not."""
    return (
        order.state == State.CLOSED
        and not is_of_unit(scope, order.responsible)
        and (is_on_verifying_side(scope, order) or scope.has(Role.CENTRE_HEAD, at=order.area.centre))
    )


def may_watch(scope: Scope, order: Order) -> bool:
    """Leaders of the bureau, and the centre head."""
    return (
        order.state in OPEN_STATES
        and order.watched_at is None
        and scope.has(Role.LEADER, Role.CENTRE_HEAD, at=order.area.centre)
    )


def may_order_systemic(scope: Scope, area: OfficeArea) -> bool:
    """Heads of the centre and of its sections."""
    return scope.reaches(area.centre, Role.CENTRE_HEAD, Role.SECTION_HEAD)


def may_verify_systemic(scope: Scope, order: SystemicOrder) -> bool:
    return (
        may_order_systemic(scope, order.area)
        and not is_of_unit(scope, order.owner)
        and scope.person.pk != order.reported_by_id
    )


def may_remind(scope: Scope, order: Order) -> bool:
    """The supervising side and those above it, while the unit owes an answer."""
    return (
        order.state in OWED_STATES
        and not is_of_unit(scope, order.responsible)
        and (
            scope.has(Role.SECTION_HEAD, Role.INSPECTOR, at=order.supervisor)
            or scope.has(Role.LEADER, Role.CENTRE_HEAD, at=order.area.centre)
        )
    )
