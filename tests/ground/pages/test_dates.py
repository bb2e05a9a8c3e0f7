from datetime import UTC, date, datetime

import pytest

from wolong.ground.pages import dates

TODAY = date(2026, 11, 23)  # a Monday


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (date(2026, 11, 20), "逾期 3 天"),
        (date(2026, 11, 22), "逾期 1 天"),
        (date(2026, 11, 23), "今天"),
        (date(2026, 11, 24), "明天"),
        (date(2026, 11, 25), "周三"),
        (date(2026, 12, 6), "周日"),
        (date(2026, 12, 7), "12-07"),
    ],
)
def test_a_near_day_is_said_in_a_word(day: date, word: str) -> None:
    assert dates.due_word(day, TODAY) == word


def test_a_day_has_its_weekday_on_screen_and_its_characters_on_paper() -> None:
    assert dates.day(date(2026, 11, 24)) == "11-24 周二"
    assert dates.long_day(date(2026, 1, 4)) == "2026-01-04 周日"
    assert dates.paper_day(date(2026, 1, 4)) == "2026年1月4日"


def test_a_moment_is_the_day_it_is_here() -> None:
    late_in_greenwich = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    assert dates.day(late_in_greenwich) == "11-24 周二"


def test_no_day_is_no_word() -> None:
    assert dates.day(None) == dates.paper_day(None) == dates.due_word(None, TODAY) == ""
