"""Equipment for tests: `equipment(place, "电梯", "客梯")`."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from tests.factories.places import PlaceFactory
from wolong.estate.equipment.models import Equipment, System
from wolong.estate.places.models import Place


class SystemFactory(DjangoModelFactory):
    """The seven systems stand in every database; another name makes another."""

    class Meta:
        model = System
        django_get_or_create = ("name",)

    name = "电梯"
    code = factory.Sequence(lambda n: f"X{n % 1000}")


class EquipmentFactory(DjangoModelFactory):
    class Meta:
        model = Equipment

    place = factory.SubFactory(PlaceFactory)
    area = factory.SelfAttribute("place.area")
    system = factory.SubFactory(SystemFactory)
    kind = "客梯"
    code = factory.Sequence(lambda n: f"E-{n:05d}")
    name = factory.Sequence(lambda n: f"{n}号客梯")
    pinyin_key = ""


def equipment(place: Place, system: str = "电梯", kind: str = "客梯", **more: Any) -> Equipment:
    return EquipmentFactory(place=place, system=SystemFactory(name=system), kind=kind, **more)
