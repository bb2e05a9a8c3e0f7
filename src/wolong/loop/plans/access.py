"""Who may do which verb on plans, draws and rounds. Companies: none of it."""

from datetime import date

from wolong.estate.places.models import OfficeArea
from wolong.ground.people.access import Scope
from wolong.ground.people.models import Person
from wolong.ground.people.queries import deputies_of, is_away
from wolong.ground.people.states import Role
from wolong.loop.plans.models import Plan, Round, Seed

PLANNERS = (Role.SECTION_HEAD, Role.CENTRE_HEAD)
SEED_GIVERS = (*PLANNERS, Role.INSPECTOR, Role.AUDITOR, Role.LEADER, Role.ASSESSOR)


def may_see_plans(scope: Scope) -> bool:
    return scope.is_inside


def may_compile(scope: Scope, area: OfficeArea) -> bool:
    """Heads of the centre that answers for the area, and of its sections."""
    return scope.is_inside and scope.reaches(area.centre, *PLANNERS)


def may_arrange(scope: Scope, area: OfficeArea) -> bool:
    """Hours, minutes, who walks and until when: whoever may compile."""
    return may_compile(scope, area)


def may_look_unplanned(scope: Scope, area: OfficeArea) -> bool:
    """Whoever checks in the area may note at once what they come across (随查)."""
    return scope.is_inside and scope.reaches(area.centre, *PLANNERS, Role.INSPECTOR)


def may_give_seed(scope: Scope, plan: Plan) -> bool:
    return scope.is_inside and scope.reaches(plan.area.centre, *SEED_GIVERS)


def may_read_seed(seed: Seed, *, both_given: bool, person: Person) -> bool:
    """A part is hidden from everyone but its giver until the other part is given."""
    return both_given or seed.given_by_id == person.pk


def may_do_round(person: Person, round: Round, on: date) -> bool:  # noqa: A002 - the glossary's word
    """The round's inspector; while they are on leave, whoever acts for them."""
    if round.inspector is None:
        return False
    if round.inspector_id == person.pk:
        return True
    return is_away(round.inspector, on) and deputies_of(round.inspector, on).filter(pk=person.pk).exists()
