"""Whether a new wording asks less than the old one: failing is not a reason to loosen. Pure."""

from collections.abc import Sequence

from wolong.language.tree import Measure
from wolong.norms.standards.rules.comparing import BINDING, Read, tightened


def is_looser(old: Sequence[Read], new: Sequence[Read]) -> bool:
    """A limit that allows more, a 应 that no longer binds, or a requirement that is gone.

    Requirements are paired by order, their measures by kind, property and unit; what cannot be paired and was not a limit
    before is no loosening.
    """
    binding = [one for one in old if one.modality in BINDING]
    if len([one for one in new if one.modality in BINDING]) < len(binding):
        return True
    return any(_measures_looser(before, after) for before, after in zip(old, new, strict=False))


def _measures_looser(before: Read, after: Read) -> bool:
    """Each old measure against the new one about the same thing; one that has none any more asks nothing."""
    new = [Measure.from_json(one) for one in after.measures]
    for old in map(Measure.from_json, before.measures):
        partner = next((one for one in new if _same_thing(old, one)), None)
        if partner is None:
            return True
        new.remove(partner)
        if old.kind == "frequency" and old.per != partner.per:
            if _rate(partner) < _rate(old):
                return True
        elif tightened(old, partner) is False:
            return True
    return False


def _same_thing(old: Measure, new: Measure) -> bool:
    same_unit = old.kind == "frequency" or old.unit == new.unit
    return old.kind == new.kind and same_unit and old.condition == new.condition and old.direction == new.direction


DAYS = {"min": 1 / 1440, "h": 1 / 24, "d": 1.0, "shift": 1 / 3, "workday": 1.4, "month": 30.4, "a": 365.0}


def _rate(measure: Measure) -> float:
    """Times a day, near enough to compare 每日 2 次 with 每周 3 次."""
    days = float(measure.per.value) * DAYS.get(measure.per.unit, 1.0) if measure.per else 1.0
    return float(measure.low or 0) / days
