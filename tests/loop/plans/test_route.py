"""Rounds along a route, shared within hours, spread over working days."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from wolong.loop.plans.rules.route import Stop, share, spread, walks

TWO_MINUTES = Decimal(2)


def stop(duty: int, place: int = 1, building: int = 1, minutes: Decimal = TWO_MINUTES, **more: object) -> Stop:
    return Stop(duty, place, building, building, place, 0, minutes, **more)  # type: ignore[arg-type]


def test_one_walks_building_by_building_and_place_by_place() -> None:
    stops = [stop(3, 2), stop(1, 5, 2), stop(2, 1), stop(4, 1)]
    given_to, misfits = share(stops, {7: Decimal(60)})
    assert not misfits
    rounds = walks(given_to)
    assert [(w.building, [s.duty for s in w.stops]) for w in rounds] == [(1, [2, 4, 3]), (2, [1])]


def test_the_route_is_cut_between_inspectors_at_a_place() -> None:
    stops = [stop(n, place=(n + 1) // 2) for n in range(1, 9)]
    given_to, _ = share(stops, {1: Decimal(60), 2: Decimal(60)})
    assert [[s.place for s in given_to[i]] for i in (1, 2)] == [[1, 1, 2, 2], [3, 3, 4, 4]]


def test_a_place_too_large_for_one_is_shared() -> None:
    stops = [stop(n) for n in range(1, 6)]
    given_to, misfits = share(stops, {1: Decimal(6), 2: Decimal(4)})
    assert sorted(len(found) for found in given_to.values()) == [2, 3]
    assert not misfits


def test_a_round_is_at_most_half_a_day() -> None:
    stops = [stop(n, place=n, minutes=Decimal(8)) for n in range(1, 61)]
    given_to, _ = share(stops, {1: Decimal(960)})
    rounds = walks(given_to)
    assert [w.minutes for w in rounds] == [240, 240]


def test_whoever_belongs_to_the_doer_gets_none_of_it() -> None:
    given_to, misfits = share([stop(1, shut_out=frozenset({1}))], {1: Decimal(60), 2: Decimal(60)})
    assert [s.duty for s in given_to[2]] == [1]
    assert not misfits


stops_strategy = st.lists(
    st.builds(
        stop,
        duty=st.integers(1, 500),
        place=st.integers(1, 12),
        building=st.integers(1, 3),
        minutes=st.sampled_from([Decimal(2), Decimal(5), Decimal(8)]),
        shut_out=st.frozensets(st.integers(1, 3), max_size=1),
    ),
    unique_by=lambda each: each.duty,
    max_size=80,
)


@given(stops_strategy, st.dictionaries(st.integers(1, 3), st.integers(0, 300).map(Decimal), max_size=3))
def test_nobody_gets_more_than_their_hours_and_nothing_is_lost(stops: list[Stop], minutes: dict[int, Decimal]) -> None:
    given_to, misfits = share(stops, minutes)
    for inspector, mine in given_to.items():
        assert sum(s.minutes for s in mine) <= minutes[inspector]
        assert all(inspector not in s.shut_out for s in mine)
    assert sorted(s.duty for mine in given_to.values() for s in mine) + sorted(m.duty for m in misfits) is not None
    assert {s.duty for mine in given_to.values() for s in mine} | {m.duty for m in misfits} == {s.duty for s in stops}
    walked = [s.duty for walk in walks(given_to) for s in walk.stops]
    assert sorted(walked) == sorted(s.duty for mine in given_to.values() for s in mine)


@given(st.integers(1, 40), st.integers(1, 23))
def test_rounds_end_on_working_days_in_order_and_the_last_with_the_month(rounds: int, days: int) -> None:
    workdays = [date(2026, 11, 1) + timedelta(days=n) for n in range(days)]
    spans = spread(rounds, workdays)
    assert len(spans) == rounds
    assert all(start in workdays and end in workdays and start <= end for start, end in spans)
    assert [end for _start, end in spans] == sorted(end for _start, end in spans)
    assert spans[-1][1] == workdays[-1]
