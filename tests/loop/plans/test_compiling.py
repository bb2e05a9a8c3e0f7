"""A month is compiled within the hours; again changes nothing; what changed supersedes pending work only."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from tests.factories import people, places
from tests.factories.equipment import equipment
from tests.factories.plans import DECEMBER, MORNING, NOVEMBER, Scene, duties, duty, requirement, scene
from wolong.ground.ledger.queries import history_of
from wolong.ground.lifecycle import Refused
from wolong.ground.people.states import Role
from wolong.loop.duties.models import Duty
from wolong.loop.duties.signals import duties_derived
from wolong.loop.plans.actions import (
    assign_inspector,
    cancel_round,
    compile_month,
    give_seed,
    mark_items,
    move_due_date,
    set_inspector_hours,
    set_method_minutes,
    start_round,
)
from wolong.loop.plans.models import CheckItem, Draw, Omission, Plan, Round
from wolong.loop.plans.states import ItemState, RoundKind, RoundState

pytestmark = pytest.mark.django_db


def compiled(here: Scene, month: date = NOVEMBER, at: datetime = MORNING) -> Plan:
    return compile_month(area=here.area, month=month, by=here.head, at=at)


def snapshot() -> list[tuple[object, ...]]:
    items = CheckItem.objects.order_by("pk").values_list("pk", "round__number", "duty", "position", "state")
    rounds = Round.objects.order_by("pk").values_list("number", "name", "inspector", "starts_on", "due_on", "state")
    omissions = Omission.objects.order_by("requirement").values_list("requirement", "duties", "minutes", "reason")
    return [*items, *rounds, *omissions]


def set_hours(here: Scene, hours: str) -> None:
    for inspector in (here.inspector, here.second):
        set_inspector_hours(area=here.area, inspector=inspector, hours=Decimal(hours), by=here.head, at=MORNING)


def test_a_month_becomes_rounds_of_the_inspectors_along_the_route() -> None:
    here = scene()
    duties(here, requirement())
    plan = compiled(here)
    rounds = list(plan.rounds.order_by("number"))
    assert [each.number for each in rounds] == ["XC-2026-WLS-0001", "XC-2026-WLS-0002"]
    assert {each.inspector for each in rounds} == {here.inspector, here.second}
    assert rounds[0].name == "11 月巡查 · 3 号楼 1 层"
    assert all(each.kind == RoundKind.MONTHLY and each.due_on == date(2026, 11, 30) for each in rounds)
    assert [item.position for item in rounds[0].items.all()] == [1, 2, 3]
    assert (plan.planned_minutes, plan.budget_minutes) == (12, 2 * 16 * 60)
    assert not plan.omissions.exists()
    assert [entry.verb for entry in history_of(plan)] == ["compile_month"]


def test_compiling_twice_changes_nothing_not_even_after_a_check() -> None:
    here = scene()
    duties(here, requirement())
    plan = compiled(here)
    before = snapshot()
    compiled(here)
    Duty.objects.update(last_itemised_on=date(2026, 11, 5), failures=3)
    compiled(here, at=datetime(2026, 11, 20, tzinfo=UTC))
    assert snapshot() == before
    assert history_of(plan).count() == 1


def test_two_compilations_of_the_same_facts_are_the_same() -> None:
    def walk(here: Scene) -> list[tuple[object, ...]]:
        duties(here, requirement("B"))
        duties(here, requirement("C"))
        set_hours(here, "0.25")
        compiled(here)
        rows = CheckItem.objects.filter(round__area=here.area).order_by("round__number", "position")
        return [
            (item.place.name, item.requirement.severity, item.round.inspector.name, item.round.due_on) for item in rows
        ]

    assert walk(scene()) == walk(scene(name="另一个办公区", code="LYG"))


def test_the_plan_stays_within_the_hours_and_says_what_it_leaves_out() -> None:
    here = scene()
    grave, serious, small = requirement("A"), requirement("B"), requirement("C")
    for each in (grave, serious, small):
        duties(here, each)
    set_hours(here, "0.25")  # 15 minutes each: 7 looks of 2 minutes
    plan = compiled(here)
    assert plan.planned_minutes == 28 <= plan.budget_minutes == 30
    planned = [item.requirement for item in CheckItem.objects.all()]
    assert planned.count(grave) == 6
    assert planned.count(serious) == 6
    assert planned.count(small) == 2
    assert [(o.requirement, o.duties, o.minutes, o.reason) for o in plan.omissions.all()] == [(small, 4, 8, "工时不够")]


def test_grave_checks_that_do_not_fit_are_said_plainly() -> None:
    here = scene()
    duties(here, requirement("A"))
    set_hours(here, "0.05")
    assert compiled(here).omissions.get().reason == "重大项也排不下，须增加工时"


def test_what_failed_before_is_checked_first() -> None:
    here = scene(inspectors=1)
    made = duties(here, requirement())
    Duty.objects.filter(pk=made[4].pk).update(failures=2)
    set_inspector_hours(area=here.area, inspector=here.inspector, hours=Decimal("0.05"), by=here.head, at=MORNING)
    compiled(here)
    assert [item.duty for item in CheckItem.objects.all()] == [made[4]]


def test_more_hours_bring_in_what_was_left_out_and_fewer_drop_the_least_pressing() -> None:
    here = scene(inspectors=1)
    duties(here, requirement("B"))
    duties(here, requirement("C"))
    hours = {"area": here.area, "inspector": here.inspector, "by": here.head, "at": MORNING}
    set_inspector_hours(hours=Decimal("0.2"), **hours)  # type: ignore[arg-type]
    compiled(here)
    kept = set(CheckItem.objects.values_list("pk", flat=True))
    set_inspector_hours(hours=Decimal(1), **hours)  # type: ignore[arg-type]
    assert compiled(here).planned_minutes == 24
    assert kept < set(CheckItem.objects.standing().values_list("pk", flat=True))
    set_inspector_hours(hours=Decimal("0.2"), month=NOVEMBER, **hours)  # type: ignore[arg-type]
    plan = compiled(here)
    assert plan.planned_minutes == 12
    assert {item.requirement.severity for item in CheckItem.objects.standing()} == {"B"}
    assert Round.objects.filter(state=RoundState.CANCELLED).count() == 1


def test_events_gaps_and_what_is_not_due_are_not_planned() -> None:
    here = scene()
    duties(here, requirement(cycle=None, label="事件:接到报修", is_event_driven=True))
    duties(here, requirement(), checker=None)
    duties(here, requirement(cycle=3, label="每季度"), last_itemised_on=date(2026, 10, 2))
    duties(here, requirement(), valid=DateRange(date(2026, 3, 1), date(2026, 11, 20)))
    plan = compiled(here)
    assert not plan.rounds.exists()
    assert not plan.omissions.exists()


def test_a_clause_without_a_frequency_is_listed_not_forgotten() -> None:
    here = scene()
    duties(here, requirement(cycle=None, label=""))
    omission = compiled(here).omissions.get()
    assert (omission.duties, omission.reason) == (6, "条款没有写频次")


def test_a_daily_check_becomes_one_monthly_look_at_the_log() -> None:
    here = scene()
    duty(here, here.rooms[0], requirement(label="每日"))
    compiled(here)
    item = CheckItem.objects.get()
    assert (item.reads_log, item.minutes, item.reason) == (True, Decimal(4), "抽看作业记录")


def test_nobody_is_sent_to_check_the_own_unit() -> None:
    here = scene()
    duties(here, requirement(), doer=here.section)
    plan = compiled(here)
    assert not plan.rounds.exists()
    assert plan.omissions.get().reason == "没有可派的巡查员"


def test_the_minutes_of_a_method_are_a_setting() -> None:
    here = scene()
    duty(here, here.rooms[0], requirement(method="测量"))
    set_method_minutes(area=here.area, method="测量", minutes=Decimal("7.5"), by=here.head, at=MORNING)
    compiled(here)
    assert CheckItem.objects.get().minutes == Decimal("7.5")


def test_a_changed_clause_supersedes_pending_items_and_keeps_what_was_done() -> None:
    here = scene()
    old = duties(here, requirement())
    plan = compiled(here)
    mark_items(items=CheckItem.objects.filter(duty__in=old[:2]).values_list("pk", flat=True))
    Duty.objects.filter(pk__in=[each.pk for each in old]).update(valid=DateRange(date(2026, 3, 1), date(2026, 11, 10)))
    new = duties(here, requirement("B"), valid=DateRange(date(2026, 11, 10), None))
    later = datetime(2026, 11, 10, 1, tzinfo=UTC)
    duties_derived.send(Duty, area=here.area, opened=[], ended=[], by=None, at=later)
    states = dict(CheckItem.objects.filter(duty__in=old).values_list("duty", "state"))
    assert [states[each.pk] for each in old] == [ItemState.DONE] * 2 + [ItemState.SUPERSEDED] * 4
    assert set(CheckItem.objects.filter(state=ItemState.SUPERSEDED).values_list("superseded_reason", flat=True)) == {
        "职责或条款已变"
    }
    assert CheckItem.objects.pending().count() == len(new)
    plan.refresh_from_db()
    assert plan.planned_minutes == 2 * 2 + 6 * 2
    assert min(each.due_on for each in Round.objects.filter(items__duty__in=new)) >= later.date()


def test_news_from_the_duties_makes_no_plan_where_there_was_none() -> None:
    here = scene()
    duties(here, requirement())
    duties_derived.send(Duty, area=here.area, opened=[], ended=[], by=None, at=MORNING)
    assert not Plan.objects.exists()


def test_a_quarter_ends_with_a_draw_of_every_system_and_every_sampling_clause() -> None:
    here = scene()
    lifts = [equipment(here.rooms[0], "电梯", "客梯") for _ in range(3)]
    pumps = [equipment(here.rooms[1], "给排水", "水泵") for _ in range(30)]
    for each in (*lifts, *pumps):
        duty(here, each.place, requirement("B", 24, "每两年"), each, valid=DateRange(date(2026, 11, 1), None))
    sampled = requirement("B", 3, "每季度抽查 20%", sample_percent=Decimal(20))
    duties(here, sampled)
    assert not Draw.objects.filter(plan=compiled(here)).exists()
    plan = compiled(here, DECEMBER)
    assert {(draw.stratum, draw.size) for draw in plan.draws.all()} >= {("电梯", 1), ("给排水", 2)}
    assert plan.draws.get(requirement=sampled).size == 2  # ceil(20 % of 6)
    assert plan.reserved_minutes > 0
    assert not CheckItem.objects.filter(requirement=sampled).exists()
    auditor = people.person(Role.AUDITOR, here.area.centre)
    give_seed(plan=plan, turn=1, value="38", by=here.head, at=MORNING)
    assert not CheckItem.objects.filter(requirement=sampled).exists()
    give_seed(plan=plan, turn=1, value="71", by=auditor, at=MORNING)
    drawn = [entry["id"] for entry in plan.draws.get(requirement=sampled).sample]
    assert sorted(CheckItem.objects.filter(requirement=sampled).values_list("duty", flat=True)) == sorted(drawn)
    systems = set(
        CheckItem.objects.filter(round__kind=RoundKind.QUARTERLY).values_list(
            "duty__equipment__system__name", flat=True
        )
    )
    assert {"电梯", "给排水"} <= systems
    plan.refresh_from_db()
    assert plan.reserved_minutes == 0


def test_a_grave_clause_that_samples_is_checked_in_full() -> None:
    here = scene()
    grave = requirement("A", 3, "每季度抽查 20%", sample_percent=Decimal(20))
    duties(here, grave)
    compiled(here, DECEMBER)
    assert CheckItem.objects.filter(requirement=grave).count() == 6


def test_who_may_compile_and_when() -> None:
    here = scene()
    stranger = people.person(Role.SECTION_HEAD, people.centre("另一个中心"))
    for by in (here.inspector, stranger, people.person(Role.SUPPLIER_MANAGER, here.company)):
        with pytest.raises(Refused):
            compile_month(area=here.area, month=NOVEMBER, by=by, at=MORNING)
    with pytest.raises(Refused, match="已经过去"):
        compiled(here, date(2026, 10, 1))


def test_numbers_run_on_without_gaps_per_area_and_year() -> None:
    here, there = scene(), scene(name="另一个办公区", code="LYG")
    for each in (here, there):
        duties(each, requirement())
        compiled(each)
    compiled(here, DECEMBER)
    numbers = Round.objects.filter(area=here.area).order_by("number").values_list("number", flat=True)
    assert list(numbers) == [f"XC-2026-WLS-{n:04d}" for n in range(1, len(numbers) + 1)]
    assert Round.objects.filter(area=there.area, number="XC-2026-LYG-0001").exists()


def test_a_head_arranges_rounds_that_have_not_begun() -> None:
    here = scene()
    duties(here, requirement())
    walk = compiled(here).rounds.filter(inspector=here.inspector).get()
    assert assign_inspector(round=walk, inspector=here.second, by=here.head, at=MORNING).inspector == here.second
    with pytest.raises(Refused, match="不是这个办公区的巡查员"):
        assign_inspector(round=walk, inspector=here.head, by=here.head, at=MORNING)
    with pytest.raises(Refused, match="中心负责人"):
        assign_inspector(round=walk, inspector=here.inspector, by=here.second, at=MORNING)
    assert move_due_date(round=walk, due_on=date(2026, 11, 6), by=here.head, at=MORNING).starts_on <= date(2026, 11, 6)
    for wrong in (date(2026, 11, 1), date(2026, 12, 1)):
        with pytest.raises(Refused):
            move_due_date(round=walk, due_on=wrong, by=here.head, at=MORNING)
    with pytest.raises(Refused, match="承担"):
        start_round(round=walk, by=here.inspector, at=MORNING)
    start_round(round=walk, by=here.second, at=MORNING)
    with pytest.raises(Refused, match="不能再改"):
        cancel_round(round=walk, reason="改期", by=here.head, at=MORNING)


def test_a_cancelled_round_keeps_its_number_and_its_reason() -> None:
    here = scene()
    duties(here, requirement())
    walk = compiled(here).rounds.first()
    assert walk is not None
    with pytest.raises(Refused, match="原因"):
        cancel_round(round=walk, reason=" ", by=here.head, at=MORNING)
    cancel_round(round=walk, reason="停电检修", by=here.head, at=MORNING)
    assert walk.items.pending().count() == 0
    assert Round.objects.get(pk=walk.pk).cancelled_reason == "停电检修"


def test_places_of_the_yard_and_of_buildings_have_rounds_of_their_own() -> None:
    here = scene(inspectors=1)
    yard = places.room(places.root(here.area), "停车场", name="停车场")
    for place in (yard, here.rooms[0]):
        duty(here, place, requirement())
    names = sorted(compiled(here).rounds.values_list("name", flat=True))
    assert names == ["11 月巡查 · 3 号楼 1 层", "11 月巡查 · 院区"]
