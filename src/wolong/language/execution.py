"""Execution lines: how a clause is kept (对象, 责任, 检查, 频次 …), parsed into typed values with a diagnostic for each fault."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from wolong.language.folding import fold, seen
from wolong.language.numerals import number_value
from wolong.language.patterns import lazy
from wolong.language.selectors import BadSelector, Selector, parse_selectors
from wolong.language.tree import Diagnostic
from wolong.language.units import dimension, in_days, length_of, sized

KEYS = (
    "对象",
    "责任",
    "监督",
    "检查",
    "频次",
    "时段",
    "等级",
    "扣分",
    "整改",
    "赔偿",
    "证据",
    "指标",
    "来源",
    "待核",
)
EVIDENCE = ("照片", "签字", "读数", "视频", "记录")
CODE_UNKNOWN_KEY, CODE_BAD_VALUE = "WL501", "WL502"


class Method(StrEnum):
    """How a requirement is checked."""

    LOOK = "查看"
    MEASURE = "测量"
    CONSULT = "查阅"
    ASK = "询问"
    TRY = "试验"


@dataclass(frozen=True, slots=True)
class Cycle:
    """How often it is checked: a period of days or months, or an event. `label` is as written."""

    kind: str  # period | event
    label: str
    days: Decimal | None = None
    months_amount: int | None = None
    event: str | None = None

    @property
    def months(self) -> int:
        """Whole months in a period; what is shorter than a month counts 0."""
        return self.months_amount or 0


@dataclass(frozen=True, slots=True)
class Sample:
    """A spot check: a share in percent, or an acceptance quality limit."""

    kind: str  # percent | aql
    value: Decimal


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points for each 处, 次 or 项, with a cap; 0 points need no unit."""

    points: Decimal
    per: str | None = None
    cap: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """The time to put it right: 立即 (the same day), hours, or working days."""

    kind: str  # now | hours | workdays
    amount: int = 0

    def __str__(self) -> str:
        return {"now": "立即", "hours": f"{self.amount}小时", "workdays": f"{self.amount}个工作日"}[self.kind]


@dataclass(frozen=True, slots=True)
class ExecutionLine:
    """The typed values of one execution line; what is absent is None or empty."""

    objects: tuple[Selector, ...] = ()
    doer: str | None = None
    checker: str | None = None
    method: Method | None = None
    cycle: Cycle | None = None
    sample: Sample | None = None
    window: str | None = None
    severity: str | None = None
    deduction: Deduction | None = None
    term: Term | None = None
    claim: str | None = None
    evidence: tuple[str, ...] = ()
    indicators: str | None = None
    source: str | None = None
    to_verify: bool = False


class _BadValue(ValueError):
    """A value that its key does not take; carries what would be right."""


_CYCLE = lazy(
    r"^每(?:(?P<count>\d+|[一二两三四五六七八九十]+)\s*)?个?(?P<unit>半年|半月|季度?|小时|工作日|日|天|周|星期|旬|月|年)$"
)
_SHARE = lazy(r"抽查\s*(?P<share>\d+(?:\.\d+)?)\s*%")
_AQL = lazy(r"抽样\s*AQL\s*(?P<level>\d+(?:\.\d+)?)", re.IGNORECASE)
# The preferred values of GB/T 2828.1, 0.010 to 1000.
_AQL_LEVELS = frozenset(
    Decimal(base).scaleb(power) for base in ("1", "1.5", "2.5", "4", "6.5") for power in range(-2, 3)
) | {Decimal(1000)}
_JOINTS = " ,、;"
_EVENT = lazy(r"事件\s*:\s*(?P<event>[^\s,、;].*)$")
_DEDUCTION = lazy(
    r"^(?P<points>\d+(?:\.\d+)?)\s*分?\s*(?:/\s*(?P<per>处|次|项))?(?:\s*[,、]?\s*上限\s*(?P<cap>\d+(?:\.\d+)?)\s*分?)?$"
)
_TERM = lazy(r"^(?P<amount>\d+|[一二两三四五六七八九十]+)\s*(?P<unit>小时|h|个?工作日)(?:内)?$")
_CLOCK = r"(?:(?:[01]?\d|2[0-3]):[0-5]\d|24:00)"
_WINDOW = lazy(rf"^(?P<start>{_CLOCK})\s*[-~—]\s*(?P<end>{_CLOCK})$")
_BELOW_ZERO = lazy(r"^(?:[¥$]|人民币)?\s*(?:-|负)\s*\d")
MARKED = ("", "是", "true")
"""What 待核 may say beside standing there."""
WINDOWS = ("工作时间", "休息时间", "汛期", "供暖期", "节假日", "休息日", "夜间", "工作日", "高峰时段", "非高峰时段")


def parse_execution(mapping: Mapping[str, Any]) -> tuple[ExecutionLine, list[Diagnostic]]:
    """The typed execution line and what is wrong with it; a value that is wrong is left out, the others stand."""
    values: dict[str, Any] = {}
    faults: list[Diagnostic] = []
    for key, raw in mapping.items():
        reader = _READERS.get(key)
        if reader is None:
            faults.append(_fault(CODE_UNKNOWN_KEY, f"执行行里没有“{key}”这个键", f"可用的键：{'、'.join(KEYS)}"))
            continue
        try:
            values |= reader(fold(seen(raw)).strip() if isinstance(raw, str) else raw)
        except _BadValue as bad:
            faults.append(_fault(CODE_BAD_VALUE, f"“{key}”的值“{raw}”读不懂", str(bad)))
    return ExecutionLine(**values), faults


def _fault(code: str, message: str, help_text: str) -> Diagnostic:
    return Diagnostic(code, "error", "", 0, 1, None, message, help_text)


def _objects(value: Any) -> dict[str, Any]:
    try:
        return {"objects": parse_selectors(str(value))}
    except BadSelector as bad:
        raise _BadValue(f"{bad}；写法如“场所/卫生间”“设备/电梯[使用年限>15]”") from bad


def _plain(name: str) -> Callable[[Any], dict[str, Any]]:
    def read(value: Any) -> dict[str, Any]:
        if value is True or not str(value).strip():
            raise _BadValue("冒号后面要有内容")
        return {name: str(value).strip()}

    return read


def _method(value: Any) -> dict[str, Any]:
    try:
        return {"method": Method(str(value))}
    except ValueError as bad:
        raise _BadValue(f"应是{'、'.join(Method)}之一") from bad


def _cycle(value: Any) -> dict[str, Any]:
    """每季度抽查 20%: a cycle and a sample, in any order; 事件:接到报修 instead of a cycle."""
    text = str(value)
    found: dict[str, Any] = {}
    for pattern, kind, group in ((_SHARE, "percent", "share"), (_AQL, "aql", "level")):
        if match := pattern.search(text):
            if "sample" in found:
                raise _BadValue("抽查和抽样只写一个")
            found["sample"] = _sample(kind, Decimal(match[group]))
            text = text[: match.start()] + text[match.end() :]
    if match := _EVENT.search(text):
        event = match["event"].strip(_JOINTS)
        found["cycle"] = Cycle("event", text[match.start() :].strip(_JOINTS), event=event)
        text = text[: match.start()]
    label = text.strip(_JOINTS)
    if label:
        if "cycle" in found:
            raise _BadValue("周期和事件只写一个")
        found["cycle"] = _period_cycle(label)
    if not found:
        raise _BadValue("应如“每月”“每15日”“每季度抽查 20%”“事件:接到报修”")
    return found


def _sample(kind: str, value: Decimal) -> Sample:
    if kind == "percent" and not 0 < value <= 100:
        raise _BadValue("抽查比例应大于 0、不超过 100 %")
    if kind == "aql" and value not in _AQL_LEVELS:
        raise _BadValue("AQL 应是 GB/T 2828.1 的优先值，如 1.0、2.5、4.0")
    return Sample(kind, value)


def _period_cycle(label: str) -> Cycle:
    match = _CYCLE.match(label.replace(" ", ""))
    if match is None:
        raise _BadValue("应如“每日”“每周”“每月”“每季度”“每半年”“每年”“每15日”“每2小时”")
    count = number_value(match["count"]) if match["count"] else Decimal(1)
    if count is None or count <= 0:
        raise _BadValue("周期应大于 0")
    factor, unit = length_of(match["unit"])
    written = label.replace(" ", "")
    if dimension(unit) == "calendar":
        return Cycle("period", written, months_amount=int(sized(count * factor, unit)))
    return Cycle("period", written, days=in_days(count * factor, "d" if unit == "workday" else unit))


def _window(value: Any) -> dict[str, Any]:
    text = str(value)
    match = _WINDOW.match(text)
    if text in WINDOWS or (match and match["start"].zfill(5) != match["end"].zfill(5)):
        return {"window": text}
    raise _BadValue(f"应是{'、'.join(WINDOWS)}之一，或如“08:00–17:30”")


def _severity(value: Any) -> dict[str, Any]:
    if value in ("A", "B", "C", "O"):
        return {"severity": value}
    raise _BadValue("应是 A、B、C、O 之一")


def _deduction(value: Any) -> dict[str, Any]:
    match = _DEDUCTION.match(str(value))
    if match is None or (match["per"] is None and Decimal(match["points"]) != 0):
        raise _BadValue("应如“0.5/处,上限3”“2/项”或“0”")
    cap = Decimal(match["cap"]) if match["cap"] else None
    if cap is not None and cap < Decimal(match["points"]):
        raise _BadValue("上限不应小于一次扣的分")
    return {"deduction": Deduction(Decimal(match["points"]), match["per"], cap)}


def _term(value: Any) -> dict[str, Any]:
    if value == "立即":
        return {"term": Term("now")}
    match = _TERM.match(str(value))
    amount = number_value(match["amount"]) if match else None
    if match is None or amount is None or amount <= 0:
        raise _BadValue("应是“立即”“4小时”或“3个工作日”")
    return {"term": Term("hours" if match["unit"] in ("小时", "h") else "workdays", int(amount))}


def _evidence(value: Any) -> dict[str, Any]:
    words = tuple(word.strip() for word in re.split(r"[、,]", str(value)) if word.strip())
    strange = [word for word in words if word not in EVIDENCE]
    if strange or not words:
        raise _BadValue(f"应是{'、'.join(EVIDENCE)}，多项用“、”隔开")
    return {"evidence": words}


def _claim(value: Any) -> dict[str, Any]:
    """Money, a rate, or what the contract calls its tariff."""
    if _BELOW_ZERO.match(str(value)):
        raise _BadValue("赔偿不应是负数")
    return _plain("claim")(value)


def _mark(value: Any) -> dict[str, Any]:
    if not isinstance(value, bool) and value not in MARKED:
        raise _BadValue("只写“待核”；已经核过的删去")
    return {"to_verify": value is not False}


_READERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "对象": _objects,
    "责任": _plain("doer"),
    "监督": _plain("checker"),
    "检查": _method,
    "频次": _cycle,
    "时段": _window,
    "等级": _severity,
    "扣分": _deduction,
    "整改": _term,
    "赔偿": _claim,
    "证据": _evidence,
    "指标": _plain("indicators"),
    "来源": _plain("source"),
    "待核": _mark,
}
