"""What became of a clause from one edition to the next, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from wolong.language.tree import Measure
from wolong.language.wording import changes

FORCE = {
    "shall": "应", "shall_not": "不应", "should": "宜", "should_not": "不宜",
    "may": "可", "need_not": "不必", "can": "能", "cannot": "不能",
}  # fmt: skip
BINDING = {"shall", "shall_not"}
SHOWN_KEYS = ("对象", "责任", "监督", "检查", "频次", "时段", "等级", "扣分", "整改")


@dataclass(frozen=True, slots=True)
class Read:
    """A requirement as compared: its force, its measures and its execution line."""

    modality: str
    measures: Sequence[Mapping[str, Any]]
    execution: Mapping[str, Any]


def changed_places(old: str, new: str) -> int:
    """How many places of a wording changed: a piece struck out with what replaced it counts once."""
    count, in_change = 0, False
    for kind, text in changes(old, new):
        if kind == "equal":
            in_change = False
        elif text.strip() and not in_change:
            count, in_change = count + 1, True
    return count


def differences(old: Sequence[Read], new: Sequence[Read]) -> list[str]:
    """What changed between two readings of a clause, as half sentences: force, limits, execution line."""
    found: list[str] = []
    for before, after in zip(old, new, strict=False):
        found += _force(before.modality, after.modality)
        found += _measures(before.measures, after.measures)
        found += _execution(before.execution, after.execution)
    if len(new) > len(old):
        found.append(_("多了 %(count)d 条要求") % {"count": len(new) - len(old)})
    if len(new) < len(old):
        found.append(_("少了 %(count)d 条要求") % {"count": len(old) - len(new)})
    return list(dict.fromkeys(found))


def _force(before: str, after: str) -> Iterable[str]:
    if before == after:
        return []
    words = {"old": FORCE.get(before, before), "new": FORCE.get(after, after)}
    if after in BINDING and before not in BINDING:
        return [_("“%(old)s”改“%(new)s”后成为要求") % words]
    if before in BINDING and after not in BINDING:
        return [_("“%(old)s”改“%(new)s”后不再是要求") % words]
    return [_("“%(old)s”改“%(new)s”") % words]


def _measures(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    found = []
    for old, new in zip(map(Measure.from_json, before), map(Measure.from_json, after), strict=False):
        if old.kind != new.kind or old.unit != new.unit or old == new:
            continue
        direction = tightened(old, new)
        if direction is not None:
            found.append(_("限值收紧") if direction else _("限值放宽"))
    return found


def tightened(old: Measure, new: Measure) -> bool | None:
    """Whether the allowed set became smaller (True) or larger (False); None where neither holds the other."""
    old_low, new_low = _low(old), _low(new)
    old_high, new_high = _high(old), _high(new)
    if (old_low, old_high) == (new_low, new_high):
        return None
    if new_low >= old_low and new_high <= old_high:
        return True
    return False if new_low <= old_low and new_high >= old_high else None


def _low(measure: Measure) -> tuple[Decimal, bool]:
    return (Decimal("-Infinity"), False) if measure.low is None else (measure.low, measure.low_open)


def _high(measure: Measure) -> tuple[Decimal, bool]:
    return (Decimal("Infinity"), True) if measure.high is None else (measure.high, not measure.high_open)


def _execution(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[str]:
    nothing = _("未写")
    return [
        _("%(key)s由“%(old)s”改为“%(new)s”") % {
            "key": key, "old": before.get(key, nothing), "new": after.get(key, nothing)
        }
        for key in SHOWN_KEYS
        if before.get(key) != after.get(key)
    ]  # fmt: skip
