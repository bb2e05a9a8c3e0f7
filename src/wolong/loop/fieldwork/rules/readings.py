"""What was typed at a measured item becomes readings with a verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wolong.language.judging import NotAValue, judge, read_value
from wolong.language.tree import Measure

MOST_DIGITS = 9  # before the point, as many as the database keeps


@dataclass(frozen=True, slots=True)
class Judged:
    """One reading against its measure."""

    measure_index: int
    typed: str
    value: Decimal
    unit: str
    conforms: bool
    sentence: str

    def as_json(self) -> dict[str, Any]:
        return {
            "measure_index": self.measure_index,
            "typed": self.typed,
            "value": str(self.value),
            "unit": self.unit,
            "conforms": self.conforms,
            "sentence": self.sentence,
        }


def limits_of(measures: Sequence[Mapping[str, Any]]) -> dict[int, Measure]:
    """The measures that a person can read off a meter, by their place in the requirement."""
    found = {index: Measure.from_json(each) for index, each in enumerate(measures)}
    return {
        index: measure
        for index, measure in found.items()
        if measure.kind == "limit" and (measure.low is not None or measure.high is not None)
    }


def judge_typed(index: int, measure: Measure, typed: str) -> Judged:
    """Judge what was typed; raises NotAValue with the reason in Chinese."""
    reading = read_value(typed[:60], unit=measure.unit)
    if abs(reading.value) >= 10**MOST_DIGITS:
        raise NotAValue("数值太大，请核对小数点和单位")
    verdict = judge(measure, reading.value)
    return Judged(index, typed.strip()[:60], reading.value, reading.unit or "", verdict.conforms, verdict.words)


def verdict_of(judged: Sequence[Judged], *, wanted: int) -> bool | None:
    """Whether readings conform: one that fails decides; all must be there to conform; None: not known yet."""
    if any(not each.conforms for each in judged):
        return False
    return True if judged and len(judged) >= wanted else None


def decisive(judged: Sequence[Judged]) -> Judged | None:
    """The reading that the verdict rests on: the first that fails, else the first."""
    return next((each for each in judged if not each.conforms), judged[0] if judged else None)
