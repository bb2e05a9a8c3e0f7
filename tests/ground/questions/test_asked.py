"""What is asked again gives what the ordinary way gives, and is compiled only once."""

from typing import Any

import pytest
from django.db.models import Q, QuerySet

from tests.factories.people import PersonFactory
from wolong.ground.people.models import Person
from wolong.ground.questions import Counting, asked, compiled, counted

pytestmark = pytest.mark.django_db


def _among(where: Q) -> QuerySet[Person]:
    return Person.objects.select_related("organization").filter(where).order_by("pk")


def _named(begins: str) -> QuerySet[Person]:
    return Person.objects.filter(name__startswith=begins).order_by("pk")


def test_other_values_of_one_shape_are_other_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [PersonFactory() for _ in range(4)]
    asked(_among, Q(pk__in=[1, 2]))
    monkeypatch.setattr(compiled, "_compile", lambda *_: pytest.fail("compiled again"))
    for pair in (people[:2], people[2:], [people[3], people[0]]):
        where = Q(pk__in=[one.pk for one in pair])
        assert asked(_among, where) == list(_among(where))
        assert [row.organization for row in asked(_among, where)] == [row.organization for row in _among(where)]


def test_another_shape_is_another_question() -> None:
    one, two = PersonFactory(), PersonFactory()
    assert asked(_among, Q(pk=one.pk)) == [one]
    assert asked(_among, ~Q(pk=one.pk) & Q(pk__in=[one.pk, two.pk])) == [two]
    assert asked(_among, Q(pk=one.pk) | Q(pk=two.pk)) == [one, two]
    assert asked(_among, Q(pk__in=())) == []
    assert asked(_among, Q(name=one.name) & Q(pk=one.pk)) == [one]


def test_what_cannot_be_told_apart_is_asked_in_the_ordinary_way() -> None:
    one = PersonFactory(name="甲某")
    assert asked(_named, "甲") == [one]
    assert asked(_named, "乙") == []
    assert asked(_among, Q(pk=10**30)) == []
    assert asked(_among, Q(organization__isnull=True)) == list(_among(Q(organization__isnull=True)))


def test_several_figures_are_one_question(django_assert_num_queries: Any) -> None:
    people = [PersonFactory(name=f"甲{number}") for number in range(3)]
    some = Counting(_among, (Q(pk__in=[people[0].pk, people[1].pk]),))
    none = Counting(_among, (Q(pk__in=()),))
    named = Counting(_named, ("甲",))
    assert counted([named, none, some], 9) == [3, 0, 2]
    assert counted([none], 9) == [0]
    assert counted([], 9) == []
    assert counted([some, named], 2) == [2, 2]
    other = Counting(_among, (Q(pk__in=[people[2].pk, 0]),))
    counted([some, none], 9)
    with django_assert_num_queries(1):
        assert counted([other, none], 9) == [1, 0]
