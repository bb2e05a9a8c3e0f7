"""A person's scope: the roles they hold today, where, and the predicates that follow. Deny by default."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from wolong.ground.people.models import Grant, Leave, Organization, Person
from wolong.ground.people.states import OVERSIGHT_ROLES, SUPPLIER_ROLES, Role
from wolong.ground.questions import asked

NOTHING = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Held:
    """One role at one unit, held today; `path` is the unit's, `within` the unit and everything below it."""

    role: str
    organization_id: int
    path: str
    within: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """What one person may reach on one day, from a single query."""

    person: Person
    held: tuple[Held, ...]

    @property
    def is_inside(self) -> bool:
        """Of the bureau with an oversight role, hence not limited to one's own things."""
        return any(held.role in OVERSIGHT_ROLES for held in self.held)

    @property
    def is_supplier(self) -> bool:
        return not self.is_inside and any(held.role in SUPPLIER_ROLES for held in self.held)

    def has(self, *roles: str, at: Organization | None = None) -> bool:
        """Whether one of `roles` is held (at a unit that contains `at`, where given)."""
        path = at.path or "" if at is not None else None
        return any(held.role in roles and (path is None or path.startswith(held.path)) for held in self.held)

    def reaches(self, centre: Organization, *roles: str) -> bool:
        """Whether a role is held over, at, or within the centre that answers for an area."""
        path = centre.path or ""
        return any(
            (not roles or held.role in roles) and (path.startswith(held.path) or held.path.startswith(path))
            for held in self.held
        )

    def belongs_to(self, unit: Organization) -> bool:
        """Whether the person holds a role at `unit` or below it: theirs to answer for what the unit does."""
        return any(held.path.startswith(unit.path or "?") for held in self.held)

    def areas(self, centre: str) -> Q:
        """Rows whose area's centre this person oversees; `centre` is the lookup to it (`area__centre`)."""
        # Numbers, and no join to the units: nearly every question of every page asks this.
        return _among(centre, ({*held.within, *_ids(held.path)} for held in self.held if held.role in OVERSIGHT_ROLES))

    def own(self, unit: str) -> Q:
        """Rows of this person's own company or section; `unit` is the lookup to the organization that does the work."""
        return _among(unit, (set(held.within) for held in self.held if held.role in SUPPLIER_ROLES))

    def visible(self, *, centre: str, unit: str) -> Q:
        """The usual rule: the bureau sees its areas, a company sees its own and nothing else."""
        return self.areas(centre) if self.is_inside else self.own(unit)


def _ids(path: str) -> list[int]:
    return [int(part) for part in path.split("/") if part]


def _among(unit: str, ids: Iterable[set[int]]) -> Q:
    found = sorted(set().union(*ids))
    return Q(**{f"{unit}_id__in": found}) if found else NOTHING


def scope_of(person: Person, *, on: date | None = None) -> Scope:
    """What `person` holds on a day (today, where none is given); a deputy holds it while the other is on leave."""
    held = asked(_held, person.pk, on or timezone.localdate())
    # A unit without a path would contain every other: its grants reach nothing.
    return Scope(person, tuple(Held(role, unit, path, tuple(below)) for role, unit, path, below in held if path))


def _held(person: int, day: date) -> QuerySet[Any, Any]:
    away = Leave.objects.filter(person=OuterRef("acting_for"), days__contains=day)
    within = Organization.objects.filter(path__startswith=OuterRef("organization__path")).order_by().values("pk")
    return (
        Grant.objects.filter(
            Q(acting_for=None) | Exists(away), person_id=person, valid__contains=day, person__is_active=True
        )
        .order_by("pk")
        .values_list("role", "organization_id", "organization__path", ArraySubquery(within))
    )


def may_administer(scope: Scope) -> bool:
    """People, grants and passwords are the system administrator's."""
    return scope.has(Role.ADMINISTRATOR)
