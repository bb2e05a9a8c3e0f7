"""A year of one area: the real compiler and the real draw, fed with what their own rounds found, beside the checklists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from bench.simulation.checklist import Checklist
from bench.simulation.failures import ITEMISED, Assumptions, Side, Thing, plant
from bench.simulation.outcome import COMPILED, FIXED, ROTATING, Json, outcome
from wolong.estate.places.models import OfficeArea
from wolong.ground.people.models import Person
from wolong.loop.duties.actions import CheckNote, note_checks, note_failure
from wolong.loop.duties.models import Duty
from wolong.loop.duties.states import CheckMode
from wolong.loop.fieldwork.rules.conduct import must_itemise
from wolong.loop.plans.actions import compile_month, draw, mark_items
from wolong.loop.plans.actions.arranging import workdays_left
from wolong.loop.plans.models import CheckItem, Plan
from wolong.loop.plans.queries.inputs import inputs_of, spots_of
from wolong.loop.plans.rules import due
from wolong.loop.plans.rules.route import Stop


@dataclass(frozen=True, slots=True)
class Setting:
    """An area whose duties stand, and two people who give the seeds of its draws."""

    area: OfficeArea
    first: Person
    second: Person
    year: int
    months: int = 12

    def month(self, number: int) -> date:
        return date(self.year, number, 1)

    @property
    def days(self) -> int:
        return (due.last_day(self.month(self.months)) - self.month(1)).days + 1

    def day_number(self, day: date) -> float:
        """Noon of a day, counted from the year's first moment."""
        return (day - self.month(1)).days + 0.5


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that somebody checks at a frequency: by key, in the order of the walk, and when it is due.

    Paper draws no sample: it lists every object of a clause that samples.
    """

    things: Mapping[str, Thing]
    lines: Sequence[str]
    cycles: Mapping[str, tuple[due.Cycle, date]]


def play(setting: Setting, given: Assumptions, seed: int) -> Json:
    """One year with one seed on every side; the database is left as it was."""
    book = book_of(setting)
    planted = plant(book.things.values(), given, seed, setting.days)
    sides = {name: Side(book.things, planted, given, seed) for name in (COMPILED, FIXED, ROTATING)}
    lists = {FIXED: Checklist(book.lines), ROTATING: Checklist(book.lines, is_rotating=True)}
    minutes = 0
    with transaction.atomic():
        for number in range(1, setting.months + 1):
            plan = _compile(setting, number, seed)
            minutes += plan.budget_minutes
            _walk_plan(setting, plan, sides[COMPILED], number)
            for name, checklist in lists.items():
                _walk_list(setting, book, checklist, sides[name], number, plan.budget_minutes)
        transaction.set_rollback(True)
    found = {}
    for name, side in sides.items():
        side.finish(setting.days)
        found[name] = {**outcome(side, days=setting.days), "budget_hours": round(minutes / 60, 2)}
    return found


def book_of(setting: Setting) -> Book:
    inputs = inputs_of(setting.area, setting.month(1))
    spots = spots_of(setting.area)
    rows = Duty.objects.filter(pk__in=inputs.duties).select_related("requirement__clause__edition__standard", "line")
    things, cycles, ways = {}, {}, []
    duties = {each.pk: each for each in rows}
    for planned in inputs.duties.values():
        if planned.cycle_months is None or planned.is_event_driven:
            continue
        minutes, spot = inputs.minutes_of(planned), spots[planned.place]
        thing = _thing(duties[planned.pk], float(minutes), due.reads_log(planned.cycle_label))
        stop = Stop(
            duty=planned.pk, place=planned.place, building=spot.building, building_order=spot.building_order,
            walk_order=spot.walk_order, system_order=planned.system_order, minutes=minutes,
        )  # fmt: skip
        things[thing.key] = thing
        cycles[thing.key] = (due.Cycle(planned.cycle_months, planned.cycle_label), planned.since)
        ways.append((stop.way, thing.key))
    return Book(things, [key for _way, key in sorted(ways)], cycles)


def _thing(duty: Duty, minutes: float, reads_log: bool) -> Thing:
    asked = duty.requirement
    clause = f"{asked.clause.edition.standard.code} {asked.clause.number} {asked.ordinal}"
    where = f"{duty.place_id}/{duty.equipment_id or ''}"
    return Thing(
        key=f"{clause}/{where}",
        duty=duty.pk,
        object=where,
        line=duty.line.name if duty.line else "",
        severity=asked.severity or "C",
        method=asked.method,
        minutes=minutes,
        must_itemise=must_itemise(severity=asked.severity, method=asked.method, evidence=asked.evidence),
        reads_log=reads_log,
    )


def _compile(setting: Setting, number: int, seed: int) -> Plan:
    """The month on its first morning, with its draws."""
    month = setting.month(number)
    at = _moment(month)
    plan = compile_month(area=setting.area, month=month, by=None, at=at)
    if plan.draws.pending().exists():
        draw(
            plan=plan,
            seed_a=f"{seed}-{number}",
            seed_a_by=setting.first,
            seed_b="模拟",
            seed_b_by=setting.second,
            at=at,
        )
        plan.refresh_from_db()
    return plan


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(8, 30)))


def _walk_plan(setting: Setting, plan: Plan, side: Side, number: int) -> None:
    """Every round on its last day; what is seen is noted on the duties as a submitted visit notes it."""
    by_duty = {thing.duty: thing.key for thing in side.things.values()}
    items = list(
        CheckItem.objects.filter(round__plan=plan)
        .standing()
        .select_related("round__inspector__organization", "duty")
        .order_by("round__due_on", "round__number", "position")
    )
    notes, failed = [], []
    for item in items:
        key, on, by = by_duty.get(item.duty_id), item.round.due_on, item.round.inspector
        if key is None or by is None:
            continue
        mode, fails = side.look(key, setting.day_number(on), number)
        looked = CheckMode.ITEMISED if mode == ITEMISED or fails else CheckMode.OVERALL
        notes.append(CheckNote(item.duty_id, on, by, looked, not fails))
        if fails:
            failed.append((item.duty, on))
    mark_items(items=[item.pk for item in items])
    note_checks(notes)
    for duty, on in failed:
        note_failure(duty=duty, on=on)


def _walk_list(setting: Setting, book: Book, checklist: Checklist, side: Side, number: int, minutes: int) -> None:
    """The list's lines, evenly over the month's working days."""
    month = setting.month(number)

    def is_due(key: str) -> bool:
        seen = checklist.last_seen.get(key)
        cycle, since = book.cycles[key]
        last = due.last_day(setting.month(seen)) if seen else None
        return due.is_due(cycle, month=month, since=since, last_checked_on=last)

    walked = checklist.walk(number, within=float(minutes), minutes=lambda key: book.things[key].minutes, is_due=is_due)
    whole, gone = sum(book.things[key].minutes for key in walked), 0.0
    workdays = workdays_left(month, month)
    for key in walked:
        gone += book.things[key].minutes
        day = workdays[min(len(workdays) - 1, int(gone / whole * len(workdays)))]
        side.look(key, setting.day_number(day), number)
