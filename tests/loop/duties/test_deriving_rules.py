"""Who does and checks, and what changes: by table and by property."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wolong.loop.duties.rules.deriving import (
    Demand,
    Identity,
    Key,
    Line,
    Standing,
    Terms,
    by_name,
    difference,
    doer_and_checker,
    is_covered,
    last_day_of,
    line_for,
    words_for_doer,
)

WHOLE = Line(1, "保洁", 10, 20, "")
HOUSE = Line(2, "保洁", 11, 21, "/1/7/")
CANTEEN = Line(3, "餐饮", 12, None, "")
LINES = by_name([WHOLE, HOUSE, CANTEEN])
UNITS = {"物业管理科": 20, "综合科": 30, "中心负责人": 40}
SINCE = dt.date(2026, 3, 1)


def demand(doer: tuple[str, ...] = ("保洁",), checker: str = "") -> Demand:
    return Demand(1, Identity(1, "5.1.1", 1), "f", "场所/大厅", doer, checker, 1, False, None)


@pytest.mark.parametrize(
    ("asked", "path", "found"),
    [
        (demand(), "/1/9/", (1, 10, 20)),
        (demand(), "/1/7/3/", (2, 11, 21)),
        (demand(checker="综合科"), "/1/7/3/", (2, 11, 30)),
        (demand(checker="主管科室"), "/1/9/", (1, 10, 20)),
        (demand(checker="中心负责人"), "/1/9/", (1, 10, 40)),
        (demand(checker="无此科室"), "/1/9/", (1, 10, None)),
        (demand(("餐饮",)), "/1/", (3, 12, None)),
        (demand(("综合科",)), "/1/", (None, 30, None)),
        (demand(("绿化",)), "/1/", (None, None, None)),
        (demand(("清洁", "保洁", "物业服务")), "/1/", (1, 10, 20)),
        (demand(()), "/1/", (None, None, None)),
    ],
)
def test_the_doer_is_the_line_of_the_place_and_the_checker_its_section(
    asked: Demand, path: str, found: tuple[int | None, ...]
) -> None:
    assert doer_and_checker(asked, path, lines=LINES, units=UNITS) == found


def test_an_area_and_a_clause_name_the_doer_before_the_standards_place_in_the_system() -> None:
    assert words_for_doer(parameter="安保", doer="保洁", position="a/b") == ("安保",)
    assert words_for_doer(parameter="", doer="保洁", position="a/b") == ("保洁",)
    assert words_for_doer(parameter="", doer="", position="服务提供/物业服务/清洁") == ("清洁", "物业服务", "服务提供")


def test_of_two_lines_the_one_with_the_narrower_part_does_it() -> None:
    assert line_for(["保洁"], "/1/7/3/", LINES) == HOUSE
    assert line_for(["保洁"], "/1/70/", LINES) == WHOLE


@pytest.mark.parametrize(
    ("number", "excluded", "covered"),
    [
        ("5.1", ["5.1"], True),
        ("5.1.2", ["5.1"], True),
        ("5.1 a)", ["5.1"], True),
        ("5.10", ["5.1"], False),
        ("5", ["5.1"], False),
        ("6.1", [], False),
    ],
)
def test_an_excluded_clause_takes_what_stands_under_it_along(number: str, excluded: list[str], covered: bool) -> None:
    assert is_covered(number, excluded) is covered


def test_a_duty_that_began_today_has_held_for_today() -> None:
    assert last_day_of(SINCE, on=dt.date(2026, 5, 1)) == dt.date(2026, 5, 1)
    assert last_day_of(SINCE, on=SINCE) == dt.date(2026, 3, 2)


def terms(fingerprint: str = "f", doer: int = 10) -> Terms:
    return Terms(1, doer, 20, 1, False, None, fingerprint)


def stands(pk: int, terms_: Terms) -> Standing:
    return Standing(pk, SINCE, "大厅", terms_, Identity(1, "5.1.1", 1))


IDS = {1: Identity(1, "5.1.1", 1), 2: Identity(1, "5.1.1", 1), 3: Identity(1, "5.1.2", 1)}


def test_what_stands_already_is_kept() -> None:
    change = difference({Key(1, 7, None): (terms(), "大厅")}, {Key(1, 7, None): stands(5, terms())}, IDS)
    assert (change.kept, change.opened, change.ended) == (1, [], [])


def test_another_doer_ends_the_duty_and_its_successor_takes_the_standing_over() -> None:
    change = difference({Key(1, 7, None): (terms(doer=11), "大厅")}, {Key(1, 7, None): stands(5, terms())}, IDS)
    assert [row.id for row in change.ended] == [5]
    assert [(row.carry_from, row.is_suspect) for row in change.opened] == [(5, False)]


def test_the_same_text_in_the_next_edition_takes_the_standing_over() -> None:
    change = difference({Key(2, 7, None): (terms(), "大厅")}, {Key(1, 7, None): stands(5, terms())}, IDS)
    assert [(row.carry_from, row.is_suspect) for row in change.opened] == [(5, False)]


def test_the_same_text_under_another_number_takes_the_standing_over() -> None:
    change = difference({Key(3, 7, None): (terms(), "大厅")}, {Key(1, 7, None): stands(5, terms())}, IDS)
    assert [(row.carry_from, row.is_suspect) for row in change.opened] == [(5, False)]


def test_another_text_under_the_same_number_is_suspect_and_begins_anew() -> None:
    change = difference({Key(2, 7, None): (terms("g"), "大厅")}, {Key(1, 7, None): stands(5, terms())}, IDS)
    assert [(row.carry_from, row.is_suspect) for row in change.opened] == [(None, True)]


def test_another_object_is_simply_new() -> None:
    change = difference({Key(2, 8, None): (terms(), "大厅")}, {Key(1, 7, None): stands(5, terms())}, IDS)
    assert [(row.carry_from, row.is_suspect) for row in change.opened] == [(None, False)]


def test_a_renamed_object_keeps_its_duty_under_the_new_name() -> None:
    change = difference({Key(1, 7, None): (terms(), "东大厅")}, {Key(1, 7, None): stands(5, terms())}, IDS)
    assert (change.kept, change.relabelled) == (1, [(5, "东大厅")])


keys = st.builds(Key, st.sampled_from([1, 2, 3]), st.integers(1, 5), st.sampled_from([None, 1, 2]))
some_terms = st.builds(terms, st.sampled_from(["f", "g"]), st.sampled_from([10, 11]))


@given(
    st.dictionaries(keys, st.tuples(some_terms, st.just("大厅")), max_size=20),
    st.dictionaries(keys, some_terms, max_size=20),
)
def test_after_the_change_exactly_the_wanted_duties_stand(
    wanted: dict[Key, tuple[Terms, str]], standing: dict[Key, Terms]
) -> None:
    rows = {
        key: Standing(n, SINCE, "大厅", what, IDS[key.requirement]) for n, (key, what) in enumerate(standing.items())
    }
    change = difference(wanted, rows, IDS)
    ended = {row.id for row in change.ended}
    left = {key: row.terms for key, row in rows.items() if row.id not in ended}
    left |= {opening.key: opening.terms for opening in change.opened}
    assert left == {key: what for key, (what, _label) in wanted.items()}
    again = difference(
        wanted,
        {key: Standing(n, SINCE, "大厅", what, IDS[key.requirement]) for n, (key, what) in enumerate(left.items())},
        IDS,
    )
    assert (again.opened, again.ended) == ([], [])
