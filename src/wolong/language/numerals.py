"""Numbers as standards write them: 1,200, 十五, 两, 百分之九十五, 九成, 1/2, 4万."""

from decimal import Decimal

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

HAN_NUMBER = "[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?"
ARABIC_NUMBER = r"\d{1,3}(?:(?:,\d{3})+|(?: \d{3})+(?!\d))(?:\.\d+)?|\d+(?:\.\d+)?"
NUMBER = rf"(?:{ARABIC_NUMBER})(?:\s?/\s?\d+(?!\d*\s?[A-Za-z]))?(?:\s?(?:[万亿百](?!分)|千(?![克瓦米帕伏卡欧赫分])))?|{HAN_NUMBER}"
NUMBER_SIGNS = frozenset("0123456789零〇一二两三四五六七八九十百千万亿")
"""With what a number can begin."""
_HAN = lazy(f"^{HAN_NUMBER}$")


def han_value(text: str) -> Decimal | None:
    """The value of a Chinese numeral, or None where it is none (十分之, 百百)."""
    if not _HAN.match(text):
        return None
    whole, _, fraction = text.partition("点")
    total = section = digit = 0
    for sign in whole:
        if sign in _DIGITS:
            if digit and not section and _DIGITS[sign]:
                return _plain_digits(whole, fraction)
            digit = _DIGITS[sign]
        elif sign in _TENS:
            section += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            total = (total + section + digit) * _MYRIADS[sign] if (section or digit or total) else _MYRIADS[sign]
            section = digit = 0
    value = Decimal(total + section + digit)
    return value + _fraction(fraction)


def _fraction(digits: str) -> Decimal:
    if not digits:
        return Decimal(0)
    return Decimal("0." + "".join(str(_DIGITS[sign]) for sign in digits))


def _plain_digits(whole: str, fraction: str) -> Decimal | None:
    """二〇二六: digits one after the other."""
    if any(sign not in _DIGITS for sign in whole):
        return None
    return Decimal("".join(str(_DIGITS[sign]) for sign in whole)) + _fraction(fraction)


def arabic_value(text: str) -> Decimal:
    """The value of digits with or without thousands commas."""
    return Decimal(text.replace(",", ""))


def number_value(text: str) -> Decimal | None:
    """The value of any numeral that one token can hold."""
    text = text.replace(" ", "")
    if text[:1].isdigit():
        scale = Decimal(_MYRIADS.get(text[-1]) or _TENS.get(text[-1]) or 1)
        digits = text[:-1] if scale != 1 else text
        if "/" in digits:
            above, below = digits.split("/", 1)
            return None if Decimal(below) == 0 else arabic_value(above) / arabic_value(below)
        return arabic_value(digits) * scale
    return han_value(text)


def shown(value: Decimal) -> str:
    """A number as people write it: no exponent, no needless zeros."""
    return format(value.normalize(), "f") if value else "0"
