"""Bounds: what each standard of a shelf allows, laid beside what others allow of the same thing."""

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from wolong.language.linting.registry import Shelf
from wolong.language.modals import BINDING
from wolong.language.selectors import BadSelector, expand, parse_selectors
from wolong.language.tree import Document, Measure, Place, Requirement
from wolong.language.units import dimension, sized
from wolong.language.wording import short_name

# Order of authority: mandatory national, contract annex, recommended national, industry and local, group, enterprise.
_RANKS = {"合同附件": 1, "国家": 2, "行业": 3, "地方": 3, "团体": 4, "企业": 5}
_FILLER = re.compile(r"空气|室内|[的中内]$")
_PER_DAY = {"min": Decimal(1440), "h": Decimal(24), "d": Decimal(1), "month": Decimal(1) / 30, "a": Decimal(1) / 365}


Key = tuple[str, str, str, str]
Allowed = tuple[Decimal | None, bool, Decimal | None, bool]


@dataclass(frozen=True)
class Bound:
    """One bound of one standard, ready to be laid beside others on the same thing."""

    document: Document
    clause: str
    requirement: Requirement
    measure: Measure

    @property
    def rank(self) -> int:
        if self.document.nature == "强制" and self.document.level in ("国家", "行业"):
            return 0  # TSG and engineering codes bind like GB
        return _RANKS.get(self.document.level or "", 5)

    @cached_property
    def allowed(self) -> Allowed | None:
        """What the measure allows, in the first unit of its dimension."""
        return allowed(self.measure)

    @cached_property
    def says(self) -> Hashable:
        """Two bounds that say the same meet others alike: one of them stands for both."""
        measure = self.measure
        whole = self.allowed or (measure.low, measure.high, measure.unit)
        return (self.rank, self.document.territory, measure.condition, whole)

    @property
    def authority(self) -> str:
        """What the document is, as the order of authority names it."""
        level = self.document.level or "企业"
        if level == "合同附件":
            return level
        nature = (self.document.nature or "推荐") if level in ("国家", "行业") else ""
        return f"{nature + '性' if nature else ''}{level}标准"

    @property
    def name(self) -> str:
        """Standard and clause, as people cite them."""
        return f"{self.document.number or self.document.file} 第 {self.clause} 条"

    @property
    def place(self) -> Place:
        message = f"{self.name}：{self.requirement.sentence}"
        return Place(self.document.file, self.requirement.line, self.requirement.column, self.clause, message)


def index_of(shelf: Shelf) -> dict[Key, list[Bound]]:
    """The bounds of all current documents by kind, object, property and dimension; built once for a shelf."""
    if not shelf.bounds:
        for document in shelf.current:
            for clause in document.clauses:
                for requirement in clause.requirements:
                    if requirement.modality in BINDING:
                        _enter(shelf, document, clause.number, requirement)
        _note_meetings(shelf)
    return shelf.bounds


def _note_meetings(shelf: Shelf) -> None:
    """For each document, where its bounds meet others, and its limits whose units can't be compared with the first."""
    for key, bounds in shelf.bounds.items():
        if len(bounds) > 1:
            for owner in dict.fromkeys(id(bound.document) for bound in bounds):
                shelf.met.setdefault(owner, []).append(key)
    for bounds in shelf.named.values():
        with_unit = [bound for bound in bounds if bound.measure.unit]
        for bound in with_unit[1:]:
            if dimension_of(bound.measure) != dimension_of(with_unit[0].measure):
                shelf.odd.setdefault(id(bound.document), []).append((bound, with_unit[0]))


def _enter(shelf: Shelf, document: Document, clause: str, requirement: Requirement) -> None:
    if not requirement.measures:
        return
    for name in _objects(requirement):
        standard = shelf.synonyms.get(name, name)
        for measure in requirement.measures:
            words = _property(requirement, measure, name, shelf)
            bound = Bound(document, clause, requirement, measure)
            shelf.bounds.setdefault((measure.kind, standard, words, dimension_of(measure)), []).append(bound)
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


def dimension_of(measure: Measure) -> str:
    return "rate" if measure.kind == "frequency" else dimension(measure.unit)


def allowed(measure: Measure) -> tuple[Decimal | None, bool, Decimal | None, bool] | None:
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


def is_looser(lower: Bound, higher: Bound) -> bool:
    """Whether the lower standard allows something that the higher one does not."""
    one, other = lower.allowed, higher.allowed
    if one is None or other is None:
        return False
    # Months are 30 days here and a year 365: a difference under 2 % is rounding.
    slack = Decimal("0.02") if lower.measure.kind == "frequency" else Decimal(0)
    low, low_open, high, high_open = one
    floor, floor_open, ceiling, ceiling_open = other
    if floor is not None and (
        low is None or low < floor * (1 - slack) or (low == floor and floor_open and not low_open)
    ):
        return True
    return ceiling is not None and (
        high is None or high > ceiling * (1 + slack) or (high == ceiling and ceiling_open and not high_open)
    )


def overlap(one: Measure, other: Measure) -> bool:
    return one.condition == other.condition or one.condition is None or other.condition is None


def same_ground(one: Document, other: Document) -> bool:
    """Two places of different 地域 never conflict."""
    return not (one.territory and other.territory and one.territory != other.territory)


def own(shelf: Shelf, document: Document) -> Iterator[tuple[Bound, Sequence[Bound]]]:
    """The bounds of a document, each with what is said of the same thing: highest authority first, one bound for all that say the same."""
    index = index_of(shelf)
    for key in shelf.met.get(id(document), ()):
        spoken: dict[Hashable, Bound] = {}
        for bound in index[key]:
            spoken.setdefault(bound.says, bound)
        if len(spoken) > 1:
            others = sorted(spoken.values(), key=lambda each: each.rank)
            for bound in index[key]:
                if bound.document is document:
                    yield bound, others
