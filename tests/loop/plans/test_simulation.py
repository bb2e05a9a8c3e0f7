"""The simulation of a year is the same each time, fair to both sides, and leaves nothing behind; pure parts by table."""

from decimal import Decimal
from pathlib import Path

import pytest

from bench.simulation.checklist import Checklist
from bench.simulation.failures import Failure, Planted, Side, Thing, assumptions, plant
from bench.simulation.outcome import COMPILED, FIXED, ROTATING, middle, over_seeds
from bench.simulation.picture import picture
from bench.simulation.report import report
from bench.simulation.year import Setting, play
from tests.factories import people
from tests.factories.plans import MORNING, duties, requirement, scene
from wolong.ground.people.states import Role
from wolong.loop.duties.models import Duty
from wolong.loop.plans.actions import set_inspector_hours
from wolong.loop.plans.models import Plan

GIVEN = assumptions(Path(__file__).parents[3] / "bench" / "simulate.toml")
# Failures by the dozen, so that a month of a few rooms has some to find.
OFTEN = {**GIVEN, "failures_a_year": {"*": 20.0}, "noticed_after_days": {"*": 60.0}}


def thing(key: str = "one", **more: object) -> Thing:
    values: dict[str, object] = {
        "key": key, "duty": 1, "object": key, "line": "保洁", "severity": "C", "method": "查看", "minutes": 2.0,
        "must_itemise": True, "reads_log": False,
    }  # fmt: skip
    return Thing(**{**values, **more})  # type: ignore[arg-type]


def small_area() -> Setting:
    here = scene()
    for severity in "ABC":
        duties(here, requirement(severity))
    for inspector in (here.inspector, here.second):
        set_inspector_hours(area=here.area, inspector=inspector, hours=Decimal("0.2"), by=here.head, at=MORNING)
    return Setting(here.area, here.head, people.person(Role.AUDITOR, here.area.centre), year=2027, months=1)


@pytest.mark.django_db
def test_a_month_is_the_same_each_time_with_the_same_hours_on_each_side() -> None:
    here = small_area()
    before = list(Duty.objects.order_by("pk").values())
    first, again, other = play(here, OFTEN, 1), play(here, OFTEN, 1), play(here, OFTEN, 2)
    assert first == again != other
    assert not Plan.objects.exists()
    assert list(Duty.objects.order_by("pk").values()) == before
    assert {first[name]["budget_hours"] for name in (COMPILED, FIXED, ROTATING)} == {0.4}
    for name in (COMPILED, FIXED, ROTATING):
        # No side spends more than there is, nor leaves more than a check's time unspent.
        assert 0.4 - 2 * 2 / 60 < first[name]["hours"] <= 0.4
        assert first[name]["failures"] > 0
    assert sum(first[name]["found"] for name in (COMPILED, FIXED, ROTATING)) > 0


@pytest.mark.django_db
def test_the_figures_come_out_as_a_table_and_a_picture() -> None:
    sides = play(small_area(), OFTEN, 1)
    found = {"seeds": {1: sides}, "median": {name: over_seeds([side]) for name, side in sides.items()}}
    assert any(line.startswith("found by inspectors") for line in report(found))
    assert "固定清单" in picture(found["median"])


def test_both_sides_meet_the_same_failures_and_bad_objects_have_more() -> None:
    things = [thing(str(n), object=str(n)) for n in range(400)]
    assert plant(things, GIVEN, 1) == plant(reversed(things), GIVEN, 1)
    counts = sorted(len(rows) for rows in plant(things, OFTEN, 1).values())
    assert sum(counts[-40:]) > 0.25 * sum(counts)
    alike = sorted(len(rows) for rows in plant(things, {**OFTEN, "spread": {"shape": 0}}, 1).values())
    assert sum(alike[-40:]) < 0.2 * sum(alike)


def side_of(*planted: Planted, odds: float = 1.0) -> Side:
    given = {**GIVEN, "odds": {"itemised": odds, "overall": odds, "log": odds}}
    return Side({"one": thing()}, {"one": planted}, given, 1)


def test_a_failure_is_found_once_and_what_is_broken_does_not_break_again() -> None:
    side = side_of(Planted(1, 100, 10), Planted(12, 100, 10), Planted(30, 100, 10))
    assert [side.look("one", day, 1)[1] for day in (0.5, 5, 6, 40)] == [False, True, False, True]
    side.finish(365)
    assert [(each.begins, each.known, each.is_found) for each in side.failures] == [(1, 5, True), (30, 40, True)]


def test_what_somebody_noticed_is_not_found_by_an_inspector() -> None:
    side = side_of(Planted(1, 4, 50))
    assert side.look("one", 10, 1) == ("itemised", False)
    assert [(each.known, each.is_found) for each in side.failures] == [(4, False)]
    blind = side_of(Planted(1, 400, 1), odds=0.0)
    assert not blind.look("one", 10, 1)[1]
    blind.finish(365)
    assert blind.failures[0].known is None


def failure(days: float | None) -> Failure:
    return Failure(thing(), Planted(0, 999, 1), known=days)


@pytest.mark.parametrize(
    ("known", "days"),
    [([1.0, 2.0, 9.0], 2.0), ([1.0, 2.0, None], 2.0), ([1.0, None, None], None), ([], None), ([None], None)],
)
def test_the_median_counts_what_nobody_knew(known: list[float | None], days: float | None) -> None:
    assert middle([failure(each) for each in known], 365) == days


def test_a_fixed_list_begins_at_the_top_and_a_rotating_one_goes_on() -> None:
    lines = ["a", "b", "c"]
    for is_rotating, second in ((False, ["a", "b"]), (True, ["c", "a"])):
        checklist = Checklist(lines, is_rotating=is_rotating)
        walk = {"within": 5.0, "minutes": lambda _key: 2.0, "is_due": lambda _key: True}
        assert checklist.walk(1, **walk) == ["a", "b"]  # type: ignore[arg-type]
        assert checklist.walk(2, **walk) == second  # type: ignore[arg-type]
