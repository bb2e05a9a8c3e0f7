"""Visits and observations for tests; `walk()` gives a scene with a visit under way."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from tests.factories import plans
from wolong.estate.places.models import Place
from wolong.loop.duties.states import CheckMode
from wolong.loop.fieldwork.actions import start_visit, submit_visit
from wolong.loop.fieldwork.models import Observation, Receipt, Visit
from wolong.loop.fieldwork.states import Verdict
from wolong.loop.plans.actions import compile_month
from wolong.loop.plans.models import CheckItem, Round
from wolong.norms.standards.models import Requirement

AMMONIA = {
    "kind": "limit", "property": "氨的浓度", "condition": None, "low": None, "high": 0.3, "low_open": False,
    "high_open": False, "unit": "mg/m3", "per": None, "event": None, "direction": None,
}  # fmt: skip
SULPHIDE = {**AMMONIA, "property": "硫化氢的浓度", "high": 0.01}


class VisitFactory(DjangoModelFactory):
    class Meta:
        model = Visit

    round = factory.SubFactory(plans.RoundFactory, state="under_way")
    inspector = factory.SelfAttribute("round.inspector")
    started_at = plans.MORNING


class ObservationFactory(DjangoModelFactory):
    class Meta:
        model = Observation

    visit = factory.SubFactory(VisitFactory)
    item = factory.SubFactory(plans.CheckItemFactory, round=factory.SelfAttribute("..visit.round"), state="done")
    verdict = Verdict.CONFORMS
    mode = CheckMode.ITEMISED
    observed_at = plans.MORNING
    observed_by = factory.SelfAttribute("visit.inspector")


class ReceiptFactory(DjangoModelFactory):
    class Meta:
        model = Receipt

    client_id = factory.LazyFunction(uuid4)
    visit = factory.SubFactory(VisitFactory)
    verb = "observe"
    subject_id = 1
    received_at = plans.MORNING


@dataclass
class Walked:
    scene: plans.Scene
    round: Round
    visit: Visit

    @property
    def items(self) -> list[CheckItem]:
        return list(self.round.items.select_related("requirement", "place", "duty").order_by("position"))

    @property
    def place(self) -> Place:
        return self.items[0].place

    def item_of(self, requirement: Requirement) -> CheckItem:
        return next(item for item in self.items if item.requirement_id == requirement.pk)

    def submit(self, **more: Any) -> Visit:
        given = {
            "companion_name": "王工", "companion_unit": "示例物业公司", "companion_agrees": True,
            "by": self.scene.inspector, "at": plans.MORNING, **more,
        }  # fmt: skip
        return submit_visit(visit=self.visit, **given)


def walk(*requirements: Requirement, rooms: int = 1, **room: Any) -> Walked:
    """Every requirement in every room, compiled for one inspector, who has begun."""
    here = plans.scene(rooms=rooms, inspectors=1)
    for place in here.rooms:
        for name, value in room.items():
            setattr(place, name, value)
        place.save()
    for each in requirements:
        plans.duties(here, each)
    plan = compile_month(area=here.area, month=plans.NOVEMBER, by=here.head, at=plans.MORNING)
    found = plan.rounds.get()
    return Walked(here, found, start_visit(round=found, by=here.inspector, at=plans.MORNING))


def ammonia(**more: Any) -> Requirement:
    """卫生间空气中氨的浓度不应大于 0.3 mg/m³: measured, B."""
    values = {"method": "测量", "measures": [AMMONIA], "sentence": "卫生间空气中氨的浓度不应大于 0.3 mg/m³。", **more}
    return plans.requirement(values.pop("severity", "B"), **values)
