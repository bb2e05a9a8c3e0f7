"""What a grade suggests to pay, half-up to the cent, and amounts in words (大写) as papers want them. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
MOST_YUAN = Decimal(10) ** 16


@dataclass(frozen=True, slots=True)
class Fee:
    """One service line's fee in a period: what a month costs, and how many months of the period it ran (4 places)."""

    line: str
    monthly_yuan: Decimal
    months: Decimal

    @property
    def yuan(self) -> Decimal:
        return half_up(self.monthly_yuan * self.months)


@dataclass(frozen=True, slots=True)
class Payment:
    """A suggestion: fee, what the grade takes off, what is left; yuan, 2 places."""

    fee: Decimal
    percent: Decimal
    taken: Decimal
    due: Decimal


def half_up(amount: Decimal, step: Decimal = CENT) -> Decimal:
    """To the cent, a half goes up."""
    return amount.quantize(step, rounding=ROUND_HALF_UP)


def payment_of(fees: Iterable[Fee], *, percent: Decimal) -> Payment:
    """Each line's fee is rounded first, their sum is paid at the grade's percentage."""
    fee = sum((one.yuan for one in fees), Decimal(0))
    due = half_up(fee * percent / 100)
    return Payment(half_up(fee), percent, half_up(fee - due), due)


def months_within(*, first: date, last: date, since: date | None, until: date | None) -> Decimal:
    """Months of [first, last] on which a line ran; a part of a month counts by its days. `until` is its last day."""
    begin, end = max(first, since or first), min(last, until or last)
    total, day = Decimal(0), begin
    while day <= end:
        following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        length = (following - day.replace(day=1)).days
        stop = min(end, following - timedelta(days=1))
        total += Decimal((stop - day).days + 1) / length
        day = following
    return half_up(total, Decimal("0.0001"))


def in_words(amount: Decimal) -> str:
    """544840.00 as 伍拾肆万肆仟捌佰肆拾元整 (支付结算办法: no 整 after 分, one 零 for a run of zeros)."""
    amount = half_up(amount)
    if not 0 <= amount < MOST_YUAN:
        raise ValueError(f"{amount} yuan can't be written in words")
    cents = int(amount * 100)
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    words = f"{_yuan_words(yuan)}元" if yuan else ""
    if not (jiao or fen):
        return f"{words or '零元'}整"
    if jiao:
        words += f"{DIGITS[jiao]}角"
    elif yuan:
        words += "零"
    return words + (f"{DIGITS[fen]}分" if fen else "整")


def _yuan_words(number: int) -> str:
    words, zero = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if zero else "") + DIGITS[digit] + PLACES[place % 4]
            zero = False
        else:
            zero = True
        if place % 4 == 0 and number // 10**place % 10**4:
            words += GROUPS[place // 4]
    return words
