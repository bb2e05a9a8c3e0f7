"""Words for the screen: a measure in one short Chinese phrase, and what changed from one wording to the next."""

import re
from decimal import Decimal
from difflib import SequenceMatcher

from wolong.language.modals import MODALS
from wolong.language.numerals import shown
from wolong.language.patterns import lazy
from wolong.language.tree import Measure, Period

_UNITS = {
    "mg/m3": "mg/m³",
    "μg/m3": "μg/m³",
    "m2": "m²",
    "m3": "m³",
    "cm2": "cm²",
    "CFU/m3": "CFU/m³",
    "workday": "个工作日",
    "month": "个月",
    "a": "年",
    "d": "天",
    "shift": "班",
}
_PERIODS = {
    ("1", "d"): "每日",
    ("7", "d"): "每周",
    ("10", "d"): "每旬",
    ("1", "month"): "每月",
    ("3", "month"): "每季度",
    ("6", "month"): "每半年",
    ("1", "a"): "每年",
    ("2", "a"): "每两年",
    ("1", "shift"): "每班",
    ("1", "workday"): "每个工作日",
}
_PERIOD_UNITS = {
    "d": "日",
    "h": "小时",
    "min": "分钟",
    "month": "个月",
    "a": "年",
    "workday": "个工作日",
    "s": "秒",
    "shift": "班",
}
_WHERE = lazy(r"^.{1,24}?(?:之中|之内|空气中|中(?![央心间控等型])|(?<!室)内(?![部容外]))(?=.{1,})")
_AMOUNT = lazy(r"的(?:浓度|含量|数值)$")
_OF = lazy(r"^[^的]{1,24}的(?=[^的]{2,}$)")


def words_of(measure: Measure) -> str:
    """The measure in one short phrase: 氨 ≤ 0.3 mg/m³ · 清扫 每日 ≥ 2 次 · 接到报修后 15 min 内."""
    condition = f"({measure.condition})" if measure.condition else ""
    match measure.kind:
        case "frequency":
            head = " ".join(word for word in (measure.property, period_words(measure.per)) if word)
            return f"{head} {_bounds(measure)}{condition}".strip()
        case "deadline":
            return f"{_deadline(measure)}{condition}"
    name = short_name(measure.property)
    per = f"{period_words(measure.per)} " if measure.per else ""
    return f"{name} {per}{_bounds(measure)}{condition}".strip()


def short_name(name: str | None) -> str:
    """卫生间空气中氨的浓度 → 氨: the place and the word 浓度 go without saying beside the clause."""
    if not name:
        return ""
    short = _WHERE.sub("", name, count=1)
    short = _AMOUNT.sub("", short)
    short = _OF.sub("", short, count=1)
    return short or name


def period_words(per: Period | None) -> str:
    """每15日, 每季度, 每2小时."""
    if per is None:
        return ""
    value = shown(per.value)
    return _PERIODS.get((value, per.unit)) or f"每{value}{_PERIOD_UNITS.get(per.unit, per.unit)}"


def unit_words(unit: str | None) -> str:
    """The unit as the screen shows it."""
    return _UNITS.get(unit or "", unit or "")


def _with_unit(value: Decimal, unit: str | None) -> str:
    words = unit_words(unit)
    return f"{shown(value)} {words}".rstrip()


def _bounds(measure: Measure) -> str:
    low, high, unit = measure.low, measure.high, measure.unit
    if low is not None and high is not None:
        if low == high:
            return f"= {_with_unit(low, unit)}"
        if low == -high:
            return f"±{_with_unit(high, unit)}"
        return _range(low, high, unit)
    if high is not None:
        return f"{'<' if measure.high_open else '≤'} {_with_unit(high, unit)}"
    if low is not None:
        return f"{'>' if measure.low_open else '≥'} {_with_unit(low, unit)}"
    return ""


def _range(low: Decimal, high: Decimal, unit: str | None) -> str:
    return f"{shown(low)}\uff5e{_with_unit(high, unit)}"


def _deadline(measure: Measure) -> str:
    action, unit = measure.property or "", measure.unit
    low, high = measure.low, measure.high
    is_before = measure.direction == "before"
    if low is not None and high is not None and low != high:
        amount = _range(low, high, unit)
    else:
        amount = _with_unit(next((one for one in (low, high) if one is not None), Decimal(0)), unit)
    if is_before:
        event = f"{measure.event}前" if measure.event else "提前"
        return f"{event} {'不超过 ' if low is None else ''}{amount} {action}".strip()
    event = f"{measure.event}后 " if measure.event else ""
    gap = " " if amount[-1:].isascii() else ""
    body = f"至少 {amount}{gap if event else '后'}" if high is None else f"{amount}{gap}内"
    return f"{event}{body}{action}".strip()


_WORD = lazy(
    r"\d+(?:\.\d+)?|[A-Za-z/³²μ℃%]+|"
    + "|".join(re.escape(word) for word in sorted(MODALS, key=len, reverse=True))
    + r"|(?:大于|小于|高于|低于|不超过|超过|少于|多于)|\s+|.",
    re.DOTALL,
)


def changes(old: str, new: str) -> list[tuple[str, str]]:
    """What became of the old wording: `equal`, `delete` and `insert` pieces, word by word, modals and numbers whole."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    pieces: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("equal", "".join(before[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(("delete", "".join(before[i1:i2])))
        if j2 > j1:
            pieces.append(("insert", "".join(after[j1:j2])))
    return pieces
