"""The estate of the demo story is as large and as mixed as the story needs."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import timezone

from wolong.entrance.demo import estate_data, story
from wolong.entrance.demo.beginnings import gather_people
from wolong.estate.equipment import queries as equipment
from wolong.estate.equipment.models import Equipment
from wolong.estate.places.models import OfficeArea, Place
from wolong.estate.places.queries import directory
from wolong.estate.places.states import HIDDEN_KINDS, Kind
from wolong.language.reading import read_bytes
from wolong.language.selectors import parse_selectors
from wolong.language.tree import Document

LIBRARY = sorted((Path(__file__).parents[2] / "library").rglob("Q-*.md"))
AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_two_areas_with_rooms_equipment_and_lines() -> None:
    cast = gather_people(at=AT, today=timezone.localdate(AT))
    estate = estate_data.build(by=cast.people["admin"], at=AT, organizations=cast.units)
    rooms = Place.objects.filter(area=estate.main).rooms()
    assert 140 <= rooms.count() <= 160
    assert 110 <= Equipment.objects.filter(area=estate.main).count() <= 130
    assert set(rooms.values_list("kind", flat=True)) == set(Kind.values)
    assert not rooms.filter(kind__in=HIDDEN_KINDS, is_not_public=False).exists()
    assert rooms.filter(is_no_photo=True).count() == 3
    assert Equipment.objects.filter(area=estate.main).values("system").distinct().count() == 7
    assert estate.main.service_lines.count() == 12
    own = estate.small.service_lines.get(name="餐饮")
    assert (own.mode, own.contract, own.performer.name) == ("own", None, "餐饮服务科")


@pytest.mark.django_db
def test_what_an_area_adopts_selects_something_there() -> None:
    cast = gather_people(at=AT, today=timezone.localdate(AT))
    estate = estate_data.build(by=cast.people["admin"], at=AT, organizations=cast.units)
    texts = [read_bytes(path.read_bytes(), file=path.name) for path in LIBRARY]
    large = [one for one in texts if not str(one.number).startswith(story.CATERING)]
    small = [one for one in texts if str(one.number).split("—")[0] in story.SMALL]
    assert selecting_nothing(estate.main, large) == []
    assert selecting_nothing(estate.small, small) == [f"{code} {clause}" for code, clause, _why in story.NOT_IN_SMALL]


def selecting_nothing(area: OfficeArea, adopted: list[Document]) -> list[str]:
    """The clauses whose object no place and no piece of an area answers to."""
    known = {"设备": equipment.register(area, on=AT.date()), "场所": directory(area)}
    found = [
        (f"{str(document.number).split('—')[0]} {clause.number}", selector)
        for document in adopted
        for clause in document.clauses
        for requirement in clause.requirements
        if requirement.execution and (written := requirement.execution.values.get("对象"))
        for selector in parse_selectors(str(written))
        if selector.kind in known and not known[selector.kind].matching((selector,))
    ]
    return sorted({clause for clause, _selector in found})
