"""Everything a month is compiled from, read in a handful of queries, with a hash that says whether it changed."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Q

from wolong.estate.places.models import OfficeArea, Place
from wolong.ground.people.models import Grant
from wolong.ground.people.states import Role
from wolong.loop.duties.models import Duty
from wolong.loop.plans.drawing import canonical
from wolong.loop.plans.models import Draw, InspectorHours, MethodMinutes
from wolong.loop.plans.rules import budget, due


@dataclass(frozen=True, slots=True)
class PlannedDuty:
    """One duty that stands at the month's end, as the compiler sees it."""

    pk: int
    requirement: int
    place: int
    equipment: int | None
    system: int | None
    system_order: int
    severity: str
    method: str
    cycle_label: str
    cycle_months: int | None
    is_event_driven: bool
    sample_percent: Decimal | None
    since: date
    doer_path: str
    fingerprint: str
    last_checked_on: date | None
    last_overall_on: date | None
    failures: int
    complaints: int
    object_label: str

    @property
    def is_sampled(self) -> bool:
        """Whether the clause itself samples. What is grave is always checked in full."""
        return self.sample_percent is not None and self.severity != "A"

    @property
    def cycle(self) -> due.Cycle:
        return due.Cycle(self.cycle_months, self.cycle_label, self.is_event_driven, self.is_sampled)

    def is_due(self, month: date) -> bool:
        return due.is_due(self.cycle, month=month, since=self.since, last_checked_on=self.last_checked_on)


@dataclass(frozen=True, slots=True)
class Inspector:
    pk: int
    path: str
    """Of the unit they belong to."""
    minutes: Decimal


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a place lies on the way."""

    building: int
    building_order: int
    walk_order: int


@dataclass(frozen=True, slots=True)
class Inputs:
    month: date
    duties: Mapping[int, PlannedDuty]
    inspectors: Mapping[int, Inspector]
    minutes: Mapping[str, Decimal]
    drawn: tuple[int, ...]
    """The draws that count."""
    odds: Mapping[int, float]
    """How likely each duty fails beside the area's usual check; by duty."""

    @property
    def hash(self) -> str:
        """SHA-256 over what decides the plan. Not the standing: a visit is no reason to plan anew."""
        rows = [
            [
                each.pk,
                each.requirement,
                each.fingerprint,
                each.place,
                each.equipment,
                each.severity,
                each.method,
                each.cycle_months,
                str(each.sample_percent),
                each.doer_path,
                each.is_due(self.month),
            ]
            for each in self.duties.values()
        ]
        people = [[each.pk, each.path, str(each.minutes)] for each in self.inspectors.values()]
        minutes = sorted([method, str(minutes)] for method, minutes in self.minutes.items())
        return hashlib.sha256(canonical([rows, people, minutes, list(self.drawn)])).hexdigest()

    def minutes_of(self, duty: PlannedDuty) -> Decimal:
        method = "查阅" if due.reads_log(duty.cycle_label) else duty.method
        return budget.minutes_for(method, self.minutes)

    def shut_out(self, duty: PlannedDuty) -> frozenset[int]:
        """Inspectors of the unit that does the work, or of a part of it."""
        if not duty.doer_path:
            return frozenset()
        return frozenset(each.pk for each in self.inspectors.values() if each.path.startswith(duty.doer_path))


def inputs_of(area: OfficeArea, month: date) -> Inputs:
    """What an area's month is compiled from, as of now."""
    drawn = Draw.objects.filter(plan__area=area, plan__month=month).effective().order_by("pk")
    duties = _duties(area, month)
    return Inputs(
        month=month,
        duties=duties,
        inspectors=_inspectors(area, month),
        minutes=_minutes(area),
        drawn=tuple(drawn.values_list("pk", flat=True)),
        odds=_odds(duties.values()),
    )


def _duties(area: OfficeArea, month: date) -> dict[int, PlannedDuty]:
    """Duties that have a checker and stand on the month's last day."""
    rows = (
        Duty.objects.filter(area=area, valid__contains=due.last_day(month), checker__isnull=False)
        .order_by("pk")
        .values_list(
            "pk",
            "requirement_id",
            "place_id",
            "equipment_id",
            "equipment__system_id",
            "equipment__system__position",
            "requirement__severity",
            "requirement__method",
            "requirement__cycle_label",
            "cycle_months",
            "is_event_driven",
            "sample_percent",
            "valid",
            "doer__path",
            "fingerprint",
            "last_itemised_on",
            "last_overall_on",
            "failures",
            "complaints",
            "object_label",
        )
    )
    found = {}
    for row in rows.iterator(chunk_size=5000):
        pk, requirement, place, equipment, system, order, severity, method, label, *rest = row
        months, event, percent, valid, doer, fingerprint, last, overall, failures, complaints, object_label = rest
        found[pk] = PlannedDuty(
            pk, requirement, place, equipment, system, order or 0, severity, method, label, months, event, percent,
            valid.lower, doer or "", fingerprint, last, overall, failures, complaints, object_label,
        )  # fmt: skip
    return found


@dataclass(slots=True)
class _Record:
    """What is known of some duties: findings and complaints, and the months that they were watched."""

    failures: int = 0
    months: float = 0.0

    def add(self, other: "_Record") -> None:
        self.failures += other.failures
        self.months += other.months


def _odds(duties: Iterable[PlannedDuty]) -> dict[int, float]:
    """How likely each duty fails beside the area's usual one: by its method, its clause, and its own record."""
    own: dict[int, _Record] = {}
    everywhere = _Record()
    by_method: dict[str, _Record] = defaultdict(_Record)
    by_clause: dict[tuple[int, str], _Record] = defaultdict(_Record)
    rows = list(duties)
    for each in rows:
        own[each.pk] = record = _record(each)
        for one in (everywhere, by_method[each.method], by_clause[each.requirement, each.method]):
            one.add(record)
    usual = budget.rate_of(everywhere.failures, everywhere.months, usual=budget.USUAL_RATE)
    methods = {name: budget.rate_of(one.failures, one.months, usual=usual) for name, one in by_method.items()}
    clauses = {key: budget.rate_of(one.failures, one.months, usual=methods[key[1]]) for key, one in by_clause.items()}
    return {
        each.pk: budget.odds_of(
            failures=own[each.pk].failures, months=own[each.pk].months,
            rate=clauses[each.requirement, each.method], usual=usual,
        )
        for each in rows
    }  # fmt: skip


def _record(duty: PlannedDuty) -> _Record:
    failures = duty.failures + duty.complaints
    looked = max((day for day in (duty.last_checked_on, duty.last_overall_on) if day is not None), default=None)
    return _Record(failures, budget.watched_months(failures=failures, since=duty.since, last_looked_on=looked))


def _inspectors(area: OfficeArea, month: date) -> dict[int, Inspector]:
    """Who holds the role at the area's centre (or below, or above) during the month, with the minutes they have.

    Leave does not change a plan: a deputy walks the same rounds.
    """
    centre = area.centre.path or "?"
    above = [int(part) for part in centre.split("/") if part.isdigit()]
    span = (month, due.add_months(month, 1))
    people = (
        Grant.objects.filter(
            Q(organization_id__in=above) | Q(organization__path__startswith=centre),
            role=Role.INSPECTOR,
            acting_for=None,
            person__is_active=True,
            valid__overlap=span,
        )
        .order_by("person_id")
        .values_list("person_id", "person__organization__path")
        .distinct()
    )
    hours: dict[int, Decimal] = {}
    # The month's own figure comes after the usual one, and wins.
    settings = InspectorHours.objects.filter(Q(month=None) | Q(month=month), area=area)
    hours.update(settings.order_by(F("month").asc(nulls_first=True)).values_list("inspector_id", "hours"))
    return {pk: Inspector(pk, path or "", hours.get(pk, budget.DEFAULT_HOURS) * 60) for pk, path in people}


def _minutes(area: OfficeArea) -> dict[str, Decimal]:
    """Minutes per method: everywhere's figures, then the area's own."""
    rows = MethodMinutes.objects.filter(Q(area=None) | Q(area=area)).order_by(F("area").asc(nulls_first=True))
    return {**budget.DEFAULT_MINUTES, **dict(rows.values_list("method", "minutes"))}


def spots_of(area: OfficeArea) -> dict[int, Spot]:
    """Each place's building and its turn on the walk; what lies in no building is walked first."""
    places = list(Place.objects.filter(area=area).values_list("pk", "path", "level", "walk_order"))
    buildings = {pk: walk for pk, _path, level, walk in places if level == Place.Level.BUILDING}
    found = {}
    for pk, path, _level, walk in places:
        building = next((int(part) for part in path.split("/") if part and int(part) in buildings), 0)
        found[pk] = Spot(building, buildings.get(building, -1), walk)
    return found


def inspector_minutes(area: OfficeArea, month: date) -> dict[int, Decimal]:
    """The minutes each inspector of an area has in a month."""
    return {pk: each.minutes for pk, each in _inspectors(area, month).items()}
