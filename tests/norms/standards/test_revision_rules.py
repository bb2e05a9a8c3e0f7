"""Looser or not, the next edition's text, and before against after."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.norms.standards.texts import cleaning
from wolong.language.reading import read_text
from wolong.norms.standards.rules.before_after import Rate, is_clear
from wolong.norms.standards.rules.comparing import Read
from wolong.norms.standards.rules.loosening import is_looser
from wolong.norms.standards.rules.next_edition import first_day_after, next_text


def reads(sentence: str) -> list[Read]:
    document = read_text(f"## 5 要求\n\n5.1 {sentence}\n")
    return [Read(one.modality, [measure.as_json() for measure in one.measures], {}) for one in document.requirements]


@pytest.mark.parametrize(
    ("old", "new", "looser"),
    [
        ("噪声不应大于 55 dB(A)。", "噪声不应大于 60 dB(A)。", True),
        ("噪声不应大于 55 dB(A)。", "噪声不应大于 50 dB(A)。", False),
        ("噪声不应大于 55 dB(A)。", "噪声不应大于 55 dB(A)。", False),
        ("照度不应低于 300 lx。", "照度不应低于 200 lx。", True),
        ("地面应每日清扫 2 次。", "地面应每日清扫 1 次。", True),
        ("地面应每日清扫 2 次。", "地面应每周清扫 3 次。", True),
        ("地面应每周清扫 3 次。", "地面应每日清扫 1 次。", False),
        ("接到报修后应 15 min 内到达。", "接到报修后应 30 min 内到达。", True),
        ("地面应洁净。", "地面宜洁净。", True),
        ("地面宜洁净。", "地面应洁净。", False),
        ("噪声不应大于 55 dB(A)。", "噪声应小。", True),
        ("温度应为 20～26 ℃。", "温度应为 18～26 ℃。", True),
        ("温度应为 20～26 ℃。", "温度应为 22～24 ℃。", False),
    ],
)
def test_whether_a_new_wording_asks_less(old: str, new: str, looser: bool) -> None:
    assert is_looser(reads(old), reads(new)) is looser


def test_the_next_text_has_the_next_number_and_one_sentence_changed() -> None:
    old = "大厅地面每日清扫应不少于 2 次。"
    text = next_text(
        cleaning(), number="Q/WLS BZ06-003—2027", old_number="Q/WLS BZ06-003—2026", issued=date(2026, 11, 24),
        effective=date(2027, 1, 1), old=old, new="大厅地面每日清扫应不少于 3 次。",
    )  # fmt: skip
    document = read_text(text)
    assert (document.number, document.effective) == ("Q/WLS BZ06-003—2027", date(2027, 1, 1))
    assert [str(one) for one in document.replaces] == ["Q/WLS BZ06-003—2026"]
    assert not [one for one in document.diagnostics if one.severity == "error"]
    assert "不少于 3 次" in text
    assert old not in text
    assert text.count("标准号") == 1


def test_without_a_wish_the_body_stays_letter_by_letter() -> None:
    text = next_text(
        cleaning(), number="Q/WLS BZ06-003—2027", old_number="Q/WLS BZ06-003—2026", issued=date(2026, 11, 24),
        effective=date(2028, 2, 29), old="没有这句话", new="改",
    )  # fmt: skip
    assert text.split("---\n", 2)[2] == cleaning().split("---\n", 2)[2]


@pytest.mark.parametrize(
    ("day", "first"), [(date(2026, 11, 24), date(2027, 1, 1)), (date(2026, 1, 31), date(2026, 3, 1))]
)
def test_a_new_edition_rules_from_the_month_after_next(day: date, first: date) -> None:
    assert first_day_after(day) == first


@pytest.mark.parametrize(
    ("checks", "failures", "low", "high"),
    [(100, 10, 5.5, 17.4), (20, 0, 0.0, 16.1), (20, 20, 83.9, 100.0), (0, 0, 0, 100)],
)
def test_the_interval_is_wilsons(checks: int, failures: int, low: float, high: float) -> None:
    assert Rate(checks, failures).interval == pytest.approx((low, high), abs=0.05)


@given(st.integers(0, 10_000), st.data())
def test_the_rate_lies_in_its_interval(checks: int, data: Any) -> None:
    failures = data.draw(st.integers(0, checks))
    rate = Rate(checks, failures)
    low, high = rate.interval
    assert 0 <= low <= high <= 100
    assert not checks or low - 1e-9 <= rate.per_100 <= high + 1e-9


@pytest.mark.parametrize(
    ("before", "since", "says"),
    [
        (Rate(400, 60), Rate(400, 12), True),
        (Rate(400, 12), Rate(400, 60), False),
        (Rate(400, 40), Rate(400, 38), None),
        (Rate(19, 19), Rate(400, 0), None),
    ],
)
def test_better_worse_or_too_early_to_say(before: Rate, since: Rate, says: bool | None) -> None:
    assert is_clear(before, since) is says
