"""Who may do which verb on periods, sheets and statements. The actions ask the same questions as the buttons."""

from wolong.estate.places.models import OfficeArea
from wolong.ground.people.access import Scope
from wolong.ground.people.states import Role
from wolong.loop.appraisal.models import Period, Sheet, Statement
from wolong.loop.appraisal.states import PERIOD, STATEMENT, PeriodState


def may_list(scope: Scope) -> bool:
    return scope.is_inside or scope.is_supplier


def is_chair(scope: Scope, area: OfficeArea) -> bool:
    """The head of the centre that answers for the area chairs its appraisal."""
    return scope.has(Role.CENTRE_HEAD, at=area.centre)


def may_chair_somewhere(scope: Scope) -> bool:
    return scope.has(Role.CENTRE_HEAD)


def may_present(scope: Scope, period: Period) -> bool:
    return PERIOD.allows("present", period.state) and is_chair(scope, period.area)


def may_close(scope: Scope, period: Period) -> bool:
    return PERIOD.allows("close", period.state) and is_chair(scope, period.area)


def is_of_sheet(scope: Scope, sheet: Sheet) -> bool:
    """Those who answer for the unit that is scored: a company's manager, the head of an in-house section."""
    return scope.belongs_to(sheet.unit) and scope.has(Role.SUPPLIER_MANAGER, Role.SECTION_HEAD)


def may_state(scope: Scope, sheet: Sheet) -> bool:
    return sheet.period.state == PeriodState.PRESENTED and is_of_sheet(scope, sheet)


def may_confirm(scope: Scope, sheet: Sheet) -> bool:
    return may_state(scope, sheet) and sheet.confirmed_at is None


def may_decide(scope: Scope, statement: Statement) -> bool:
    """The chair, and never who stated it."""
    return (
        STATEMENT.allows("uphold", statement.state)
        and statement.sheet.period.state == PeriodState.PRESENTED
        and statement.stated_by_id != scope.person.pk
        and is_chair(scope, statement.sheet.period.area)
    )


def may_see_money(scope: Scope, sheet: Sheet) -> bool:
    """What is suggested to be paid is known to the bureau and to the company itself."""
    return scope.is_inside or scope.belongs_to(sheet.unit)
