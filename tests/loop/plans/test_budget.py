"""The inspection economy, by table and by property."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wolong.loop.plans.rules.budget import (
    Candidate,
    Reason,
    fit,
    minutes_for,
    months_gone,
    odds_of,
    rate_of,
    reason_in,
    risk,
    sample_size,
    watched_months,
)

DAY = date(2026, 11, 1)


def check(duty: int, severity: str = "C", minutes: int = 2, **more: object) -> Candidate:
    return Candidate(duty=duty, requirement=1, severity=severity, minutes=Decimal(minutes), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("percent", "population", "size"),
    [
        ("20", 62, 13),
        ("20", 60, 12),
        ("5", 1, 1),
        ("5", 0, 0),
        ("100", 7, 7),
        ("33.33", 3, 1),
        ("33.34", 3, 2),
        ("0", 4, 1),
    ],
)
def test_a_sample_is_the_share_rounded_up(percent: str, population: int, size: int) -> None:
    assert sample_size(Decimal(percent), population) == size


@given(st.decimals(Decimal("0.01"), 100, places=2), st.integers(1, 10_000))
def test_a_sample_is_never_short_of_its_share_nor_more_than_one_over(percent: Decimal, population: int) -> None:
    size = sample_size(percent, population)
    assert size * 100 >= percent * population
    assert (size - 1) * 100 < percent * population or size == 1
    assert 1 <= size <= population


def test_a_method_takes_its_usual_minutes_unless_an_area_says_otherwise() -> None:
    assert [minutes_for(m, {}) for m in ("查看", "测量", "查阅", "询问", "试验", "")] == [2, 5, 4, 4, 8, 2]
    assert minutes_for("测量", {"测量": Decimal("7.5")}) == Decimal("7.5")


def test_risk_grows_with_severity_likelihood_and_time() -> None:
    calm = check(1, last_checked_on=date(2026, 10, 1))
    riskier = [
        check(1, "B", last_checked_on=date(2026, 10, 1)),
        check(1, odds=1.5, last_checked_on=date(2026, 10, 1)),
        check(1, last_checked_on=date(2026, 8, 20)),
        check(1, since=date(2026, 10, 1)),
    ]
    assert all(risk(each, on=DAY) > risk(calm, on=DAY) for each in riskier)


def test_what_nobody_ever_looked_at_grows_older_too() -> None:
    young, old = check(1, since=date(2026, 9, 1)), check(1, since=date(2026, 5, 1))
    assert months_gone(old, on=DAY) > months_gone(young, on=DAY)


def test_a_look_at_the_whole_place_counts_for_half_of_a_single_one() -> None:
    never = check(1, since=date(2026, 9, 2))
    overall = check(1, since=date(2026, 9, 2), last_overall_on=date(2026, 10, 2))
    single = check(1, since=date(2026, 9, 2), last_checked_on=date(2026, 10, 2))
    assert [months_gone(each, on=DAY) for each in (never, overall, single)] == [4.0, 2.5, 1.0]
    both = check(1, last_checked_on=date(2026, 10, 2), last_overall_on=date(2026, 10, 1))
    assert months_gone(both, on=DAY) == months_gone(single, on=DAY)


def test_looks_at_whole_places_take_turns() -> None:
    """A thing looked over last month no longer comes before one that nobody has looked at: it used to, for ever."""
    seen = check(1, since=date(2026, 9, 1), last_overall_on=date(2026, 10, 28))
    waiting = check(2, since=date(2026, 9, 1))
    assert [each.duty for each in fit([seen, waiting], hours={9: Decimal(2)}, on=DAY)[0]] == [2]


def test_time_goes_where_a_minute_is_worth_most() -> None:
    long, short = check(1, minutes=8), check(2, minutes=2)
    assert [each.duty for each in fit([long, short], hours={9: Decimal(9)}, on=DAY)[0]] == [2]


def test_a_record_speaks_for_the_months_it_was_watched_and_a_month_for_each_finding() -> None:
    since = date(2026, 1, 1)
    assert watched_months(failures=0, since=since, last_looked_on=None) == 0
    assert watched_months(failures=1, since=since, last_looked_on=date(2026, 3, 2)) == 2
    assert watched_months(failures=5, since=since, last_looked_on=date(2025, 12, 1)) == 5


@given(st.integers(0, 500), st.integers(0, 500), st.floats(0.001, 1))
def test_a_clauses_rate_lies_between_the_usual_one_and_its_own(failures: int, months: int, usual: float) -> None:
    found = rate_of(failures, months, usual=usual)
    if months:
        low, high = sorted((usual, failures / months))
        assert low - 1e-9 <= found <= high + 1e-9
    assert rate_of(failures + 1, months, usual=usual) > found


@given(st.integers(0, 100), st.integers(0, 240), st.floats(0.001, 1), st.floats(0.001, 1))
def test_odds_never_vanish_never_run_away_and_grow_with_findings(
    failures: int, months: int, rate: float, usual: float
) -> None:
    found = odds_of(failures=failures, months=months, rate=rate, usual=usual)
    assert 0.2 <= found <= 8
    assert odds_of(failures=failures + 1, months=months, rate=rate, usual=usual) >= found


def test_grave_checks_come_first_then_the_drawn_then_by_risk() -> None:
    checks = [check(1, "B"), check(2), check(3, "A"), check(4, "O", is_drawn=True)]
    chosen, out = fit(checks, hours={9: Decimal(6)}, on=DAY)
    assert [each.duty for each in chosen] == [3, 4, 1]
    assert out == {2: Reason.NO_TIME}
    assert [reason_in(each) for each in chosen] == [Reason.GRAVE, Reason.DRAWN, Reason.RISK]


def test_grave_checks_that_do_not_fit_say_so() -> None:
    chosen, out = fit([check(1, "A", 5), check(2, "A", 5)], hours={9: Decimal(5)}, on=DAY)
    assert [each.duty for each in chosen] == [1]
    assert out == {2: Reason.NO_TIME_GRAVE}


def test_the_minutes_of_a_draw_to_come_are_kept_free_but_not_from_grave_checks() -> None:
    checks = [check(1, "A", 4), check(2, "B", 4), check(3, "B", 4)]
    chosen, _out = fit(checks, hours={9: Decimal(12)}, reserved=Decimal(4), on=DAY)
    assert [each.duty for each in chosen] == [1, 2]


def test_nobody_checks_their_own_unit() -> None:
    own = check(1, shut_out=frozenset({7}))
    assert fit([own], hours={7: Decimal(100)}, on=DAY) == ([], {1: Reason.NO_INSPECTOR})
    assert fit([own], hours={7: Decimal(100), 8: Decimal(2)}, on=DAY)[0] == [own]


def test_a_larger_check_that_does_not_fit_leaves_room_for_a_smaller_one() -> None:
    chosen, out = fit([check(1, "B", 8), check(2, "C", 2)], hours={9: Decimal(4)}, on=DAY)
    assert [each.duty for each in chosen] == [2]
    assert list(out) == [1]


candidates = st.lists(
    st.builds(
        Candidate,
        duty=st.integers(1, 10_000),
        requirement=st.integers(1, 5),
        severity=st.sampled_from(["A", "B", "C", "O", ""]),
        minutes=st.sampled_from([Decimal(2), Decimal(4), Decimal(5), Decimal("7.5")]),
        odds=st.floats(0.2, 8),
        since=st.dates(date(2025, 1, 1), DAY),
        last_overall_on=st.none() | st.dates(date(2025, 1, 1), DAY),
        last_checked_on=st.none() | st.dates(date(2025, 1, 1), DAY),
        shut_out=st.frozensets(st.integers(1, 3), max_size=2),
    ),
    unique_by=lambda each: each.duty,
    max_size=60,
)


@given(candidates, st.dictionaries(st.integers(1, 3), st.integers(0, 120).map(Decimal), max_size=3), st.randoms())
def test_what_fits_is_within_the_hours_complete_and_the_same_in_any_order(
    checks: list[Candidate], hours: dict[int, Decimal], random: object
) -> None:
    chosen, out = fit(checks, hours=hours, on=DAY)
    assert sum(each.minutes for each in chosen) <= sum(hours.values())
    assert {each.duty for each in chosen} | set(out) == {each.duty for each in checks}
    assert len(chosen) + len(out) == len(checks)
    shuffled = list(checks)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fit(shuffled, hours=hours, on=DAY) == (chosen, out)
