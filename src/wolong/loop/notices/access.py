"""Who may draft, approve, withdraw and answer. The actions ask the same questions as the buttons."""

from django.db.models import Q

from wolong.ground.people.access import Scope
from wolong.ground.people.models import Organization
from wolong.ground.people.states import Role
from wolong.loop.notices.models import Notice, Window
from wolong.loop.notices.states import LIFECYCLE, MARKABLE_STATES, Kind, State

DRAFTERS = (Role.CENTRE_HEAD, Role.SECTION_HEAD, Role.STANDARDS, Role.ASSESSOR, Role.LEADER)
HEADS = (Role.CENTRE_HEAD, Role.LEADER)


def may_list(scope: Scope) -> bool:
    return scope.is_inside or scope.is_supplier


def may_set_window(scope: Scope, unit: Organization) -> bool:
    """Whether and how a unit shows itself to the public is for its head, or a leader above."""
    return scope.has(*HEADS, at=unit)


def may_set_any_window(scope: Scope) -> bool:
    return scope.has(*HEADS)


def is_section_head_of(scope: Scope, unit: Organization) -> bool:
    """The head of one of the unit's own sections: a section stands right below the unit."""
    above = unit.path or "?"
    return any(
        held.role == Role.SECTION_HEAD and held.path.startswith(above) and held.path.count("/") <= above.count("/") + 1
        for held in scope.held
    )


def may_draft(scope: Scope, unit: Organization) -> bool:
    """Heads, assessors and standards administrators of the unit, of those above it, or of its own sections."""
    return scope.has(*DRAFTERS, at=unit) or is_section_head_of(scope, unit)


def may_draft_any(scope: Scope) -> bool:
    return scope.has(*DRAFTERS)


def is_author(scope: Scope, notice: Notice) -> bool:
    return notice.drafted_by_id == scope.person.pk


def may_revise(scope: Scope, notice: Notice) -> bool:
    return is_author(scope, notice) and may_draft(scope, notice.window.unit)


def has_right_role(scope: Scope, notice: Notice) -> bool:
    """Heads of the unit or of its sections, leaders; for a standard the standards administrators too. Never the company's own."""
    unit = notice.window.unit
    if notice.concerns is not None and scope.belongs_to(notice.concerns):
        return False
    return (
        scope.has(*HEADS, at=unit)
        or is_section_head_of(scope, unit)
        or (notice.kind == Kind.STANDARD and scope.has(Role.STANDARDS, at=unit))
    )


def may_decide(scope: Scope, notice: Notice) -> bool:
    """Approve or return: one of the right role who did not write it."""
    return has_right_role(scope, notice) and not is_author(scope, notice)


def may_approve(scope: Scope, notice: Notice) -> bool:
    return LIFECYCLE.allows("approve", notice.state) and may_decide(scope, notice)


def may_withdraw(scope: Scope, notice: Notice) -> bool:
    """To take something back is urgent: its author may do it too, where of the right role."""
    return notice.state == State.PUBLISHED and has_right_role(scope, notice)


def may_see_original(scope: Scope, notice: Notice) -> bool:
    """What is hidden is seen by who wrote it and by who could decide; for everybody else it is hidden inside, too."""
    return is_author(scope, notice) or may_decide(scope, notice)


def may_mark(scope: Scope, notice: Notice) -> bool:
    return notice.state in MARKABLE_STATES and may_see_original(scope, notice)


def may_lift(scope: Scope, notice: Notice) -> bool:
    """What was hidden is shown again by the approver only, never by the author."""
    return notice.state == State.SUBMITTED and may_decide(scope, notice)


def may_answer(scope: Scope, notice: Notice) -> bool:
    return notice.state == State.SUBMITTED and is_concerned(scope, notice)


def is_concerned(scope: Scope, notice: Notice) -> bool:
    return notice.concerns is not None and scope.belongs_to(notice.concerns)


def windows_for(scope: Scope) -> Q:
    """The windows that a person of the bureau knows of."""
    return scope.areas("unit") if scope.is_inside else Q(pk__in=())


def draftable(scope: Scope) -> list[Window]:
    """The windows in which this person may propose something."""
    rows = Window.objects.filter(windows_for(scope)).select_related("unit")
    return [window for window in rows if may_draft(scope, window.unit)]
