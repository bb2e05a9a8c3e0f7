"""Chosen checks become rounds with numbers, names and days; items that fell away are superseded."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.estate.places.models import OfficeArea, Place
from wolong.ground.workdays.queries import calendar
from wolong.loop.plans.models import CheckItem, Plan, Round
from wolong.loop.plans.queries.inputs import Inputs, PlannedDuty, Spot, spots_of
from wolong.loop.plans.rules import budget, due
from wolong.loop.plans.rules.route import Stop, Walk, share, spread, walks
from wolong.loop.plans.states import ItemState, RoundKind, RoundState

QUARTER = 3
NUMERALS = "一二三四"


def make_rounds(
    *, plan: Plan, inputs: Inputs, chosen: Sequence[budget.Candidate], left: Mapping[int, Decimal], at: datetime
) -> set[int]:
    """Turn chosen checks into rounds along the route; answers the duties that fitted into nobody's hours."""
    if not chosen:
        return set()
    spots = spots_of(plan.area)
    by_duty = {each.duty: each for each in chosen}
    able = {inspector: minutes for inspector, minutes in left.items() if minutes > 0 and inspector in inputs.inspectors}
    given, misfits = share(
        [_stop(inputs.duties[pk], each, spots[inputs.duties[pk].place]) for pk, each in by_duty.items()], able
    )
    monthly = {who: [stop for stop in stops if not by_duty[stop.duty].is_drawn] for who, stops in given.items()}
    drawn = {who: [stop for stop in stops if by_duty[stop.duty].is_drawn] for who, stops in given.items()}
    is_quarter = due.is_period_end(plan.month, QUARTER)
    spot_kind = RoundKind.QUARTERLY if is_quarter else RoundKind.MONTHLY
    found = [(RoundKind.MONTHLY, walk) for walk in walks(monthly)] + [(spot_kind, walk) for walk in walks(drawn)]
    rounds = _save_rounds(plan, found, at)
    _save_items(rounds, [walk for _kind, walk in found], inputs, by_duty)
    return {stop.duty for stop in misfits}


def _stop(duty: PlannedDuty, chosen: budget.Candidate, spot: Spot) -> Stop:
    return Stop(
        duty=duty.pk,
        place=duty.place,
        building=spot.building,
        building_order=spot.building_order,
        walk_order=spot.walk_order,
        system_order=duty.system_order,
        minutes=chosen.minutes,
        shut_out=chosen.shut_out,
    )


def _save_rounds(plan: Plan, found: list[tuple[RoundKind, Walk]], at: datetime) -> list[Round]:
    """Numbered in walking order, due evenly over the working days that are left of the month."""
    workdays = workdays_left(plan.month, timezone.localtime(at).date())
    by_inspector: dict[int, list[int]] = defaultdict(list)
    for index, (_kind, walk) in enumerate(found):
        by_inspector[walk.inspector].append(index)
    days: dict[int, tuple[date, date]] = {}
    for indexes in by_inspector.values():
        days.update(zip(indexes, spread(len(indexes), workdays), strict=True))
    names = _names(plan, found)
    numbers = next_numbers(area=plan.area, year=plan.month.year, count=len(found))
    return Round.objects.bulk_create(
        Round(
            plan=plan,
            area=plan.area,
            number=numbers[index],
            name=names[index],
            kind=kind,
            inspector_id=walk.inspector,
            starts_on=days[index][0],
            due_on=days[index][1],
            minutes=round(walk.minutes),
        )
        for index, (kind, walk) in enumerate(found)
    )


def workdays_left(month: date, today: date) -> list[date]:
    """The month's working days from today on; its last day where none is left."""
    known = calendar()
    last = due.last_day(month)
    start = max(month, today)
    days = [start + timedelta(days=n) for n in range((last - start).days + 1)]
    return [day for day in days if known.is_workday(day)] or [last]


def _save_items(
    rounds: Sequence[Round], found: Sequence[Walk], inputs: Inputs, by_duty: Mapping[int, budget.Candidate]
) -> None:
    CheckItem.objects.bulk_create(
        [
            CheckItem(
                round=walked,
                duty_id=stop.duty,
                requirement_id=inputs.duties[stop.duty].requirement,
                place_id=stop.place,
                position=position,
                minutes=stop.minutes,
                reason=budget.reason_in(by_duty[stop.duty]),
                reads_log=by_duty[stop.duty].reads_log,
            )
            for walked, walk in zip(rounds, found, strict=True)
            for position, stop in enumerate(walk.stops, start=1)
        ],
        batch_size=2000,
    )


def _names(plan: Plan, found: Sequence[tuple[RoundKind, Walk]]) -> list[str]:
    """四季度抽查 · 3 号楼 2–4 层; 11 月巡查 · 院区."""
    wanted = {stop.place for _kind, walk in found for stop in walk.stops} | {walk.building for _kind, walk in found}
    places = {
        pk: (name, floor)
        for pk, name, floor in Place.objects.filter(pk__in=wanted).values_list("pk", "name", "floor_number")
    }
    names = []
    for kind, walk in found:
        floors = sorted({f for stop in walk.stops if (f := places[stop.place][1]) is not None})
        where = places[walk.building][0] if walk.building else _("院区")
        span = ""
        if floors:
            span = f"{floors[0]}–{floors[-1]}" if floors[0] != floors[-1] else f"{floors[0]}"
            span = _(" %(span)s 层") % {"span": span}
        month = plan.month.month
        what = _("%(m)s 月巡查") % {"m": month}
        if kind == RoundKind.QUARTERLY:
            what = _("%(q)s季度抽查") % {"q": NUMERALS[(month - 1) // QUARTER]}
        names.append(f"{what} · {where}{span}"[:120])
    return names


def next_numbers(*, area: OfficeArea, year: int, count: int) -> list[str]:
    """XC-2026-WLS-0001 and on, without gaps: the caller holds the area's lock until its transaction ends."""
    head = f"XC-{year}-{area.code}-"
    numbers = Round.objects.filter(number__startswith=head).order_by(Length("number").desc(), "-number")
    last = numbers.values_list("number", flat=True).first()
    first = int(last.rsplit("-", 1)[1]) + 1 if last else 1
    return [f"{head}{first + n:04d}" for n in range(count)]


def supersede(items: Sequence[CheckItem], *, reason: str = "", duties: Mapping[int, PlannedDuty] | None = None) -> None:
    """Pending items fall away with their reason; what was looked at meanwhile is left as it is."""
    by_reason: dict[str, list[int]] = defaultdict(list)
    for item in items:
        gone = duties is not None and item.duty_id not in duties
        why = reason or (_("职责或条款已变") if gone else _("重新抽样或本月不再到期"))
        by_reason[why].append(item.pk)
    for why, pks in by_reason.items():
        CheckItem.objects.filter(pk__in=pks, state=ItemState.PENDING).update(
            state=ItemState.SUPERSEDED, superseded_reason=why
        )


def cancel_empty_rounds(*, plan: Plan) -> None:
    """A planned round without a standing item is cancelled; the minutes of the others are counted anew."""
    for each in plan.rounds.open().prefetch_related("items"):
        standing = [item.minutes for item in each.items.all() if item.state != ItemState.SUPERSEDED]
        if not standing and each.state == RoundState.PLANNED:
            each.state, each.cancelled_reason = RoundState.CANCELLED, _("检查项都已作废")
        each.minutes = round(sum(standing))
        each.save(update_fields=["state", "cancelled_reason", "minutes"])
