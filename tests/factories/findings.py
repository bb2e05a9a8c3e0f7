"""A small world in which checks fail: an area, its sections and companies, and findings on demand."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateRange
from factory.django import DjangoModelFactory

from tests.factories import people
from tests.factories.standards import RequirementFactory
from wolong.estate.contracts.models import ServiceLine, SupplyMode
from wolong.estate.places.models import OfficeArea, Place
from wolong.ground.people.models import Organization, Person
from wolong.ground.people.states import Role
from wolong.loop.duties.models import Duty
from wolong.loop.duties.states import CheckMode
from wolong.loop.fieldwork.models import Observation, Visit
from wolong.loop.fieldwork.states import Verdict
from wolong.loop.findings.actions import raise_finding
from wolong.loop.findings.models import Finding
from wolong.loop.plans.models import CheckItem, Plan, Round
from wolong.loop.plans.states import RoundKind
from wolong.norms.standards.models import Requirement

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONG_AGO = date(2020, 1, 1)
AMMONIA = {
    "kind": "limit", "property": "氨的浓度", "condition": None, "low": None, "high": 0.3, "low_open": False,
    "high_open": False, "unit": "mg/m3", "per": None, "event": None, "direction": None,
}  # fmt: skip
_numbers = count(1)


def at(day: str, hour: int = 10, minute: int = 12) -> datetime:
    """A moment of an office day in Shanghai."""
    return datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=SHANGHAI)


def ammonia(**more: Any) -> Requirement:
    """卫生间空气中氨的浓度不应大于 0.3 mg/m³: measured, serious, 2 points, silent on the term."""
    text = "卫生间空气中氨的浓度不应大于 0.3 mg/m³，硫化氢的浓度不应大于 0.01 mg/m³。"
    given = {"sentence": text, "measures": [AMMONIA], "severity": "B", "points": Decimal(2), "clause__text": text}
    return RequirementFactory(**{**given, "is_to_verify": True, "method": "测量", **more})


def tidy(**more: Any) -> Requirement:
    """大厅地面应洁净、无积水: looked at, ordinary, 1 point."""
    given = {
        "sentence": "大厅地面应洁净、无积水。",
        "predicates": ["洁净", "无积水"],
        "severity": "C",
        "points": Decimal(1),
    }
    return RequirementFactory(**{**given, **more})


@dataclass
class World:
    """An area with its centre, a supervising section, a cleaning company, and the people in them."""

    code: str
    centre: Organization
    section: Organization
    company: Organization
    area: OfficeArea
    root: Place
    line: ServiceLine
    plan: Plan
    centre_head: Person
    head: Person
    finder: Person
    third: Person
    manager: Person
    crew: Person
    _rooms: Iterator[int] = field(default_factory=lambda: count(1))

    def room(self, name: str = "", **more: Any) -> Place:
        number = next(self._rooms)
        name = name or f"3号楼{number}层东侧卫生间"
        given = {
            "level": Place.Level.ROOM,
            "kind": "卫生间",
            "code": f"{self.code}-{number}",
            "name": name,
            "full_name": name,
        }
        made = Place.objects.create(area=self.area, parent=self.root, **{**given, **more})
        made.path = f"{self.root.path}{made.pk}/"
        made.save()
        return made

    def duty(self, requirement: Requirement | None = None, place: Place | None = None, **more: Any) -> Duty:
        place = place or self.room()
        given = {
            "doer": self.company,
            "checker": self.section,
            "line": self.line,
            "cycle_months": 1,
            "object_label": place.full_name,
            "valid": DateRange(LONG_AGO, None),
        }
        requirement = requirement or ammonia()
        return Duty.objects.create(
            area=self.area,
            requirement=requirement,
            place=place,
            fingerprint=requirement.fingerprint,
            **{**given, **more},
        )

    def observation(self, duty: Duty | None = None, *, when: datetime | None = None, **more: Any) -> Observation:
        """One failed check: a reading of 0.42 mg/m³ where the duty's requirement measures, else a look."""
        duty = duty or self.duty()
        when = when or at("2026-11-16")
        number = next(_numbers)
        day = when.date()
        inspector = more.pop("by", self.finder)
        round_ = Round.objects.create(
            plan=self.plan, area=self.area, number=f"XC-{number}", name="四季度抽查", kind=RoundKind.QUARTERLY,
            inspector=inspector, starts_on=day, due_on=day + timedelta(days=7),
        )  # fmt: skip
        item = CheckItem.objects.create(
            round=round_, duty=duty, requirement=duty.requirement, place=duty.place, position=1, minutes=2
        )
        visit = Visit.objects.create(round=round_, inspector=inspector, started_at=when)
        given: dict[str, Any] = {"verdict": Verdict.FAILS, "mode": CheckMode.ITEMISED, "observed_at": when}
        if duty.requirement.measures:
            given |= {"value": Decimal("0.42"), "value_as_typed": "0.42", "unit": "mg/m3", "measure_index": 0}
        return Observation.objects.create(visit=visit, item=item, observed_by=inspector, **{**given, **more})

    def finding(self, duty: Duty | None = None, *, when: datetime | None = None, **more: Any) -> Finding:
        observation = self.observation(duty, when=when, **more)
        return raise_finding(observation=observation, by=observation.observed_by, at=observation.observed_at)


def world(code: str = "WLS", *, name: str = "卧龙山办公区", bureau: Organization | None = None) -> World:
    """Two calls make two areas that share nothing but the bureau given."""
    centre = people.centre(f"{name}服务中心", parent=bureau or people.bureau())
    section = people.section("物业管理科", parent=centre)
    company = people.company(f"示例物业公司{code}" if code != "WLS" else "示例物业公司")
    area = OfficeArea.objects.create(name=name, code=code, centre=centre)
    root = Place.objects.create(
        area=area, level=Place.Level.AREA, kind="办公区", code=code, name=name, full_name=name, path=""
    )
    root.path = f"/{root.pk}/"
    root.save()
    line = ServiceLine.objects.create(
        area=area,
        name="保洁",
        performer=company,
        supervisor=section,
        mode=SupplyMode.PURCHASED,
        valid=DateRange(LONG_AGO, None),
    )
    return World(
        code=code, centre=centre, section=section, company=company, area=area, root=root, line=line,
        plan=Plan.objects.create(area=area, month=date(2026, 11, 1), compiled_at=at("2026-11-01")),
        centre_head=people.person(Role.CENTRE_HEAD, centre, name="陈主任"),
        head=people.person(Role.SECTION_HEAD, section, name="李主管"),
        finder=people.person(Role.INSPECTOR, section, name="周工"),
        third=people.person(Role.INSPECTOR, section, name="吴工"),
        manager=people.person(Role.SUPPLIER_MANAGER, company, name="赵经理"),
        crew=people.person(Role.SUPPLIER_CREW, company, name="张师傅"),
    )  # fmt: skip


class FindingFactory(DjangoModelFactory):
    """A finding as it is raised from a failed check, in a world of its own unless `world` gives one."""

    class Meta:
        model = Finding

    @classmethod
    def _create(cls, model_class: type[Finding], *args: Any, **given: Any) -> Finding:
        del model_class, args
        here = given.pop("world", None) or world()
        made: Finding = here.finding(**given)
        return made
