"""Before the story starts: units, people, calendar, standards, estate."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings

from wolong.entrance.demo.people_data import PLAYERS, UNITS
from wolong.estate.places.models import OfficeArea
from wolong.ground.people.actions import add_organization, add_person, grant_role
from wolong.ground.people.models import Organization, Person
from wolong.ground.workdays.actions import seed_calendar
from wolong.norms.standards.actions import load_library

LONG_AGO = timedelta(days=800)


@dataclass(slots=True)
class Cast:
    """Who and what is there: units by key, people by account, areas by code."""

    units: dict[str, Organization] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    areas: dict[str, OfficeArea] = field(default_factory=dict)


def gather_people(*, at: datetime, today: date) -> Cast:
    """Units and people with their roles, held since long before the story."""
    cast = Cast()
    for unit in UNITS:
        parent = cast.units[unit.parent] if unit.parent else None
        cast.units[unit.key] = add_organization(
            name=unit.name, short_name=unit.short_name, kind=unit.kind, parent=parent, by=None, at=at
        )
    for player in PLAYERS:
        person = add_person(
            account=player.account,
            name=player.name,
            organization=cast.units[player.unit],
            post=player.post,
            by=None,
            at=at,
        )
        cast.people[player.account] = person
        for role, unit in player.grants:
            grant_role(person=person, role=role, organization=cast.units[unit], since=today - LONG_AGO, by=None, at=at)
    return cast


def learn_calendar(*, at: datetime) -> None:
    seed_calendar(at=at)


def load_standards(cast: Cast, *, at: datetime) -> None:
    """The shipped library, drafted by one and approved by another."""
    loaded = load_library(
        folder=settings.LIBRARY, drafted_by=cast.people["biaozhun"], approved_by=cast.people["fagui"], at=at
    )
    if loaded.refused:
        raise ValueError(f"the shipped library does not load: {loaded.refused}")
