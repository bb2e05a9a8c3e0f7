"""A round as it is walked: places in order, items with what was seen so far."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from wolong.estate.places.models import Place
from wolong.loop.fieldwork.models import Observation, Visit
from wolong.loop.fieldwork.rules.conduct import must_itemise
from wolong.loop.fieldwork.states import Verdict
from wolong.loop.plans.models import CheckItem, Round


@dataclass(slots=True)
class Step:
    """One item on the way, with its observation."""

    item: CheckItem
    number: int
    observation: Observation | None

    @property
    def must_itemise(self) -> bool:
        requirement = self.item.requirement
        return must_itemise(severity=requirement.severity, method=requirement.method, evidence=requirement.evidence)

    @property
    def fails(self) -> bool:
        return self.observation is not None and self.observation.verdict == Verdict.FAILS


@dataclass(slots=True)
class Stopover:
    """One place on the way."""

    place: Place
    steps: list[Step] = field(default_factory=list)

    @property
    def open(self) -> list[Step]:
        return [step for step in self.steps if step.observation is None]

    @property
    def singly(self) -> list[Step]:
        """What is still to be looked at one by one."""
        return [step for step in self.open if step.must_itemise]

    @property
    def rest(self) -> list[Step]:
        """What 其余符合 would cover."""
        return [step for step in self.open if not step.must_itemise]

    @property
    def failed(self) -> int:
        return sum(step.fails for step in self.steps)


@dataclass
class Walk:
    """A whole round."""

    round: Round
    visit: Visit | None
    steps: list[Step]

    @cached_property
    def places(self) -> list[Stopover]:
        groups = groupby(self.steps, key=lambda step: step.item.place)
        return [Stopover(place, list(steps)) for place, steps in groups]

    @property
    def done(self) -> int:
        return sum(step.observation is not None for step in self.steps)

    @property
    def left(self) -> int:
        return len(self.steps) - self.done

    @property
    def failed(self) -> int:
        return sum(step.fails for step in self.steps)

    @cached_property
    def next_place(self) -> Stopover | None:
        """The first place on the way with something still to look at."""
        return next((stop for stop in self.places if stop.open), None)

    def stop_at(self, place_id: int) -> Stopover | None:
        return next((stop for stop in self.places if stop.place.pk == place_id), None)

    def step_of(self, item_id: int) -> Step | None:
        return next((step for step in self.steps if step.item.pk == item_id), None)


def walk_of(round: Round) -> Walk:  # noqa: A002 - the glossary's word
    """The round with its standing items and what was seen, in three queries."""
    visit = Visit.objects.filter(round=round).select_related("inspector").first()
    items = (
        round.items.standing()
        .select_related("requirement__clause__edition__standard", "duty__equipment", "place")
        .order_by("position")
    )
    seen: dict[int, Observation] = {}
    if visit is not None:
        seen = {each.item_id: each for each in visit.observations.prefetch_related("evidence")}
    return Walk(round, visit, [Step(item, n, seen.get(item.pk)) for n, item in enumerate(items, start=1)])


def place_of_walk(round: Round, place_id: int) -> Place | None:  # noqa: A002 - the glossary's word
    return Place.objects.filter(pk=place_id, items__round=round).distinct().first()


def is_no_photo(place: Place) -> bool:
    """Whether photographs are forbidden at a place, or around it."""
    around = [int(part) for part in place.path.split("/") if part]
    return place.is_no_photo or Place.objects.filter(pk__in=around, is_no_photo=True).exists()
