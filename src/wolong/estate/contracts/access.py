"""Who may see and change contracts and lines."""

from wolong.estate.contracts.models import Contract, ServiceLine
from wolong.estate.places.access import may_keep as may_keep_area
from wolong.estate.places.access import may_keep_somewhere
from wolong.ground.people.access import Scope
from wolong.ground.people.states import SUPPLIER_ROLES

__all__ = ["may_keep_contract", "may_keep_line", "may_keep_somewhere", "may_look", "may_see_fee"]


def may_look(scope: Scope) -> bool:
    """The bureau, and companies (their own, by the query)."""
    return scope.is_inside or scope.is_supplier


def may_see_fee(scope: Scope, line: ServiceLine) -> bool:
    """What a service costs is known to the bureau and to the company that does it."""
    return scope.is_inside or (scope.has(*SUPPLIER_ROLES) and scope.belongs_to(line.performer))


def may_keep_contract(scope: Scope, contract: Contract) -> bool:
    return may_keep_area(scope, contract.area)


def may_keep_line(scope: Scope, line: ServiceLine) -> bool:
    return may_keep_area(scope, line.area)
