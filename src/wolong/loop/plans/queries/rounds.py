"""Questions about rounds and their items."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.db.models import Q

from wolong.estate.places.models import OfficeArea, Place
from wolong.ground.people.access import Scope
from wolong.ground.people.models import Person
from wolong.ground.questions import Counting
from wolong.loop.plans.models import CheckItem, Round
from wolong.loop.plans.querysets import RoundQuerySet, overseen
from wolong.loop.plans.states import ItemState, RoundState


@dataclass(slots=True)
class PlaceItems:
    """The items of a round at one place, in order."""

    place: Place
    items: list[CheckItem] = field(default_factory=list)

    @property
    def done(self) -> int:
        return sum(item.state == ItemState.DONE for item in self.items)

    @property
    def is_done(self) -> bool:
        return self.done == len(self.items)


def items_by_place(items: Iterable[CheckItem]) -> list[PlaceItems]:
    """Items in walking order, gathered by place."""
    return [PlaceItems(place, list(group)) for place, group in groupby(items, key=lambda item: item.place)]


def rounds_of(person: Person, on: date) -> RoundQuerySet:
    """Open rounds a person is to walk: their own, and those of people on leave for whom they act."""
    own = Round.objects.open().filter(inspector=person)
    acting = Round.objects.open().filter(
        inspector__deputies__person=person,
        inspector__deputies__valid__contains=on,
        inspector__leaves__days__contains=on,
    )
    found: RoundQuerySet = Round.objects.filter(pk__in=own.values("pk").union(acting.values("pk")))
    return found.order_by("due_on", "number")


def next_round_of(person: Person, on: date) -> Round | None:
    """The round to go on with: one under way, else the one due first that may begin."""
    rounds = list(rounds_of(person, on)[:50])
    under_way = [each for each in rounds if each.state == RoundState.UNDER_WAY]
    return next(iter(under_way or [each for each in rounds if each.starts_on <= on] or rounds), None)


def area_rounds(area: OfficeArea, month: date) -> RoundQuerySet:
    """A month's rounds by inspector and day, with progress."""
    rounds: RoundQuerySet = Round.objects.filter(area=area, plan__month=month)
    return rounds.select_related("inspector").with_progress().order_by("inspector_id", "due_on", "number")


def open_rounds(scope: Scope) -> Counting:
    return Counting(_open_rounds, (overseen(scope, "area__centre"),))


def _open_rounds(where: Q) -> RoundQuerySet:
    found: RoundQuerySet = Round.objects.filter(where).open()
    return found
