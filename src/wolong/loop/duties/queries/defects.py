"""Defects of the matrix: two doers on one object, and one unit that writes, carries out and supervises (rule 9)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.db.models import Count, F, Q

from wolong.estate.contracts.models import ServiceLine
from wolong.estate.contracts.queries import lines_on
from wolong.estate.places.models import OfficeArea
from wolong.ground.people.models import Organization
from wolong.loop.duties.models import Duty
from wolong.loop.duties.rules.roles import Roles, roles_of


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two units that perform one service at the same objects on one day: `duties` are the ones concerned."""

    service: str
    lines: tuple[ServiceLine, ServiceLine]
    where: str
    duties: int
    path: str
    line_ids: tuple[int, int]


def overlaps(area: OfficeArea, on: date) -> list[Overlap]:
    """Pairs of service lines of one name by two performers whose parts of the area overlap on a day.

    Deriving gives each object to the line with the narrower part; that there are two is shown, not settled.
    """
    by_name: dict[str, list[ServiceLine]] = defaultdict(list)
    for line in lines_on(area, on):
        by_name[line.name].append(line)
    found = []
    for name, lines in sorted(by_name.items()):
        for one, other in combinations(lines, 2):
            wide, narrow = sorted((one, other), key=lambda line: len(_root(line)))
            if one.performer_id == other.performer_id or not _root(narrow).startswith(_root(wide)):
                continue
            path = _root(narrow)
            duties = Duty.objects.filter(area=area, line__in=(one, other), place__path__startswith=path).current()
            where = narrow.root.full_name if narrow.root else area.name
            found.append(Overlap(name, (wide, narrow), where, duties.count(), path, (wide.pk, narrow.pk)))
    return [overlap for overlap in found if overlap.duties]


def _root(line: ServiceLine) -> str:
    return line.root.path if line.root else ""


@dataclass(frozen=True, slots=True)
class ThreeRoles:
    """A writer, a doer and a checker of one clause who are not apart; `duties` of `requirements` are concerned."""

    roles: Roles
    keeper: str
    doer: Organization
    checker: Organization
    requirements: int
    duties: int


def three_roles(area: OfficeArea) -> list[ThreeRoles]:
    """Where one unit carries out and supervises, or writes as well; the centre as a whole counts as one unit (rule 9)."""
    rows = (
        Duty.objects.filter(area=area, doer__isnull=False, checker__isnull=False)
        .current()
        .order_by()
        .values("doer_id", "checker_id", keeper=F("requirement__edition__keeper"))
        .annotate(duties=Count("pk"), requirements=Count("requirement", distinct=True))
    )
    found = list(rows)
    ids = {row[name] for row in found for name in ("doer_id", "checker_id")}
    keepers = {row["keeper"] for row in found if row["keeper"]}
    units = {unit.pk: unit for unit in Organization.objects.filter(Q(pk__in=ids))}
    written_by = {}
    for unit in Organization.objects.filter(Q(name__in=keepers) | Q(short_name__in=keepers)):
        written_by[unit.name] = written_by[unit.short_name] = unit.path or ""
    result = []
    for row in found:
        doer, checker = units[row["doer_id"]], units[row["checker_id"]]
        roles = roles_of(
            writer=written_by.get(row["keeper"], ""),
            doer=doer.path or "",
            checker=checker.path or "",
            centre=area.centre.path or "",
        )
        if roles is not None:
            result.append(ThreeRoles(roles, row["keeper"], doer, checker, row["requirements"], row["duties"]))
    return sorted(result, key=lambda one: (one.roles, -one.duties, one.doer.pk, one.checker.pk))
