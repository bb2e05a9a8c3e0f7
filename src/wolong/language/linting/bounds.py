"""Bounds: what each standard of a shelf allows, laid beside what others allow of the same thing."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from wolong.language.folding import fold
from wolong.language.linting.authority import authority_of, rank_of
from wolong.language.linting.kept import Kept, shared
from wolong.language.linting.naming import Thing, names_of, things_of
from wolong.language.linting.registry import Shelf
from wolong.language.linting.spans import Span, span_of
from wolong.language.modals import BINDING
from wolong.language.patterns import lazy
from wolong.language.tree import Document, Measure, Place, Requirement
from wolong.language.units import dimension, sized, usual_days

# 省, 市 … go without saying: 江西 is 江西省.
_DIVISION = lazy(r"(?:省|市|自治区|壮族|回族|维吾尔|县|区)")
# 接到报修的, 自接到报修之时起: words that only tie an event to its deadline.
_JOINT = lazy(r"^[自从在当]+|[之的时前后起,]+$")
# 满溢时 is a case; 2 小时, 24 学时 and 及时 are none.
_LEADING = lazy(r"([^,。;]{2,40}(?:的|(?<![小学课及])时|期间)),")

Key = tuple[str, str, str]
Case = Span | str | None
Allowed = tuple[Decimal | None, bool, Decimal | None, bool]


@dataclass(frozen=True)
class Bound:
    """One bound of one standard, ready to be laid beside others on the same thing."""

    document: Document
    clause: str
    requirement: Requirement
    measure: Measure
    thing: Thing

    @cached_property
    def condition(self) -> str | None:
        """As measured, else what the sentence begins with: 所在地规定按季度清洗的，……; of an event only what narrows it."""
        measure = self.measure
        told = measure.condition or self.requirement.condition
        if measure.event and told and measure.event in told:
            return _JOINT.sub("", told.replace(measure.event, "", 1)) or None
        match = _LEADING.match(fold(self.requirement.sentence)) if measure.condition is None else None
        if match is None or (measure.event and measure.event in match[1]):
            return measure.condition
        return match[1]

    @cached_property
    def case(self) -> Case:
        """The condition as it is laid beside others: as a span where it is one, else as written."""
        return (self.condition and span_of(self.condition)) or self.condition

    @cached_property
    def key(self) -> Key:
        return self.measure.kind, self.thing.name, dimension_of(self.measure)

    @cached_property
    def rank(self) -> int:
        return rank_of(self.document)

    @property
    def authority(self) -> str:
        return authority_of(self.document)

    @cached_property
    def allowed(self) -> Allowed | None:
        """What the measure allows, in the first unit of its dimension."""
        return allowed(self.measure)

    @cached_property
    def says(self) -> Hashable:
        """What is said: two bounds that say the same never contradict."""
        measure = self.measure
        return (self.allowed or (measure.low, measure.high, measure.unit), self.case)

    @cached_property
    def shape(self) -> Hashable:
        """Bounds of one shape differ in nothing but their numbers."""
        measure = self.measure
        sides = (measure.low is None, measure.high is None)
        return (self.rank, _ground(self.document), self.thing.filters, self.thing.is_wide, sides)

    @property
    def name(self) -> str:
        """Standard and clause, as people cite them."""
        return f"{self.document.number or self.document.file} 第 {self.clause} 条"

    @property
    def place(self) -> Place:
        message = f"{self.name}：{self.requirement.sentence}"
        return Place(self.document.file, self.requirement.line, self.requirement.column, self.clause, message)


Names = Mapping[str, str]
Strictest = dict[Case, list[Bound]]
Best = dict[Hashable, tuple[Decimal, bool, Bound]]


@dataclass(frozen=True)
class OwnBounds:
    """The bounds of one document, as others ask for them: by kind, thing and dimension, and limits with a unit by thing."""

    bounds: Sequence[Bound]
    by_key: Mapping[Key, Sequence[Bound]]
    by_name: Mapping[str, Sequence[Bound]]


def _own_bounds(document: Document, names: Names) -> OwnBounds:
    bounds = tuple(_read(document, names))
    by_key: dict[Key, list[Bound]] = {}
    by_name: dict[str, list[Bound]] = {}
    for bound in bounds:
        by_key.setdefault(bound.key, []).append(bound)
        if bound.measure.kind == "limit" and bound.measure.unit:
            by_name.setdefault(bound.thing.name, []).append(bound)
    return OwnBounds(bounds, by_key, by_name)


def _read(document: Document, names: Names) -> Iterator[Bound]:
    for clause in document.clauses:
        for requirement in clause.requirements:
            if requirement.modality in BINDING:
                for measure in requirement.measures:
                    for thing in dict.fromkeys(things_of(requirement, measure, names)):
                        yield Bound(document, clause.number, requirement, measure, thing)


_OWN = Kept(_own_bounds)


@dataclass(frozen=True)
class Laid:
    """The bounds of the judged documents beside those of all current ones.

    `strictest` holds the keys that several bounds share; `first` the limit with a unit that the highest authority sets a thing.
    """

    own: Mapping[int, Sequence[Bound]]
    strictest: Mapping[Key, Strictest]
    first: Mapping[str, Bound]


def laid_on(shelf: Shelf) -> Laid:
    """Laid once for a shelf, at the first question."""
    if "bounds" not in shelf.memo:
        shelf.memo["bounds"] = _laid(shelf)
    laid: Laid = shelf.memo["bounds"]
    return laid


def _laid(shelf: Shelf) -> Laid:
    made = _OWN.of(shelf.current, names_of(shelf.current, shelf.synonyms))
    judged = set(map(id, shelf.judged))
    asked = [one for document, one in made if id(document) in judged]
    by_key = shared([one.by_key for _, one in made], [one.by_key for one in asked])
    by_name = shared([one.by_name for _, one in made], [one.by_name for one in asked])
    strictest: dict[Key, Strictest] = {}
    for key, several in by_key.items():
        bounds = [bound for own_bounds in several for bound in own_bounds]
        if len(bounds) > 1:
            strictest[key] = _strictest(bounds)
    own_bounds = {
        id(document): [bound for bound in one.bounds if not bound.thing.is_above]
        for document, one in made
        if id(document) in judged
    }
    above = {
        name: [one for own in several for one in own if not one.thing.is_below] for name, several in by_name.items()
    }
    first = {name: min(bounds, key=lambda one: one.rank) for name, bounds in above.items() if bounds}
    return Laid(own_bounds, strictest, first)


def same_clause(one: Bound, other: Bound) -> bool:
    return one.document is other.document and one.clause == other.clause


_ANY = "\0"  # no text holds it, so no condition is called so


def _strictest(bounds: Sequence[Bound]) -> Strictest:
    """By case, the highest floor and the lowest ceiling of each authority, 地域 and shape: whoever breaks one breaks these.

    What holds always stands under every case, and under no case what holds under any; highest authority first.
    So a bound is compared with a few others however many standards speak of the same thing.
    """
    best: dict[Case, Best] = {case: {} for case in (_ANY, *(bound.case for bound in bounds))}
    for bound in bounds:
        if bound.thing.is_below:
            continue
        for side, value, is_strict in _sides(bound):
            key = (bound.shape, side)
            for case in (bound.case, _ANY):
                known = best[case]
                if key not in known or (value, is_strict) > known[key][:2]:
                    known[key] = (value, is_strict, bound)
    always = [one for _, _, one in best.get(None, {}).values()]
    found = best | _covering(best) | {None: best[_ANY]}
    return {case: _ranked([*(one for _, _, one in known.values()), *always]) for case, known in found.items()}


def _covering(best: Mapping[Case, Best]) -> dict[Case, Best]:
    """What is said of each span, and of those that cover it where nothing nearer says otherwise: special beats general."""
    sides: dict[Hashable, list[Span]] = {}
    for case in best:
        if isinstance(case, Span):
            sides.setdefault(case.side, []).append(case)
    found: dict[Case, Best] = {}
    for spans in sides.values():
        nearest: Best = {}
        for span in sorted(spans, key=lambda one: one.extent, reverse=True):
            nearest = nearest | best[span]
            found[span] = nearest
    return found


def _ranked(bounds: Sequence[Bound]) -> list[Bound]:
    return sorted({id(bound): bound for bound in bounds}.values(), key=lambda bound: bound.rank)


def _sides(bound: Bound) -> Iterator[tuple[str, Decimal, bool]]:
    """Each bound as a number that is greater where it is stricter."""
    if bound.allowed is not None:
        low, low_open, high, high_open = bound.allowed
        if low is not None:
            yield "low", low, low_open
        if high is not None:
            yield "high", -high, high_open


def dimension_of(measure: Measure) -> str:
    return "rate" if measure.kind == "frequency" else dimension(measure.unit)


def allowed(measure: Measure) -> tuple[Decimal | None, bool, Decimal | None, bool] | None:
    """The bounds in the first unit of their dimension; a frequency as times a day."""
    if measure.kind == "frequency":
        days = usual_days(measure.per.value, measure.per.unit) if measure.per else None
        if not days:  # none also by a slip: 每 0 日
            return None
        factor = 1 / days
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
    # By months and years as they usually are: a difference under 2 % is rounding.
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


def overlap(higher: Bound, lower: Bound) -> bool:
    """Whether the lower standard's case lies in the higher one's; what is said of no case meets every one."""
    one, other = higher.case, lower.case
    if isinstance(one, Span) and isinstance(other, Span):
        return one.covers(other)
    return one == other or one is None or other is None


def same_ground(one: Document, other: Document) -> bool:
    """Two places of different 地域 never conflict; a city lies in its province."""
    first, second = _ground(one), _ground(other)
    return first.startswith(second) or second.startswith(first)


def _ground(document: Document) -> str:
    return _DIVISION.sub("", document.territory) if document.territory else ""


def own(shelf: Shelf, document: Document) -> Iterator[tuple[Bound, Sequence[Bound]]]:
    """The bounds of a document, each with the strictest that is said of the same thing, highest authority first."""
    laid = laid_on(shelf)
    for bound in laid.own.get(id(document), ()):
        strictest = laid.strictest.get(bound.key)
        if strictest is not None:
            yield bound, strictest[bound.case]


def other_units(shelf: Shelf, document: Document) -> Iterator[tuple[Bound, Bound]]:
    """The limits of a document whose units can't be compared with the limit that the highest authority sets the same thing."""
    laid = laid_on(shelf)
    for bound in laid.own.get(id(document), ()):
        first = laid.first.get(bound.thing.name) if bound.measure.kind == "limit" and bound.measure.unit else None
        # One sentence that was read as two limits on one thing is a misreading, not a contradiction.
        if first and dimension_of(bound.measure) != dimension_of(first.measure) and not same_clause(bound, first):
            yield bound, first
