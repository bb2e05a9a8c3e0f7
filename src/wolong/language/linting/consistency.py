"""WL4: standards beside each other. A lower standard's allowed set must lie inside the higher one's."""

from collections.abc import Iterator

from wolong.language.linting.bounds import (
    Bound,
    is_looser,
    other_units,
    overlap,
    own,
    same_clause,
    same_ground,
)
from wolong.language.linting.registry import Fault, Shelf, rule
from wolong.language.tree import Document
from wolong.language.wording import words_of

LONGEST = 60


@rule("WL401", "error")
def looser_than_higher(document: Document, shelf: Shelf) -> Iterator[Fault]:
    """No standard allows what a higher one forbids; looser than a recommended one is a warning.

    Why: a mandatory limit binds whatever the house rule says (标准化法 article 21).
    Bad:
        4.1 卫生间空气中氨的浓度不应大于 0.5 mg/m³。
        =====
        ---
        标准号: GB 1—2020
        层级: 国家
        性质: 强制
        ---
        4.1 卫生间空气中氨的浓度不应大于 0.3 mg/m³。
    Good:
        4.1 卫生间空气中氨的浓度不应大于 0.2 mg/m³。
        =====
        ---
        标准号: GB 1—2020
        层级: 国家
        性质: 强制
        ---
        4.1 卫生间空气中氨的浓度不应大于 0.3 mg/m³。
    Mend: Tighten the lower standard; stricter than above is never a fault.
    """
    said: set[int] = set()
    for bound, others in own(shelf, document):
        other = next((each for each in others if _forbids(each, bound)), None)
        if other is None or id(bound.measure) in said:
            continue
        said.add(id(bound.measure))
        yield Fault(
            bound.requirement.line,
            f"“{said_by(bound)}”比{other.name}“{said_by(other)}”宽："
            f"这里允许 {words_of(bound.measure)}，那里允许 {words_of(other.measure)}",
            f"收紧到上级标准允许的范围内：{other.authority}优先于{bound.authority}",
            bound.clause,
            bound.requirement.column,
            (other.place,),
            severity="error" if other.rank == 0 else "warning",
        )


def _forbids(higher: Bound, lower: Bound) -> bool:
    """Whether a higher standard forbids something that the lower one allows on the same ground."""
    return (
        higher.rank < lower.rank
        and same_ground(higher.document, lower.document)
        and overlap(higher, lower)
        and higher.thing.filters <= lower.thing.filters
        and is_looser(lower, higher)
    )


def said_by(bound: Bound) -> str:
    """The sentence, or as much of it as a message holds."""
    words = " ".join(bound.requirement.sentence.split()).rstrip("。；;")
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}……"


@rule("WL402", "warning")
def contradicts_equal(document: Document, shelf: Shelf) -> Iterator[Fault]:
    """Two standards of one level do not set different bounds on one thing.

    Why: whoever keeps the one breaks the other, or need not keep it.
    Bad:
        ---
        标准号: Q/A 1—2026
        ---
        4.1 会议室照度不应低于 300 lx。
        =====
        ---
        标准号: Q/A 2—2026
        ---
        4.1 会议室照度不应低于 500 lx。
    Good:
        ---
        标准号: Q/A 1—2026
        ---
        4.1 会议室照度不应低于 300 lx。
        =====
        ---
        标准号: Q/A 2—2026
        引用: [Q/A 1]
        ---
        4.1 会议室照明应符合 Q/A 1 的规定。
    Mend: Agree on one value, and let one standard cite the other.
    """
    yield from _contradictions(document, shelf, {"limit", "deadline"})


@rule("WL406", "warning")
def frequencies_contradict(document: Document, shelf: Shelf) -> Iterator[Fault]:
    """Two standards of one level do not ask for one work at different intervals.

    Why: whoever does it as often as the one says is scored by the other.
    Bad:
        ---
        标准号: Q/A 1—2026
        ---
        4.1 大厅地面应每日清扫 2 次。
        =====
        ---
        标准号: Q/A 2—2026
        ---
        4.1 大厅地面应每日清扫 1 次。
    Good:
        ---
        标准号: Q/A 1—2026
        ---
        4.1 大厅地面应每日清扫 2 次。
        =====
        ---
        标准号: Q/A 2—2026
        引用: [Q/A 1]
        ---
        4.1 大厅清洁应符合 Q/A 1 的规定。
    Mend: Agree on one frequency, and let one standard cite the other.
    """
    yield from _contradictions(document, shelf, {"frequency"})


def _contradictions(document: Document, shelf: Shelf, kinds: set[str]) -> Iterator[Fault]:
    said: set[int] = set()
    for bound, others in own(shelf, document):
        if bound.measure.kind not in kinds or id(bound.measure) in said:
            continue
        other = next((each for each in others if _contradicts(each, bound)), None)
        if other is None:
            continue
        said.add(id(bound.measure))
        yield Fault(
            bound.requirement.line,
            f"“{said_by(bound)}”与{other.name}“{said_by(other)}”不一致："
            f"这里是 {words_of(bound.measure)}，那里是 {words_of(other.measure)}",
            f"两处统一成一个数值；{_decider(bound, other)}",
            bound.clause,
            bound.requirement.column,
            (other.place,),
        )


def _decider(bound: Bound, other: Bound) -> str:
    """Within one level the later edition wins."""
    first, second = bound.document, other.document
    if first.issued is None or second.issued is None or first.issued == second.issued:
        return "同级标准以后发布的为准"
    later = first if first.issued > second.issued else second
    return f"同级标准以后发布的为准，即 {later.number or later.file}（{later.issued}）"


def _contradicts(other: Bound, bound: Bound) -> bool:
    """Whether keeping the one standard breaks the other, both being of one level; said at the looser of the two."""
    return (
        other.rank == bound.rank
        and other.says != bound.says
        and not same_clause(other, bound)
        and other.case == bound.case
        and other.document.territory == bound.document.territory  # what is said for one province is the special
        and other.thing == bound.thing  # and so is what is said of some of the things only
        and is_looser(bound, other)
        and (_disjoint(bound, other) or _same_side(bound, other))
    )


def _same_side(one: Bound, other: Bound) -> bool:
    """Both bound the same side, so that one of the two is never the one that counts."""
    first, second = one.measure, other.measure
    return (first.low is None) == (second.low is None) and (first.high is None) == (second.high is None)


def _disjoint(one: Bound, other: Bound) -> bool:
    first, second = one.allowed, other.allowed
    if first is None or second is None:
        return False
    return (first[0] is not None and second[2] is not None and first[0] > second[2]) or (
        second[0] is not None and first[2] is not None and second[0] > first[2]
    )


@rule("WL404", "warning")
def not_comparable(document: Document, shelf: Shelf) -> Iterator[Fault]:
    """Limits on one property of one thing have units that can be compared.

    Why: whether the lower standard keeps the higher one can't be told.
    Bad:
        4.1 卫生间空气中氨的浓度不应大于 0.2 ppm。
        =====
        ---
        标准号: GB 1—2020
        层级: 国家
        性质: 强制
        ---
        4.1 卫生间空气中氨的浓度不应大于 0.3 mg/m³。
    Good:
        4.1 卫生间空气中氨的浓度不应大于 0.2 mg/m³。
        =====
        ---
        标准号: GB 1—2020
        层级: 国家
        性质: 强制
        ---
        4.1 卫生间空气中氨的浓度不应大于 0.3 mg/m³。
    Mend: Use the unit of the higher standard.
    """
    said: set[int] = set()
    for bound, first in other_units(shelf, document):
        if id(bound.measure) in said or not same_ground(document, first.document):
            continue
        said.add(id(bound.measure))
        yield Fault(
            bound.requirement.line,
            f"“{words_of(bound.measure)}”与{first.name}“{words_of(first.measure)}”单位不能相比",
            "改用上级标准的单位",
            bound.clause,
            bound.requirement.column,
            (first.place,),
        )
