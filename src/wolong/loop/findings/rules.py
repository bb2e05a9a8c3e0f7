"""What a failed observation means: how grave, how many points, whether it repeats, and its title. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from wolong.language.judging import judge
from wolong.language.numerals import shown
from wolong.language.tree import Measure
from wolong.language.wording import short_name
from wolong.loop.findings.states import Stage
from wolong.norms.standards.states import Severity

# 规范: the same clause and object failing again within 90 days is a repeat.
REPEAT_DAYS = 90
LONGEST_TITLE = 200
LONGEST_PHRASE = 40
NO_POINTS = Decimal(0)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier finding of the same duty, or of the same clause on the same object."""

    pk: int
    found_on: date
    is_set_aside: bool = False  # withdrawn, or within a deviation: no precedent


def severity_of(written: str, *, is_departed: bool = False) -> Severity:
    """The severity that the clause names; none is ordinary (C). Within an approved deviation a failure is only noted (O)."""
    if is_departed:
        return Severity.O
    return Severity(written) if written in Severity.values else Severity.C


def points_of(*, severity: str, points: Decimal | None, cap: Decimal | None = None) -> Decimal:
    """Points of one occurrence: what the clause says, never above its cap; an observation (O) costs none."""
    if severity == Severity.O or points is None:
        return NO_POINTS
    return min(points, cap) if cap is not None else points


def first_stage(severity: str) -> Stage:
    """An observation (O) is noted, without an order; anything else waits for one."""
    return Stage.NOTED if severity == Severity.O else Stage.OPEN


def is_repeat(*, earlier_on: date, found_on: date) -> bool:
    """Whether two findings lie within 90 days; the 90th day still counts."""
    return 0 <= (found_on - earlier_on).days <= REPEAT_DAYS


def repeat_of(earlier: Iterable[Earlier], *, found_on: date) -> int | None:
    """The latest earlier finding that this one repeats; one set aside is no precedent."""
    near = [one for one in earlier if not one.is_set_aside and is_repeat(earlier_on=one.found_on, found_on=found_on)]
    return max(near, key=lambda one: (one.found_on, one.pk)).pk if near else None


def pretty_unit(unit: str) -> str:
    """mg/m3 as mg/m³."""
    return unit.replace("m2", "m²").replace("m3", "m³")


def with_unit(value: Decimal, unit: str) -> str:
    """A reading as people write it, with its unit after a space: 0.42 mg/m³."""
    return f"{shown(value)} {pretty_unit(unit)}".rstrip()


def excess_word(measure: Measure, value: Decimal) -> str:
    """超标 above the highest allowed, 不足 below the lowest; 不符合 where a person judged against the figure."""
    if judge(measure, value).conforms:
        return _("不符合")
    return _("超标") if measure.high is not None and value >= measure.high else _("不足")


def title_of(
    *,
    object_label: str,
    measure: Measure | None = None,
    value: Decimal | None = None,
    unit: str = "",
    remark: str = "",
    phrases: Iterable[str] = (),
    sentence: str = "",
) -> str:
    """The finding in one line: where, what, and how far off.

    A reading speaks first (3号楼2层东侧卫生间氨浓度 0.42 mg/m³ 超标), then the inspector's own words, then the clause's.
    """
    if measure is not None and value is not None:
        name = _property_words(measure.property or "")
        return _cut(f"{object_label}{name} {with_unit(value, unit)} {excess_word(measure, value)}")
    words = remark.strip().splitlines()
    if words and words[0].strip():
        return _cut(f"{object_label}：{words[0].strip()}")
    phrase = "、".join(phrases) or sentence.rstrip("。；;")
    phrase = phrase if len(phrase) <= LONGEST_PHRASE else phrase[: LONGEST_PHRASE - 1] + "…"
    return _cut(_("%(object)s不符合“%(phrase)s”") % {"object": object_label, "phrase": phrase})


def _property_words(name: str) -> str:
    """卫生间空气中氨的浓度 → 氨浓度: the object is named already."""
    short = short_name(name)
    return f"{short}浓度" if name.endswith("浓度") and not short.endswith("浓度") else short


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"
