"""What an area demands on a day: every 应 of the adopted standards, less the excluded clauses, with its parameters."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import CharField, Q, Value

from wolong.estate.contracts.queries import lines_on
from wolong.estate.equipment.models import Equipment
from wolong.estate.equipment.queries import Register, register
from wolong.estate.places.models import OfficeArea, Place
from wolong.estate.places.queries import Directory, directory
from wolong.estate.places.states import Level
from wolong.ground.people.models import Organization
from wolong.ground.people.states import Role
from wolong.language.selectors import BadSelector, Selector, parse_selectors
from wolong.loop.duties.models import Exclusion, Parameter
from wolong.loop.duties.rules.deriving import Demand, Identity, Line, Thing, is_covered, words_for_doer
from wolong.norms.standards.models import Requirement
from wolong.norms.standards.queries import CheckCycle, check_cycle

IN_FULL = "全数"
ON_SITE = {"场所", "设备"}
WHOLE_STANDARD = ""  # a parameter without a clause number holds for every clause of the standard

RequirementRow = tuple[
    int, int, str, int, str, str, str, str, int | None, bool, Decimal | None, str
]  # as _requirement_rows selects


def read_sample(value: str) -> Decimal | None:
    """20, 20 %, 抽查 20%; 全数 is every object. Raises `ValueError` with what would be right."""
    if value.strip() == IN_FULL:
        return None
    digits = value.replace("抽查", "").strip().rstrip("%％").strip()
    try:
        return check_cycle(f"抽查 {digits}%").sample_percent
    except ValueError:
        raise ValueError("应如“20%”，或“全数”") from None


def applied(written: CheckCycle, parameters: Mapping[str, str]) -> CheckCycle:
    """The clause's own cycle with the area's parameters over it."""
    found = written
    try:
        if value := parameters.get(Parameter.Key.CYCLE):
            found = check_cycle(value)
        if value := parameters.get(Parameter.Key.SAMPLE):
            found = CheckCycle(found.months, found.is_event_driven, read_sample(value))
    except ValueError:  # a value that an older version took
        return written
    return found


@dataclass
class Adjustments:
    """What one area's profile excludes, and what it sets."""

    excluded: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Clause numbers by standard."""
    parameters: dict[tuple[int, str], dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    """By standard and clause number."""

    def over(self, standard: int, number: str) -> dict[str, str]:
        return {**self.parameters.get((standard, WHOLE_STANDARD), {}), **self.parameters.get((standard, number), {})}


def adjustments_of(areas: Collection[OfficeArea]) -> dict[int, Adjustments]:
    """Exclusions and parameters by area; one query."""
    columns = ("adoption__area_id", "adoption__standard_id", "clause_number")
    nothing = Value("", output_field=CharField())
    excluded = Exclusion.objects.filter(adoption__area__in=areas).order_by().values_list(*columns, nothing, nothing)
    given = Parameter.objects.filter(adoption__area__in=areas).order_by().values_list(*columns, "key", "value")
    found: dict[int, Adjustments] = defaultdict(Adjustments)
    for area, standard, number, key, value in given.union(excluded, all=True):
        if key:
            found[area].parameters[standard, number][key] = value
        else:
            found[area].excluded[standard].append(number)
    return found


def demands(area: OfficeArea, on: date) -> list[Demand]:
    """What the area demands on a day, in the order of the standards; two queries."""
    return demands_by_area([area], on)[area.pk]


def demands_by_area(areas: Collection[OfficeArea], on: date) -> dict[int, list[Demand]]:
    """What each area demands on a day, in the order of the standards; two queries whatever their number."""
    adjusted = adjustments_of(areas)
    found: dict[int, list[Demand]] = {area.pk: [] for area in areas}
    rows = (
        Requirement.objects.binding()
        .in_force_on(on)
        .filter(edition__standard__adoptions__area__in=areas)
        .order_by("edition__standard__code", "clause__position", "ordinal")
        .values_list(
            "pk", "edition__standard_id", "clause__number", "ordinal", "fingerprint", "selectors", "doer", "checker",
            "cycle_months", "is_event_driven", "sample_percent", "edition__standard__position",
            "edition__standard__adoptions__area_id",
        )
    )  # fmt: skip
    for row in rows:
        own = adjusted[row[12]]
        if not is_covered(row[2], own.excluded.get(row[1], [])):
            found[row[12]].append(demand_of(row[:12], own.over(row[1], row[2])))
    return found


def demand_of(row: RequirementRow, parameters: Mapping[str, str]) -> Demand:
    """One requirement with the area's parameters over it."""
    pk, standard, number, ordinal, fingerprint, selectors, doer, checker, months, is_event, sample, position = row
    cycle = applied(CheckCycle(months, is_event, sample), parameters)
    return Demand(
        requirement=pk,
        identity=Identity(standard, number, ordinal),
        fingerprint=fingerprint,
        selectors=selectors,
        doer_words=words_for_doer(parameter=parameters.get(Parameter.Key.DOER, ""), doer=doer, position=position),
        checker_word=parameters.get(Parameter.Key.CHECKER, "") or checker,
        cycle_months=cycle.months,
        is_event_driven=cycle.is_event_driven,
        sample_percent=cycle.sample_percent,
    )


class Estate:
    """The places and equipment of an area, read once, so that each selector is answered in memory.

    记录, 岗位 and 合同 stand once at the area's root place, named by the selector's last word.
    """

    def __init__(self, area: OfficeArea, on: date) -> None:
        self._directory: Directory = directory(area)
        self._register: Register = register(area, on=on)
        self._places = {
            pk: Thing(pk, None, name, path)
            for pk, name, path in Place.objects.filter(area=area).values_list("pk", "full_name", "path")
        }
        self._pieces = {
            pk: Thing(place, pk, name, path)
            for pk, place, name, path in Equipment.objects.filter(area=area).values_list(
                "pk", "place_id", "name", "place__path"
            )
        }
        root = Place.objects.filter(area=area, level=Level.AREA).values_list("pk", "path").first()
        self._root = root
        self._answers: dict[str, list[Thing]] = {}

    def things(self, selectors: str) -> list[Thing]:
        """The objects that an 对象 means here; none for an empty or unreadable one."""
        if selectors not in self._answers:
            try:
                self._answers[selectors] = self._find(parse_selectors(selectors)) if selectors else []
            except BadSelector:
                self._answers[selectors] = []
        return self._answers[selectors]

    def _find(self, selectors: tuple[Selector, ...]) -> list[Thing]:
        found = [self._places[pk] for pk in self._directory.matching(selectors)]
        found += [self._pieces[pk] for pk in self._register.matching(selectors)]
        words = [
            selector.path[-1] if selector.path else selector.kind
            for selector in selectors
            if selector.kind not in ON_SITE
        ]
        if words and self._root is not None:
            pk, path = self._root
            label = "、".join(dict.fromkeys(words))
            found = [
                Thing(pk, None, label, path),
                *(thing for thing in found if (thing.place, thing.equipment) != (pk, None)),
            ]
        return found


def lines_of(area: OfficeArea, on: date) -> list[Line]:
    return [
        Line(line.pk, line.name, line.performer_id, line.supervisor_id, line.root.path if line.root else "")
        for line in lines_on(area, on)
    ]


def units_of(area: OfficeArea) -> dict[str, int]:
    """Whom a name in 责任 or 监督 may mean: the centre, its sections, and 中心负责人 for the centre itself."""
    centre = area.centre
    found: dict[str, int] = {}
    rows = Organization.objects.filter(Q(pk=centre.pk) | Q(path__startswith=centre.path or "?"))
    for pk, name, short in rows.order_by("path").values_list("pk", "name", "short_name"):
        found.setdefault(name, pk)
        if short:
            found.setdefault(short, pk)
    found.setdefault(str(Role.CENTRE_HEAD.label), centre.pk)
    found.setdefault("服务中心", centre.pk)
    return found
