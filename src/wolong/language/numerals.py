"""Numbers as standards write them: 1,200, 十五, 两, 两万五, 二〇二六, 1/2, 4万."""

from decimal import Decimal
from itertools import pairwise

from wolong.language.patterns import lazy

_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}

_OLD_TENS = {"廿": "二十", "卅": "三十"}

HAN_NUMBER = "[零〇一二两三四五六七八九十百千万亿廿卅]+(?:点[零〇一二三四五六七八九]+)?"
ARABIC_NUMBER = r"\d{1,3}(?:(?:,\d{3})+|(?: \d{3})+(?!\d))(?:\.\d+)?|\d+(?:\.\d+)?"
NUMBER = (
    rf"(?:{ARABIC_NUMBER})(?:\s?/\s?\d+(?:\.\d+)?)*(?:\s?(?:[万亿百](?!分)|千(?![克瓦米帕伏卡欧赫分])))?|{HAN_NUMBER}"
)
NUMBER_SIGNS = frozenset("0123456789零〇一二两三四五六七八九十百千万亿廿卅")
"""With what a number can begin."""
_YEAR = 4  # digits
_PARTS_OF_ONE = (*range(2, 11), 100, 1000, 10_000)
_MOST_DIGITS = 18  # nobody counts further, and json refuses numbers of thousands of digits
_HAN = lazy(f"^{HAN_NUMBER}$")


def han_value(text: str) -> Decimal | None:
    """The value of a Chinese numeral, or None where it is none (十分之, 百百, 亿亿)."""
    if not _HAN.match(text):
        return None
    for sign, tens in _OLD_TENS.items():
        text = text.replace(sign, tens)
    whole, _, fraction = text.partition("点")
    if len(fraction) > _MOST_DIGITS:
        return None
    if all(sign in _DIGITS for sign in whole):
        return _plain_digits(whole, fraction)
    value = _whole(whole, "亿万")
    return None if value is None else Decimal(value) + _fraction(fraction)


def _whole(text: str, signs: str) -> int | None:
    """What stands before 亿 and before 万 counts so many of them; each stands once at most."""
    if not signs:
        return _section(text)
    above, sign, below = text.partition(signs[0])
    if not sign:
        return _whole(text, signs[1:])
    size = _MYRIADS[sign]
    if below[:1] in _MYRIADS:
        return None
    high = _whole(above, signs[1:]) if above else 1
    low = _DIGITS[below] * size // 10 if below in _DIGITS else _whole(below, signs[1:])  # 两万五
    return None if high is None or low is None else high * size + low


def _section(text: str) -> int | None:
    """Below 万: 千, 百 and 十, each once and in their order."""
    value = digit = 0
    place = 10_000
    for sign in text:
        size = _TENS.get(sign, 0)
        if size >= place or sign in _MYRIADS or (digit and _DIGITS.get(sign)):
            return None
        if size:
            value += (digit or 1) * size
            digit, place = 0, size
        else:
            digit = _DIGITS[sign]
    return value + (digit * place // 10 if text[-2:-1] in ("百", "千") else digit)  # 三百二


def _fraction(digits: str) -> Decimal:
    if not digits:
        return Decimal(0)
    return Decimal("0." + "".join(str(_DIGITS[sign]) for sign in digits))


def _plain_digits(whole: str, fraction: str) -> Decimal | None:
    """二〇二六, 一九九八: digits one after the other; 两三 is no 23."""
    is_written_out = len(whole) == 1 or len(whole) >= _YEAR or any(sign in "零〇" for sign in whole)
    if not is_written_out or len(whole) + len(fraction) > _MOST_DIGITS:
        return None
    return Decimal("".join(str(_DIGITS[sign]) for sign in whole)) + _fraction(fraction)


def arabic_value(text: str) -> Decimal:
    """The value of digits with or without thousands commas."""
    return Decimal(text.replace(",", ""))


def number_value(text: str) -> Decimal | None:
    """The value of any numeral that one token can hold; None also where it has more digits than anybody counts."""
    text = text.replace(" ", "")
    if not text[:1].isdecimal():  # ① is a digit to isdigit, and no number
        return han_value(text)
    scale = Decimal(_MYRIADS.get(text[-1]) or _TENS.get(text[-1]) or 1)
    above, _, below = (text[:-1] if scale != 1 else text).partition("/")
    if len(above) > _MOST_DIGITS or len(below) > _MOST_DIGITS:
        return None
    if below and not _is_fraction(above, below):
        return None
    return arabic_value(above) * scale / arabic_value(below or "1")


def _is_fraction(above: str, below: str) -> bool:
    """1/2, 2/3, 1/12, 3/1000; 7/12 (℃), 380/220 (V) and 2026/3/31 are two values or more."""
    if not (above.isdecimal() and below.isdecimal()) or int(above) >= int(below):
        return False
    return int(above) == 1 or int(below) in _PARTS_OF_ONE


def span_of(text: str) -> tuple[Decimal, Decimal] | None:
    """两三, 三五, 十七八, 二三十: about so many, from … to …; of any other numeral its value twice."""
    value = number_value(text)
    if value is not None:
        return value, value
    text = text.replace(" ", "")
    pairs = [at for at, (one, next_one) in enumerate(pairwise(text)) if one in _DIGITS and next_one in _DIGITS]
    if len(pairs) != 1 or not _HAN.match(text):
        return None
    (at,) = pairs
    first, second = _DIGITS[text[at]], _DIGITS[text[at + 1]]
    low, high = han_value(text[: at + 1] + text[at + 2 :]), han_value(text[:at] + text[at + 1 :])
    is_about = first > 0 and (second == first + 1 or (first, second) == _THREE_TO_FIVE)
    return (low, high) if is_about and low is not None and high is not None else None


_THREE_TO_FIVE = (3, 5)


def shown(value: Decimal) -> str:
    """A number as people write it: no exponent, no needless zeros."""
    return format(value.normalize(), "f") if value else "0"
