"""Who does, who checks, and what changes between the duties that stand and those that should stand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

SECTION_IN_CHARGE = "主管科室"  # the default of 监督 (language.md 1)


class Line(NamedTuple):
    """A service line on the day; `root` is the path of the part of the area that it covers, empty for all."""

    id: int
    name: str
    performer: int
    supervisor: int | None
    root: str


class Thing(NamedTuple):
    """What a requirement applies to: a place, or a piece of equipment at a place."""

    place: int
    equipment: int | None
    label: str
    path: str


class Key(NamedTuple):
    """What there is one duty of at a time."""

    requirement: int
    place: int
    equipment: int | None


class Terms(NamedTuple):
    """What a duty says; when any of it changes, the duty ends and a new one begins."""

    line: int | None
    doer: int | None
    checker: int | None
    cycle_months: int | None
    is_event_driven: bool
    sample_percent: Decimal | None
    fingerprint: str


class Identity(NamedTuple):
    """What a requirement is over its editions: the standard, the clause number, and the which-th 应 of the clause."""

    standard: int
    clause: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class Demand:
    """A requirement with an area's parameters applied: whom it names, and how often it is checked."""

    requirement: int
    identity: Identity
    fingerprint: str
    selectors: str
    doer_words: tuple[str, ...]
    checker_word: str
    cycle_months: int | None
    is_event_driven: bool
    sample_percent: Decimal | None


def words_for_doer(*, parameter: str, doer: str, position: str) -> tuple[str, ...]:
    """The names to look for, best first: the area's own word, the execution line's, then the standard's place in the
    system from its last part upwards (服务提供/物业服务/保洁 is kept by the line 保洁)."""
    if parameter or doer:
        return (parameter or doer,)
    return tuple(part.strip() for part in reversed(position.split("/")) if part.strip())


def line_for(names: Iterable[str], path: str, lines: Mapping[str, list[Line]]) -> Line | None:
    """The service line that covers a place: of the first name that has one, the line with the narrowest root."""
    for name in names:
        covering = [line for line in lines.get(name, ()) if path.startswith(line.root)]
        if covering:
            return min(covering, key=lambda line: (-len(line.root), line.id))
    return None


def by_name(lines: Iterable[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.name].append(line)
    return dict(found)


def doer_and_checker(
    demand: Demand, path: str, *, lines: Mapping[str, list[Line]], units: Mapping[str, int]
) -> tuple[int | None, int | None, int | None]:
    """(line, doer, checker) of a demand at a place. A doer that is no service line may be a unit of the centre; nobody is
    guessed: a name that means nobody leaves a gap."""
    line = line_for(demand.doer_words, path, lines)
    doer = line.performer if line else next((units[word] for word in demand.doer_words if word in units), None)
    by_section = demand.checker_word in {"", SECTION_IN_CHARGE}
    checker = (line.supervisor if line else None) if by_section else units.get(demand.checker_word)
    return (line.id if line else None), doer, checker


@dataclass(frozen=True, slots=True)
class Standing:
    """A duty that stands: its number, first day, what it says, and what it is over editions."""

    id: int
    since: date
    label: str
    terms: Terms
    identity: Identity


class Opening(NamedTuple):
    """A duty to open: `carry_from` is the duty whose standing it takes over, `is_suspect` that its text has changed."""

    key: Key
    terms: Terms
    label: str
    carry_from: int | None
    is_suspect: bool


@dataclass(slots=True)
class Change:
    """What deriving has to do: open, end, and give another label to what stays."""

    opened: list[Opening] = field(default_factory=list)
    ended: list[Standing] = field(default_factory=list)
    relabelled: list[tuple[int, str]] = field(default_factory=list)
    kept: int = 0


def difference(
    wanted: Mapping[Key, tuple[Terms, str]],
    standing: Mapping[Key, Standing],
    identities: Mapping[int, Identity],
) -> Change:
    """What to open and end so that exactly the wanted duties stand; nothing where they stand already.

    A new duty takes over the standing of its predecessor at the same object where the fingerprint is equal (the same 应 in
    the next edition, or another doer). Where the clause kept its number but not its text, it is suspect until looked at.
    """
    change = Change()
    for key, (terms, label) in wanted.items():
        stands = standing.get(key)
        if stands is None or stands.terms != terms:
            continue
        change.kept += 1
        if stands.label != label:
            change.relabelled.append((stands.id, label))
    missing = [key for key, (terms, _label) in wanted.items() if key not in standing or standing[key].terms != terms]
    gone = {key: row for key, row in standing.items() if key not in wanted or row.terms != wanted[key][0]}
    change.ended = list(gone.values())
    if not missing:
        return change
    by_text, by_number = _predecessors(gone)
    for key in missing:
        terms, label = wanted[key]
        identity, spot = identities[key.requirement], (key.place, key.equipment)
        same = by_number.get((identity, spot))
        if same is None or same.terms.fingerprint != terms.fingerprint:
            moved = by_text.get((identity.standard, terms.fingerprint, spot))
            carried = moved
        else:
            carried = same
        is_suspect = carried is None and same is not None
        change.opened.append(Opening(key, terms, label, carried.id if carried else None, is_suspect))
    return change


Spot = tuple[int, int | None]


def _predecessors(
    gone: Mapping[Key, Standing],
) -> tuple[dict[tuple[int, str, Spot], Standing], dict[tuple[Identity, Spot], Standing]]:
    """The ended duties by text and by number, at their object."""
    by_text: dict[tuple[int, str, Spot], Standing] = {}
    by_number: dict[tuple[Identity, Spot], Standing] = {}
    for key, row in gone.items():
        spot = (key.place, key.equipment)
        by_text.setdefault((row.identity.standard, row.terms.fingerprint, spot), row)
        by_number[row.identity, spot] = row
    return by_text, by_number


def last_day_of(since: date, *, on: date) -> date:
    """Where an ended duty stops (not included). One that began on the very day has held for that day."""
    return max(on, since + timedelta(days=1))


def is_covered(clause_number: str, excluded: Iterable[str]) -> bool:
    """Whether a clause is excluded itself or stands under an excluded one (5.1 takes 5.1.2 and 5.1 a) with it)."""
    return any(clause_number == number or clause_number.startswith((f"{number}.", f"{number} ")) for number in excluded)
