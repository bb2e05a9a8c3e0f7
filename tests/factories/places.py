"""Areas and places for tests: `area()`, then `building()`, `floor()`, `room()`; the tree is grown as the actions grow it."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from tests.factories.people import centre
from wolong.estate.places.actions.tree import plant
from wolong.estate.places.models import ImportJob, OfficeArea, Place
from wolong.estate.places.states import KIND_OF_LEVEL, Kind, Level


class OfficeAreaFactory(DjangoModelFactory):
    class Meta:
        model = OfficeArea
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"示例办公区{n}")
    code = factory.Sequence(lambda n: "A" + chr(65 + n // 26 % 26) + chr(65 + n % 26) + chr(65 + n // 676 % 26))
    centre = factory.LazyFunction(centre)

    @factory.post_generation
    def root(self: OfficeArea, create: bool, extracted: Any, **_: Any) -> None:
        """Every area has its root place."""
        if create:
            kind = KIND_OF_LEVEL[Level.AREA]
            plant(self, new=[Place(area=self, level=Level.AREA, kind=kind, code=self.code, name=self.name)])


class PlaceFactory(DjangoModelFactory):
    """A room; without a parent it stands in the area itself."""

    class Meta:
        model = Place

    area = factory.SubFactory(OfficeAreaFactory)
    level = Level.ROOM
    kind = Kind.OFFICE
    code = factory.Sequence(lambda n: f"P-{n:05d}")
    name = factory.Sequence(lambda n: f"{n}室")

    @classmethod
    def _create(cls, model_class: type[Place], *args: Any, **kwargs: Any) -> Place:
        made: Place = model_class(*args, **kwargs)
        if made.parent is None:
            made.parent = root(made.area)
        plant(made.area, new=[made])
        return made


class ImportJobFactory(DjangoModelFactory):
    class Meta:
        model = ImportJob

    kind = "places"
    area = factory.SubFactory(OfficeAreaFactory)
    file_name = "场所.xlsx"
    sha256 = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    size = 1
    uploaded_by = factory.SubFactory("tests.factories.people.PersonFactory")
    uploaded_at = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def area(name: str = "卧龙山办公区", code: str = "WLS", **more: Any) -> OfficeArea:
    return OfficeAreaFactory(name=name, code=code, **more)


def root(of: OfficeArea) -> Place:
    return Place.objects.get(area=of, level=Level.AREA)


def building(of: OfficeArea, name: str = "1号楼", **more: Any) -> Place:
    return PlaceFactory(area=of, level=Level.BUILDING, kind=KIND_OF_LEVEL[Level.BUILDING], name=name, **more)


def floor(parent: Place, number: int = 1, **more: Any) -> Place:
    more.setdefault("name", f"{number}层" if number > 0 else f"地下{-number}层")
    return PlaceFactory(
        area=parent.area,
        parent=parent,
        level=Level.FLOOR,
        kind=KIND_OF_LEVEL[Level.FLOOR],
        floor_number=number,
        **more,
    )


def room(parent: Place, kind: str = Kind.OFFICE, **more: Any) -> Place:
    return PlaceFactory(area=parent.area, parent=parent, kind=kind, **more)
