"""Who may see and change places. A company sees none; a tenant neither."""

from wolong.estate.places.models import OfficeArea
from wolong.ground.people.access import Scope, may_administer
from wolong.ground.people.states import Role

KEEPERS = (Role.CENTRE_HEAD, Role.SECTION_HEAD, Role.ADMINISTRATOR)


def may_look(scope: Scope) -> bool:
    """Places are inside matters of the bureau."""
    return scope.is_inside


def may_keep(scope: Scope, area: OfficeArea) -> bool:
    """The centre that answers for the area keeps its places, equipment and contracts; its own sections too."""
    return scope.reaches(area.centre, *KEEPERS)


def may_import(scope: Scope, area: OfficeArea | None) -> bool:
    """Sheets of an area are brought by those who keep it; sheets of no area by the administrator."""
    return may_administer(scope) if area is None else may_keep(scope, area)


def may_keep_somewhere(scope: Scope) -> bool:
    return scope.has(*KEEPERS)


def may_add_area(scope: Scope) -> bool:
    return scope.has(Role.ADMINISTRATOR)
