"""What tells two commands apart, and what is wrong with one, in words."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wolong.ground.exchange.rules import FIRST_DAY, LAST_DAY, field_of, fingerprint_of, sentence_of, within

FIELDS = st.dictionaries(st.text(max_size=8), st.lists(st.text(max_size=8), max_size=3), max_size=4)


def of(**more: Any) -> str:
    given_ = {"method": "POST", "path": "/api/orders/", "fields": [("a", ["1"])], "files": ["x"], **more}
    return fingerprint_of(**given_)


@pytest.mark.parametrize(
    "other",
    [
        {"method": "PUT"},
        {"path": "/api/orders/1/"},
        {"fields": [("a", ["2"])]},
        {"fields": [("a", ["1", "1"])]},
        {"fields": [("a", ["1"]), ("b", [])]},
        {"files": []},
        {"files": ["x", "x"]},
    ],
)
def test_another_command_has_another_fingerprint(other: dict[str, Any]) -> None:
    assert of(**other) != of()


@given(FIELDS, FIELDS)
def test_fields_have_one_fingerprint_in_any_order_and_only_they(one: dict[str, Any], two: dict[str, Any]) -> None:
    assert of(fields=list(one.items())) == of(fields=list(reversed(one.items())))
    assert (of(fields=one.items()) == of(fields=two.items())) == (one == two)


def test_files_are_not_taken_for_fields() -> None:
    assert of(fields=[("a", ["x"])], files=[]) != of(fields=[], files=["a x"])


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        ({"type": "missing", "loc": ("body", "given", "duty_id")}, "缺少 duty_id。"),
        (
            {"type": "literal_error", "loc": ("query", "state"), "ctx": {"expected": "'a', 'b' or 'c'"}},
            "state 只能是 a、b、c。",
        ),
        ({"type": "int_parsing", "loc": ("query", "limit")}, "limit 要是整数。"),
        ({"type": "date_from_datetime_parsing", "loc": ("body", "due_on")}, "due_on 要是日期，如 2026-11-24。"),
        (
            {"type": "string_too_long", "loc": ("body", "remark"), "ctx": {"max_length": 500}},
            "remark 太长，最多 500 个字。",
        ),
        ({"type": "greater_than_equal", "loc": ("query", "offset"), "ctx": {"ge": 0}}, "offset 不能小于 0。"),
        ({"type": "list_type", "loc": ("body", "photos", 0)}, "photos 填得不对。"),
        ({"type": "something_new", "loc": ()}, " 填得不对。"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(error: dict[str, Any], sentence: str) -> None:
    assert sentence_of(error) == sentence
    assert field_of(error) in sentence


@given(st.dates())
def test_a_day_that_can_be_asked_for_is_an_offices_day(day: date) -> None:
    assert FIRST_DAY <= within(day) <= LAST_DAY
    assert within(day) == day or not FIRST_DAY <= day <= LAST_DAY
