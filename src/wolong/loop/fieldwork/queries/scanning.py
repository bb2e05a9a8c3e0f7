"""Where a label, a number or a name leads within one's own rounds."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from wolong.ground.people.models import Person
from wolong.loop.plans.models import CheckItem
from wolong.loop.plans.queries import rounds_of
from wolong.loop.plans.states import ItemState

# What the printed labels hold: the address of a place's or a piece's page.
LABEL = re.compile(r"/(?P<kind>places|equipment)/(?P<id>\d{1,18})/?$")
MOST_SPOTS = 30


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a round, with how much is to be looked at there."""

    round_id: int
    round_name: str
    place_id: int
    place: str
    items: int


def spots(person: Person, on: date, said: str) -> list[Spot]:
    """The places of one's open rounds that a label or words mean, in the order of the walk."""
    rows = CheckItem.objects.filter(round__in=rounds_of(person, on).values("pk")).exclude(state=ItemState.SUPERSEDED)
    columns = ("round_id", "round__name", "place_id", "place__full_name")
    found = rows.filter(_meant(said)).order_by("round__due_on", "round_id", "place__walk_order", "place_id")
    return [Spot(*row) for row in found.values_list(*columns).annotate(n=Count("pk"))[:MOST_SPOTS]]


def _meant(said: str) -> Q:
    label = LABEL.search(said)
    if label is not None:
        column = "place" if label["kind"] == "places" else "duty__equipment"
        return Q(**{column: int(label["id"])})
    return (
        Q(place__code__iexact=said)
        | Q(duty__equipment__code__iexact=said)
        | Q(place__full_name__icontains=said)
        | Q(duty__equipment__name__icontains=said)
    )
