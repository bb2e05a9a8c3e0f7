"""Fees by months, payment to the cent, and amounts in words."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wolong.loop.appraisal.rules.money import Fee, in_words, months_within, payment_of

Q4 = {"first": date(2026, 10, 1), "last": date(2026, 12, 31)}


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        (None, None, "3.0000"),
        (date(2025, 1, 1), date(2027, 12, 31), "3.0000"),
        (date(2026, 11, 1), None, "2.0000"),
        (None, date(2026, 10, 31), "1.0000"),
        (date(2026, 11, 16), None, "1.5000"),
        (date(2026, 12, 31), None, "0.0323"),
        (date(2027, 1, 1), None, "0.0000"),
    ],
)
def test_months_of_a_line_within_a_quarter(since: date | None, until: date | None, months: str) -> None:
    assert months_within(**Q4, since=since, until=until) == Decimal(months)


def test_each_fee_is_rounded_then_the_sum_is_paid_at_the_grades_percentage() -> None:
    fees = [Fee("保洁", Decimal("186000.00"), Decimal(3)), Fee("绿化", Decimal("0.33"), Decimal("1.5"))]
    paid = payment_of(fees, percent=Decimal(98))
    assert (paid.fee, paid.taken, paid.due) == (Decimal("558000.50"), Decimal("11160.01"), Decimal("546840.49"))


def test_a_half_cent_goes_up() -> None:
    assert payment_of([Fee("", Decimal("0.25"), Decimal(1))], percent=Decimal(98)).due == Decimal("0.25")
    assert payment_of([Fee("", Decimal("0.75"), Decimal(1))], percent=Decimal(98)).due == Decimal("0.74")


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("544840", "伍拾肆万肆仟捌佰肆拾元整"),
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("1.05", "壹元零伍分"),
        ("10", "壹拾元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("107000.53", "壹拾万零柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("100000000", "壹亿元整"),
        ("100010000.00", "壹亿零壹万元整"),
        ("100000001", "壹亿零壹元整"),
        ("20000000000.99", "贰佰亿元玖角玖分"),
    ],
)
def test_an_amount_in_words(amount: str, words: str) -> None:
    assert in_words(Decimal(amount)) == words


@pytest.mark.parametrize("amount", ["-0.01", "1e16"])
def test_what_no_paper_can_say_is_an_error(amount: str) -> None:
    with pytest.raises(ValueError, match="words"):
        in_words(Decimal(amount))


def _read(words: str) -> Decimal:
    """An amount back from its words, by its own way."""
    total, section, digit = 0, 0, 0
    cents = 0
    for sign in words:
        if sign in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(sign)
        elif sign in "拾佰仟":
            section += digit * {"拾": 10, "佰": 100, "仟": 1000}[sign]
            digit = 0
        elif sign == "万":
            section, digit = (section + digit) * 10**4, 0
            total += section
            section = 0
        elif sign == "亿":
            total = (total + section + digit) * 10**8
            section = digit = 0
        elif sign == "元":
            total += section + digit
            section = digit = 0
        elif sign in "角分":
            cents += digit * (10 if sign == "角" else 1)
            digit = 0
    return total + Decimal(cents) / 100


@given(st.decimals(0, 10**12, places=2))
def test_every_amount_can_be_read_back(amount: Decimal) -> None:
    words = in_words(amount)
    assert _read(words) == amount
    assert "零零" not in words
