"""WL4: standards beside each other. A lower standard's allowed set must lie inside the higher one's."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wolong.language.folding import squeeze
from wolong.language.linting.registry import Fault, Shelf, rule, saying
from wolong.language.modals import BINDING
from wolong.language.selectors import BadSelector, expand, parse_selectors
from wolong.language.tree import Document, Measure, Place, Requirement
from wolong.language.units import dimension, sized
from wolong.language.wording import short_name, words_of

# Order of authority: mandatory national, contract annex, recommended national, industry and local, group, enterprise.
_RANKS = {"合同附件": 1, "国家": 2, "行业": 3, "地方": 3, "团体": 4, "企业": 5}
_FILLER = re.compile(r"空气|室内|[的中内]$")
_PER_DAY = {"min": Decimal(1440), "h": Decimal(24), "d": Decimal(1), "month": Decimal(1) / 30, "a": Decimal(1) / 365}


@dataclass(frozen=True, slots=True)
class Bound:
    """One bound of one standard, ready to be laid beside others on the same thing."""

    document: Document
    clause: str
    requirement: Requirement
    measure: Measure

    @property
    def rank(self) -> int:
        if self.document.level == "国家" and self.document.nature == "强制":
            return 0
        return _RANKS.get(self.document.level or "", 5)

    @property
    def authority(self) -> str:
        """What the document is, as the order of authority names it."""
        level = self.document.level or "企业"
        if level == "合同附件":
            return level
        nature = (self.document.nature or "推荐") if level == "国家" else ""
        return f"{nature + '性' if nature else ''}{level}标准"

    @property
    def place(self) -> Place:
        message = f"{self.document.number or self.document.file} 第 {self.clause} 条：{words_of(self.measure)}"
        return Place(self.document.file, self.requirement.line, self.requirement.column, self.clause, message)


Key = tuple[str, str, str, str]


def index_of(shelf: Shelf) -> dict[Key, list[Bound]]:
    """The bounds of all current documents by kind, object, property and dimension; built once for a shelf."""
    if shelf.bounds:
        return shelf.bounds
    for document in shelf.current:
        for clause in document.clauses:
            for requirement in clause.requirements:
                if requirement.modality in BINDING:
                    _enter(shelf, document, clause.number, requirement)
    for key, bounds in shelf.bounds.items():
        if len(bounds) > 1:
            for owner in dict.fromkeys(id(bound.document) for bound in bounds):
                shelf.met.setdefault(owner, []).append(key)
    return shelf.bounds


def _enter(shelf: Shelf, document: Document, clause: str, requirement: Requirement) -> None:
    if not requirement.measures:
        return
    for name in _objects(requirement):
        standard = shelf.synonyms.get(name, name)
        for measure in requirement.measures:
            words = _property(requirement, measure, name, shelf)
            bound = Bound(document, clause, requirement, measure)
            shelf.bounds.setdefault((measure.kind, standard, words, _dimension(measure)), []).append(bound)
            if measure.kind == "limit":
                shelf.named.setdefault((standard, words), []).append(bound)


def _objects(requirement: Requirement) -> list[str]:
    text = requirement.execution.values.get("对象") if requirement.execution else None
    if isinstance(text, str):
        try:
            names = [str(one) for selector in parse_selectors(text) for one in expand(selector)]
        except BadSelector:
            names = []
        if names:
            return [name.rpartition("/")[2] for name in names]
    return [_FILLER.sub("", requirement.object or "")]


def _property(requirement: Requirement, measure: Measure, name: str, shelf: Shelf) -> str:
    words = short_name(measure.property)
    words = words.removeprefix(name) or words
    words = shelf.synonyms.get(words, words)
    if measure.kind != "limit":
        # What is done or reached says too little without what it is done to.
        words += "|" + (requirement.subject or "").removeprefix(name)
    return f"{words}|{measure.event or ''}|{measure.direction or ''}"


def _dimension(measure: Measure) -> str:
    return "rate" if measure.kind == "frequency" else dimension(measure.unit)


def _allowed(measure: Measure) -> tuple[Decimal | None, bool, Decimal | None, bool] | None:
    """The bounds in the first unit of their dimension; a frequency as times a day."""
    if measure.kind == "frequency":
        per_day = _PER_DAY.get(measure.per.unit) if measure.per else None
        if measure.per is None or per_day is None:
            return None
        factor = per_day / measure.per.value
        low = measure.low * factor if measure.low is not None else None
        high = measure.high * factor if measure.high is not None else None
        return low, measure.low_open, high, measure.high_open
    low = sized(measure.low, measure.unit) if measure.low is not None else None
    high = sized(measure.high, measure.unit) if measure.high is not None else None
    return low, measure.low_open, high, measure.high_open


def is_looser(lower: Measure, higher: Measure) -> bool:
    """Whether the lower standard allows something that the higher one does not."""
    one, other = _allowed(lower), _allowed(higher)
    if one is None or other is None:
        return False
    # Months are 30 days here and a year 365: a difference under 2 % is rounding.
    slack = Decimal("0.02") if lower.kind == "frequency" else Decimal(0)
    low, low_open, high, high_open = one
    floor, floor_open, ceiling, ceiling_open = other
    if floor is not None and (
        low is None or low < floor * (1 - slack) or (low == floor and floor_open and not low_open)
    ):
        return True
    return ceiling is not None and (
        high is None or high > ceiling * (1 + slack) or (high == ceiling and ceiling_open and not high_open)
    )


def _overlap(one: Measure, other: Measure) -> bool:
    return one.condition == other.condition or one.condition is None or other.condition is None


def _same_ground(one: Document, other: Document) -> bool:
    """Two places of different 地域 never conflict."""
    return not (one.territory and other.territory and one.territory != other.territory)


def _own(shelf: Shelf, document: Document) -> Iterator[tuple[Bound, Sequence[Bound]]]:
    """The bounds of a document that others, or it itself, set on the same thing too."""
    index = index_of(shelf)
    for key in shelf.met.get(id(document), ()):
        bounds = index[key]
        for bound in bounds:
            if bound.document is document:
                yield bound, bounds


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
    said: set[tuple[int, int]] = set()
    for bound, others in _own(shelf, document):
        for other in others:
            if other.rank >= bound.rank or not _same_ground(document, other.document):
                continue
            pair = (id(bound.measure), id(other.measure))
            if (
                pair in said
                or not _overlap(bound.measure, other.measure)
                or not is_looser(bound.measure, other.measure)
            ):
                continue
            said.add(pair)
            yield Fault(
                bound.requirement.line,
                f"“{words_of(bound.measure)}”比{other.document.number or other.document.file} 第 {other.clause} 条"
                f"“{words_of(other.measure)}”宽",
                f"收紧到上级标准允许的范围内：{other.authority}优先于{bound.authority}",
                bound.clause,
                bound.requirement.column,
                (other.place,),
                severity="error" if other.rank == 0 else "warning",
            )


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
        ---
        4.1 走廊照度不应低于 100 lx。
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
        ---
        4.1 走廊地面应每日清扫 1 次。
    Mend: Agree on one frequency, and let one standard cite the other.
    """
    yield from _contradictions(document, shelf, {"frequency"})


def _contradictions(document: Document, shelf: Shelf, kinds: set[str]) -> Iterator[Fault]:
    said: set[tuple[int, int]] = set()
    for bound, others in _own(shelf, document):
        for other in others:
            if (
                bound.measure.kind not in kinds
                or other.rank != bound.rank
                or other.measure is bound.measure
                or not _same_ground(document, other.document)
            ):
                continue
            pair = (id(bound.measure), id(other.measure))
            if pair in said or bound.measure.condition != other.measure.condition:
                continue
            if bound.measure.unit and other.measure.unit and _allowed(bound.measure) == _allowed(other.measure):
                continue
            said.add(pair)
            if is_looser(bound.measure, other.measure) and (
                _disjoint(bound.measure, other.measure) or _same(bound, other)
            ):
                yield Fault(
                    bound.requirement.line,
                    f"“{words_of(bound.measure)}”与{other.document.number or other.document.file} 第 {other.clause} 条"
                    f"“{words_of(other.measure)}”不一致",
                    "两处统一成一个数值",
                    bound.clause,
                    bound.requirement.column,
                    (other.place,),
                )


def _same(bound: Bound, other: Bound) -> bool:
    """Both bound the same side, so that one of the two is never the one that counts."""
    one, two = bound.measure, other.measure
    return (one.low is None) == (two.low is None) and (one.high is None) == (two.high is None)


def _disjoint(one: Measure, other: Measure) -> bool:
    first, second = _allowed(one), _allowed(other)
    if first is None or second is None:
        return False
    return (first[0] is not None and second[2] is not None and first[0] > second[2]) or (
        second[0] is not None and first[2] is not None and second[0] > first[2]
    )


@rule("WL403", "warning")
def said_twice(document: Document, _shelf: Shelf) -> Iterator[Fault]:
    """One sentence stands in one place only.

    Why: a change in one place leaves the other behind, and the failure is scored twice.
    Bad:
        4.1 地面应干净。

        4.2 地面应干净。
    Good:
        4.1 地面应干净。

        4.2 墙面应干净。
    Mend: Keep it in one place and point to it from the other.
    """
    first: dict[tuple[str, str, int], tuple[str, int]] = {}
    for clause in document.clauses:
        for requirement in clause.requirements:
            key = (*saying(requirement), requirement.ordinal)
            if key in first:
                where, line = first[key]
                if where != clause.number:
                    related = (Place(document.file, line, 1, where, "先写在这里"),)
                    message = f"与第 {where} 条是同一句话"
                    yield Fault(requirement.line, message, "只留一处", clause.number, requirement.column, related)
            first.setdefault(key, (clause.number, requirement.line))


@rule("WL405", "warning")
def term_defined_twice(document: Document, shelf: Shelf) -> Iterator[Fault]:
    """A term means one thing in all standards of the shelf.

    Why: 公共区域 with and without the toilets makes two different duties.
    Bad:
        ---
        标准号: Q/A 1—2026
        ---
        ## 3 术语和定义

        ### 3.1 公共区域

        大厅和走廊。

        ### 3.2 会议室

        开会的房间。
        =====
        ---
        标准号: Q/A 2—2026
        ---
        ## 3 术语和定义

        ### 3.1 公共区域

        大厅、走廊和卫生间。

        ### 3.2 食堂

        吃饭的地方。
    Good:
        ---
        标准号: Q/A 1—2026
        ---
        ## 3 术语和定义

        ### 3.1 公共区域

        大厅和走廊。

        ### 3.2 会议室

        开会的房间。
        =====
        ---
        标准号: Q/A 2—2026
        ---
        ## 3 术语和定义

        ### 3.1 公共区域

        大厅和走廊。

        ### 3.2 食堂

        吃饭的地方。
    Mend: Define it once and cite that standard, or use another term.
    """
    if document not in shelf.current:
        return
    others = {term.term: (other, term) for other in shelf.current for term in other.terms if other is not document}
    lines = {clause.number: clause.line for clause in document.clauses}
    for term in document.terms:
        found = others.get(term.term)
        if found and squeeze(found[1].definition) != squeeze(term.definition):
            other, second = found
            line = next((clause.line for clause in other.clauses if clause.number == second.clause), 1)
            related = (Place(other.file, line, 1, second.clause, second.definition),)
            message = f"“{term.term}”与 {other.number or other.file} 的定义不同"
            help_text = "统一定义，或改用别的术语"
            yield Fault(lines.get(term.clause, 1), message, help_text, term.clause, related=related)


@rule("WL404", "warning")
def not_comparable(document: Document, shelf: Shelf) -> Iterator[Fault]:
    """Limits on one property of one thing have units that can be compared.

    Why: whether the lower standard keeps the higher one can't be told.
    Bad:
        ---
        标准号: Q/A 1—2026
        ---
        4.1 会议室噪声不应大于 45 dB(A)。
        =====
        ---
        标准号: Q/A 2—2026
        ---
        4.1 会议室噪声不应大于 2 kPa。
    Good:
        ---
        标准号: Q/A 1—2026
        ---
        4.1 会议室噪声不应大于 45 dB(A)。
        =====
        ---
        标准号: Q/A 2—2026
        ---
        4.1 会议室噪声不应大于 40 dB(A)。
    Mend: Use the unit of the higher standard.
    """
    index_of(shelf)
    said: set[int] = set()
    for bounds in shelf.named.values():
        first = next((bound for bound in bounds if bound.measure.unit), None)
        for bound in bounds:
            if first is None or bound.document is not document or not bound.measure.unit or id(bound.measure) in said:
                continue
            if _dimension(bound.measure) != _dimension(first.measure) and _same_ground(document, first.document):
                said.add(id(bound.measure))
                yield Fault(
                    bound.requirement.line,
                    f"“{words_of(bound.measure)}”与“{words_of(first.measure)}”单位不能相比",
                    "改用上级标准的单位",
                    bound.clause,
                    bound.requirement.column,
                    (first.place,),
                )


@rule("WL407", "warning")
def said_elsewhere(document: Document, shelf: Shelf) -> Iterator[Fault]:
    """One sentence about one thing stands in one standard only.

    Why: a change in one leaves the other behind, and the failure is scored twice.
    Bad:
        ---
        标准号: Q/A 1—2026
        ---
        4.1 大厅地面应无积水。
        =====
        ---
        标准号: Q/A 2—2026
        ---
        4.1 大厅地面应无积水。
    Good:
        ---
        标准号: Q/A 1—2026
        ---
        4.1 大厅地面应无积水。
        =====
        ---
        标准号: Q/A 2—2026
        ---
        4.1 大厅清洁应符合 Q/A 1 的规定。
    Mend: Keep it in the more special standard and cite that one.
    """
    if document not in shelf.current:
        return
    for clause in document.clauses:
        for requirement in clause.requirements:
            if requirement.ordinal > 1:
                continue
            other, number, line = shelf.sentences[saying(requirement)]
            if other is not document:
                related = (Place(other.file, line, 1, number, "先写在这里"),)
                message = f"与 {other.number or other.file} 第 {number} 条是同一句话"
                yield Fault(
                    requirement.line, message, "只留一处，另一处引用", clause.number, requirement.column, related
                )
