"""Plans, rounds and items for tests: `scene()` gives an area with people and rooms, `duty()` one duty of it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import factory
from django.db.backends.postgresql.psycopg_any import DateRange
from factory.django import DjangoModelFactory

from tests.factories import people, places
from tests.factories.standards import RequirementFactory
from wolong.estate.equipment.models import Equipment
from wolong.estate.places.models import OfficeArea, Place
from wolong.ground.people.models import Organization, Person
from wolong.ground.people.states import Role
from wolong.loop.duties.models import Duty
from wolong.loop.plans.drawing import ALGORITHM, commitment, population_hash
from wolong.loop.plans.models import (
    CheckItem,
    Draw,
    InspectorHours,
    MethodMinutes,
    Omission,
    Plan,
    Round,
    Seed,
)
from wolong.loop.plans.states import RoundKind
from wolong.norms.standards.models import Requirement

NOVEMBER = date(2026, 11, 1)
DECEMBER = date(2026, 12, 1)
MORNING = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)  # Monday 2 November, 09:00 in Nanchang
LONG_AGO = date(2026, 3, 1)


@dataclass
class Scene:
    """An area with two floors of rooms, a section that checks, a company that works, a head and two inspectors."""

    area: OfficeArea
    section: Organization
    company: Organization
    head: Person
    inspector: Person
    second: Person
    building: Place
    rooms: list[Place] = field(default_factory=list)


def scene(rooms: int = 6, *, inspectors: int = 2, name: str = "卧龙山办公区", code: str = "WLS") -> Scene:
    area = places.area(name, code)
    section = people.section(parent=area.centre)
    building = places.building(area, "3 号楼")
    floors = [places.floor(building, n, name=f"{n} 层") for n in (1, 2)]
    return Scene(
        area=area,
        section=section,
        company=people.company(),
        head=people.person(Role.SECTION_HEAD, section, name="李主管"),
        inspector=people.person(Role.INSPECTOR, section, name="周工"),
        second=people.person(Role.INSPECTOR if inspectors > 1 else Role.STAFF, section, name="吴工"),
        building=building,
        rooms=[places.room(floors[n % 2], "卫生间", name=f"卫生间 {n + 1}") for n in range(rooms)],
    )


def requirement(severity: str = "C", cycle: int | None = 1, label: str = "每月", **more: Any) -> Requirement:
    made: Requirement = RequirementFactory(severity=severity, cycle_months=cycle, cycle_label=label, **more)
    return made


def duty(scene: Scene, place: Place, of: Requirement, equipment: Equipment | None = None, **more: Any) -> Duty:
    """A duty as the duties room derives it: done by the scene's company, checked by its section."""
    values: dict[str, Any] = {
        "area": scene.area,
        "requirement": of,
        "place": place,
        "equipment": equipment,
        "object_label": equipment.name if equipment else place.full_name or place.name,
        "doer": scene.company,
        "checker": scene.section,
        "cycle_months": of.cycle_months,
        "is_event_driven": of.is_event_driven,
        "sample_percent": of.sample_percent,
        "fingerprint": of.fingerprint,
        "valid": DateRange(LONG_AGO, None),
    }
    return Duty.objects.create(**{**values, **more})


def duties(scene: Scene, of: Requirement, **more: Any) -> list[Duty]:
    """One duty of a requirement in every room of the scene."""
    return [duty(scene, room, of, **more) for room in scene.rooms]


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = Plan

    area = factory.SubFactory(places.OfficeAreaFactory)
    month = NOVEMBER
    compiled_at = MORNING


class RoundFactory(DjangoModelFactory):
    class Meta:
        model = Round

    plan = factory.SubFactory(PlanFactory)
    area = factory.SelfAttribute("plan.area")
    number = factory.Sequence(lambda n: f"XC-2026-TST-{n:04d}")
    name = "11 月巡查 · 3 号楼"
    kind = RoundKind.MONTHLY
    inspector = factory.SubFactory(people.PersonFactory)
    starts_on = date(2026, 11, 2)
    due_on = date(2026, 11, 30)
    minutes = 30


class CheckItemFactory(DjangoModelFactory):
    class Meta:
        model = CheckItem

    round = factory.SubFactory(RoundFactory)
    requirement = factory.SubFactory(RequirementFactory)
    place = factory.LazyAttribute(lambda item: places.root(item.round.area))
    position = factory.Sequence(lambda n: n + 1)
    minutes = Decimal(2)

    @factory.lazy_attribute
    def duty(self: Any) -> Duty:
        return Duty.objects.create(
            area=self.round.area,
            requirement=self.requirement,
            place=self.place,
            object_label=self.place.name,
            doer=people.company(),
            checker=self.round.area.centre,
            cycle_months=1,
            fingerprint=self.requirement.fingerprint,
            valid=DateRange(LONG_AGO, None),
        )


class OmissionFactory(DjangoModelFactory):
    class Meta:
        model = Omission

    plan = factory.SubFactory(PlanFactory)
    requirement = factory.SubFactory(RequirementFactory)
    duties = 3
    minutes = Decimal(6)
    reason = "工时不够"


class MethodMinutesFactory(DjangoModelFactory):
    class Meta:
        model = MethodMinutes

    method = "查看"
    minutes = Decimal(2)


class InspectorHoursFactory(DjangoModelFactory):
    class Meta:
        model = InspectorHours

    area = factory.SubFactory(places.OfficeAreaFactory)
    inspector = factory.SubFactory(people.PersonFactory)
    hours = Decimal(16)


class DrawFactory(DjangoModelFactory):
    """Prepared, not drawn."""

    class Meta:
        model = Draw

    plan = factory.SubFactory(PlanFactory)
    key = factory.Sequence(lambda n: f"R{n}")
    stratum = "Q/WLS BZ06-003 5.1.2"
    algorithm = ALGORITHM
    population = factory.LazyFunction(lambda: [{"id": n, "label": f"{n} 号电梯"} for n in range(1, 6)])
    population_hash = factory.LazyAttribute(lambda draw: population_hash(draw.population))
    size = 2
    prepared_at = MORNING


class SeedFactory(DjangoModelFactory):
    class Meta:
        model = Seed

    plan = factory.SubFactory(PlanFactory)
    part = "a"
    value = "38"
    salt = "s"
    commitment = factory.LazyAttribute(lambda seed: commitment(part=seed.value, salt=seed.salt))
    given_by = factory.SubFactory(people.PersonFactory)
    given_at = MORNING
