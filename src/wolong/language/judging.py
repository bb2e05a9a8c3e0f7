"""Judging a reading: what somebody typed becomes a value in the measure's unit, and the value a verdict in words."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import pint

from wolong.language.folding import fold
from wolong.language.numerals import ARABIC_NUMBER, HAN_NUMBER, number_value, shown
from wolong.language.patterns import lazy
from wolong.language.tree import Measure
from wolong.language.units import UNIT_PATTERN, canonical, length_of

_READING = lazy(
    rf"^(?P<sign>[-+])?\s*(?P<number>{ARABIC_NUMBER}|\d+,\d+|\.\d+|{HAN_NUMBER})\s*(?P<unit>{UNIT_PATTERN})?$"
)
_PERCENT = lazy(rf"^百分之(?P<number>{HAN_NUMBER}|{ARABIC_NUMBER})$")
_HALF = lazy(rf"^(?P<whole>{HAN_NUMBER}|\d+)?个?半个?(?P<unit>小时|月|年|天)$")
# canonical unit: how pint writes it; what is not here is not converted
_PINT_NAMES = {
    "ms": "millisecond",
    "s": "second",
    "min": "minute",
    "h": "hour",
    "d": "day",
    "μm": "micrometer",
    "mm": "millimeter",
    "cm": "centimeter",
    "m": "meter",
    "km": "kilometer",
    "mm2": "millimeter**2",
    "cm2": "centimeter**2",
    "m2": "meter**2",
    "m3": "meter**3",
    "L": "liter",
    "mL": "milliliter",
    "μg": "microgram",
    "mg": "milligram",
    "g": "gram",
    "kg": "kilogram",
    "t": "metric_ton",
    "Pa": "pascal",
    "kPa": "kilopascal",
    "MPa": "megapascal",
    "mV": "millivolt",
    "V": "volt",
    "kV": "kilovolt",
    "A": "ampere",
    "mA": "milliampere",
    "Ω": "ohm",
    "kΩ": "kiloohm",
    "MΩ": "megaohm",
    "W": "watt",
    "kW": "kilowatt",
    "kWh": "kilowatt_hour",
    "Hz": "hertz",
    "lx": "lux",
    "%": "percent",
    "month": "month",
    "a": "year",
}
_RATIOS = {"%": Decimal("0.01"), "‰": Decimal("0.001"), None: Decimal(1)}


class NotAValue(ValueError):
    """What was typed is no value of this unit; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A value in the unit that was asked for, and what was typed."""

    value: Decimal
    unit: str | None
    written: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a value conforms, how far it is off (None when it is not), and both in words."""

    conforms: bool
    difference: Decimal | None
    words: str


@cache
def _registry() -> "pint.UnitRegistry[Decimal]":
    return pint.UnitRegistry(non_int_type=Decimal, cache_folder=None)


def read_value(text: str, *, unit: str | None) -> Reading:
    """The value typed, in `unit`. Full-width digits, thousands commas and unit words are understood; else `NotAValue`."""
    plain = fold(text).strip()
    if not plain:
        raise NotAValue("还没有填数值")
    number, written_unit = _parts(plain)
    wanted = canonical(fold(unit)) if unit else None
    if written_unit is None or written_unit == wanted:
        return Reading(number, wanted, text)
    return Reading(_converted(number, written_unit, wanted), wanted, text)


def _parts(plain: str) -> tuple[Decimal, str | None]:
    if match := _PERCENT.match(plain):
        value = number_value(match["number"])
        if value is not None:
            return value, "%"
    if match := _HALF.match(plain):
        whole = number_value(match["whole"]) if match["whole"] else Decimal(0)
        if whole is not None:
            return whole + Decimal("0.5"), canonical(match["unit"])
    match = _READING.match(plain)
    if match is None:
        raise NotAValue(_why_not(plain))
    digits = match["number"]
    if re.fullmatch(r"\d+,\d+", digits) and not re.fullmatch(ARABIC_NUMBER, digits):
        raise NotAValue(f"“{digits}”里的逗号位置不对；小数点请用“.”")
    value = Decimal("0" + digits) if digits.startswith(".") else number_value(digits)
    if value is None:
        raise NotAValue(f"“{plain}”不是数值")
    if match["sign"] == "-":
        value = -value
    if not match["unit"]:
        return value, None
    factor, name = length_of(match["unit"])
    return value * factor, name


def _why_not(plain: str) -> str:
    if not re.search(r"\d|[一二三四五六七八九十]", plain):
        return f"“{plain}”里没有数字"
    if re.search(r"\d\s*[~-]\s*\d", plain):
        return "请填一个数值，不要填范围"
    if plain[0] in "<>≤≥约":
        return "请填测得的数值，不要带“大于”“约”等字样"
    return f"“{plain}”不是一个数值"


def _converted(number: Decimal, given: str, wanted: str | None) -> Decimal:
    if given in _RATIOS and wanted in _RATIOS:
        return number * _RATIOS[given] / _RATIOS[wanted]
    if wanted is None:
        raise NotAValue(f"这里的数值没有单位，不能填“{given}”")
    source, target = _pint_name(given), _pint_name(wanted)
    if source is None or target is None:
        raise NotAValue(f"单位“{given}”不能换算成“{wanted}”")
    try:
        value = _registry().Quantity(number, source).to(target).magnitude
    except (pint.DimensionalityError, pint.UndefinedUnitError, pint.OffsetUnitCalculusError) as bad:
        raise NotAValue(f"单位“{given}”不能换算成“{wanted}”") from bad
    return _tidy(Decimal(value))


def _tidy(value: Decimal) -> Decimal:
    """Twelve figures are more than any meter shows; what conversion adds behind them is noise."""
    rounded = Decimal(f"{value:.12g}")
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()


def _pint_name(unit: str) -> str | None:
    """mg/m3 → milligram / meter**3, only of units that the table knows."""
    above, slash, below = unit.partition("/")
    inner = below.removeprefix("(").removesuffix(")").split("·") if slash else []
    names = [_PINT_NAMES.get(part) for part in (above, *inner)]
    if any(name is None for name in names):
        return None
    head = names[0] or ""
    return head if not slash else f"{head}/({'*'.join(f'({name})' for name in names[1:])})"


def judge(measure: Measure, value: Decimal) -> Verdict:
    """Whether the value lies within the bounds (open bounds exclude their edge), and by how much it does not."""
    if measure.high is not None and (value > measure.high or (measure.high_open and value == measure.high)):
        difference = value - measure.high
        if difference == 0:
            return Verdict(False, difference, f"应小于 {shown(measure.high)}，等于限值不符合")
        return Verdict(False, difference, f"超出 {shown(difference)}")
    if measure.low is not None and (value < measure.low or (measure.low_open and value == measure.low)):
        difference = measure.low - value
        if difference == 0:
            return Verdict(False, difference, f"应大于 {shown(measure.low)}，等于限值不符合")
        return Verdict(False, difference, f"低于限值 {shown(difference)}")
    if measure.low is None and measure.high is None:
        return Verdict(True, None, "没有限值")
    return Verdict(True, None, "符合")
