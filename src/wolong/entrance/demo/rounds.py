"""Rounds of the past months, walked as inspectors walk them: most things conform, some do not, one lift is bad."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from wolong.entrance.demo import pictures
from wolong.entrance.demo.remarks import remark_on
from wolong.ground.files.actions import keep_evidence
from wolong.ground.files.models import Evidence
from wolong.ground.people.models import Person
from wolong.language.tree import Measure
from wolong.loop.duties.models import Duty
from wolong.loop.fieldwork.actions import confirm_rest, observe, start_visit, submit_visit
from wolong.loop.fieldwork.models import Visit
from wolong.loop.fieldwork.rules.conduct import must_itemise, needs_photo
from wolong.loop.fieldwork.rules.readings import limits_of
from wolong.loop.fieldwork.states import Verdict
from wolong.loop.plans.actions import add_special_round
from wolong.loop.plans.models import CheckItem, Plan, Round
from wolong.loop.plans.states import ItemState, RoundKind, RoundState

SHARE_FAILING = 0.03
SHARE_LOOKED_AT_SINGLY = 0.4
LOCK = "啮合"
AMMONIA = "氨的浓度"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the inspector sees at one item."""

    fails: bool
    readings: dict[int, str]
    remark: str


def conforming(measure: Measure) -> str:
    """A reading well within the limit."""
    low, high = measure.low, measure.high
    if low is not None and high is not None:
        return f"{(low + high) / 2:f}"
    if high is not None:
        return f"{high - abs(high) * Decimal('0.4'):f}"
    low = low or Decimal(0)
    return f"{low + abs(low) * Decimal('0.08'):f}"


def failing(measure: Measure) -> str:
    """A reading beyond the limit by a good part."""
    if measure.high is not None:
        return f"{measure.high + abs(measure.high) * Decimal('0.4'):f}"
    low = measure.low or Decimal(0)
    return f"{low - abs(low) * Decimal('0.17'):.1f}"


def walk_past_rounds(plan: Plan, *, until: date, every: int = 1) -> int:
    """Do the plan's rounds that were due before a day: all spot checks, every so many of the others. How many were done."""
    rounds = plan.rounds.filter(state=RoundState.PLANNED, due_on__lt=until).order_by("due_on", "pk")
    chosen = [
        walk for number, walk in enumerate(rounds) if walk.kind == RoundKind.QUARTERLY or number % every == every - 1
    ]
    for walk in chosen:
        _walk(walk)
    return len(chosen)


def _moments(day: date) -> Iterator[datetime]:
    at = timezone.make_aware(datetime.combine(day, time(9, 0)))
    while True:
        yield at
        at += timedelta(seconds=100)


def _walk(walk: Round) -> None:
    """One round on its last day, itemised where it must be and often where it need not be."""
    chance = Random(walk.number)  # noqa: S311 - a story wants the same dice every time
    by, clock = walk.inspector, _moments(walk.due_on)
    if by is None:
        return
    bad_lift = _bad_lift(walk.plan)
    items = list(
        walk.items.exclude(state=ItemState.SUPERSEDED)
        .select_related("requirement", "place", "duty__equipment", "duty__line", "duty__doer")
        .order_by("position")
    )
    visit = start_visit(round=walk, by=by, at=next(clock))
    left: dict[int, CheckItem] = {}
    album: dict[int, Evidence] = {}
    for item in items:
        required = must_itemise(
            severity=item.requirement.severity, method=item.requirement.method, evidence=item.requirement.evidence
        )
        seen = _look(item, chance, is_bad=item.pk == bad_lift)
        if seen.fails or required or chance.random() < SHARE_LOOKED_AT_SINGLY:
            _note(visit, item, seen, album, by, next(clock))
        else:
            left[item.place_id] = item
    for item in left.values():
        confirm_rest(visit=visit, place=item.place, by=by, at=next(clock))
    submit_visit(
        visit=visit,
        companion_name="张工",
        companion_unit=str(items[0].duty.doer or "") if items else "",
        companion_agrees=True,
        by=by,
        at=next(clock),
    )


def _look(item: CheckItem, chance: Random, *, is_bad: bool) -> Seen:
    limits = limits_of(item.requirement.measures)
    fails = chance.random() < SHARE_FAILING or is_bad
    line = item.duty.line.name if item.duty.line else ""
    readings = {index: conforming(measure) for index, measure in limits.items()}
    if fails and limits:
        first = next(iter(limits))
        readings[first] = "5.8" if is_bad else failing(limits[first])
    if item.requirement.method != "测量":
        readings = {}
    words = "层门锁钩磨损，啮合不足" if is_bad else remark_on(item.requirement.sentence, line=line)
    return Seen(fails, readings, words if fails else "")


def _bad_lift(plan: Plan) -> int | None:
    """The lift of the story: the first whose landing door lock is measured in a month engages less than 7 mm."""
    locks = CheckItem.objects.filter(
        round__plan=plan, duty__equipment__kind="客梯", requirement__sentence__contains=LOCK
    ).exclude(state=ItemState.SUPERSEDED)
    return locks.order_by("duty_id").values_list("pk", flat=True).first()


def _note(visit: Visit, item: CheckItem, seen: Seen, album: dict[int, Evidence], by: Person, at: datetime) -> None:
    """One item looked at singly; one picture of a place in order serves all its items (`album`, by place)."""
    asked, photos = item.requirement, []
    if item.place.is_no_photo:
        pass
    elif seen.fails:
        photos = [photograph(item.duty, is_clean=False, by=by, at=at)]
    elif needs_photo(evidence=asked.evidence, severity=asked.severity, fails=False):
        if item.place_id not in album:
            album[item.place_id] = photograph(item.duty, is_clean=True, by=by, at=at)
        photos = [album[item.place_id]]
    observe(
        visit=visit,
        item=item,
        verdict=Verdict.FAILS if seen.fails else Verdict.CONFORMS,
        readings=seen.readings,
        remark=seen.remark,
        evidence=photos,
        signed_name="张工" if item.place.is_no_photo else "",
        by=by,
        at=at,
    )


def photograph(duty: Duty, *, is_clean: bool, by: Person, at: datetime) -> Evidence:
    """A drawn picture with its watermark; no two are the same bytes, since the watermark differs."""
    local = timezone.localtime(at)
    stamp = f"{local:%Y-%m-%d %H:%M:%S} {duty.place.full_name} {by.name}"
    if duty.place.kind == "卫生间":
        data = pictures.washroom(is_clean=is_clean, stamp=stamp)
    elif duty.equipment is not None and duty.equipment.kind == "客梯":
        data = pictures.landing_door(is_clean=is_clean, stamp=stamp)
    else:
        data = pictures.corridor(is_clean=is_clean, stamp=stamp)
    return keep_evidence(
        data=data,
        name=f"{local:%Y%m%d-%H%M%S}.jpg",
        by=by,
        at=at,
        taken_at=at,
        place_text=duty.place.full_name,
        caption=duty.object_label,
    )


def prepare_walk() -> Round | None:
    """A short special round for the guided walk, fresh each time the last one is done: one washroom of building 3."""
    plan = Plan.objects.filter(area__code="WLS").order_by("-month").first()
    inspector = Person.objects.filter(account="zhougong").first()
    head = Person.objects.filter(account="lizhuguan").first()
    if plan is None or inspector is None or head is None:
        return None
    waiting = Round.objects.special().filter(inspector=inspector, state__in=(RoundState.PLANNED, RoundState.UNDER_WAY))
    if (found := waiting.order_by("-pk").first()) is not None:
        return found
    washrooms = Duty.objects.current().filter(
        area__code="WLS", place__full_name__startswith="3号楼", place__kind="卫生间", checker=head.organization
    )
    air = washrooms.filter(requirement__sentence__contains=AMMONIA).order_by("place__walk_order", "pk").first()
    if air is None:
        return None
    duties = [air, *washrooms.filter(place=air.place).exclude(pk=air.pk).order_by("pk")[:3]]
    now = timezone.now()
    today = timezone.localdate(now)
    return add_special_round(
        area=plan.area,
        name=f"{air.place.full_name}专项检查",
        duties=duties,
        inspector=inspector,
        due_on=today + timedelta(days=3),
        by=head,
        at=now,
    )
