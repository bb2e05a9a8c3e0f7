"""The duty matrix: who does what, who checks it, on how many objects, how often."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, Q

from wolong.estate.contracts.models import ServiceLine
from wolong.estate.places.models import OfficeArea
from wolong.ground.people.models import Organization
from wolong.loop.duties.models import Duty
from wolong.loop.duties.queries.supervision import Tally, shows, tallies
from wolong.norms.standards.models import Edition, Requirement


@dataclass(frozen=True, slots=True)
class Cell:
    """One doer and one checker of a 应: the line, and on how many objects."""

    doer: Organization | None
    checker: Organization | None
    line: ServiceLine | None
    objects: int


@dataclass(slots=True)
class Row:
    """One 应 with its cells, the fullest first."""

    requirement: Requirement
    tally: Tally
    cells: list[Cell] = field(default_factory=list)
    cycle_months: int | None = None
    sample_percent: Decimal | None = None
    last_checked_on: date | None = None


@dataclass(slots=True)
class Block:
    """The rows of one edition."""

    edition: Edition
    rows: list[Row] = field(default_factory=list)

    @property
    def objects(self) -> int:
        return sum(row.tally.coverage.objects for row in self.rows)

    def count(self, what: str) -> int:
        """How many of its 应 belong to the list behind a figure."""
        return sum(shows(row.tally, what) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What of the matrix is asked for: a line by name, a unit that does or checks, and the list behind a figure."""

    line: str = ""
    unit: int | None = None
    standard: int | None = None


def matrix(
    area: OfficeArea, on: date, *, narrowed: Narrowed | None = None, known: Sequence[Tally] | None = None
) -> list[Block]:
    """The 应 of an area by standard and clause; four queries more than the tallies."""
    narrowed = narrowed or Narrowed()
    found = list(known) if known is not None else tallies(area, on)
    cells, last = _cells(area, narrowed)
    wanted = {tally.requirement_id: tally for tally in found}
    if narrowed.line or narrowed.unit:
        wanted = {pk: tally for pk, tally in wanted.items() if pk in cells}
    requirements = (
        Requirement.objects.filter(pk__in=wanted)
        .select_related("clause", "edition__standard")
        .order_by("edition__standard__code", "clause__position", "ordinal")
    )
    if narrowed.standard:
        requirements = requirements.filter(edition__standard_id=narrowed.standard)
    blocks: list[Block] = []
    for requirement in requirements:
        if not blocks or blocks[-1].edition.pk != requirement.edition_id:
            blocks.append(Block(requirement.edition))
        tally = wanted[requirement.pk]
        coverage = tally.coverage
        blocks[-1].rows.append(
            Row(
                requirement,
                tally,
                cells.get(requirement.pk, []),
                coverage.cycle_months,
                coverage.sample_percent,
                last.get(requirement.pk),
            )
        )
    return blocks


def _cells(area: OfficeArea, narrowed: Narrowed) -> tuple[dict[int, list[Cell]], dict[int, date]]:
    duties = Duty.objects.filter(area=area).current().order_by()
    if narrowed.line:
        duties = duties.filter(line__name=narrowed.line)
    if narrowed.unit:
        duties = duties.filter(Q(doer_id=narrowed.unit) | Q(checker_id=narrowed.unit))
    rows = list(
        duties.values("requirement_id", "doer_id", "checker_id", "line_id").annotate(
            things=Count("pk"), last=Max("last_itemised_on")
        )
    )
    units = Organization.objects.in_bulk({row[name] for row in rows for name in ("doer_id", "checker_id")} - {None})
    lines = ServiceLine.objects.in_bulk({row["line_id"] for row in rows} - {None})
    cells: dict[int, list[Cell]] = defaultdict(list)
    last: dict[int, date] = {}
    for row in sorted(rows, key=lambda row: (-row["things"], row["doer_id"] or 0, row["checker_id"] or 0)):
        cell = Cell(units.get(row["doer_id"]), units.get(row["checker_id"]), lines.get(row["line_id"]), row["things"])
        cells[row["requirement_id"]].append(cell)
        if row["last"]:
            last[row["requirement_id"]] = max(row["last"], last.get(row["requirement_id"], row["last"]))
    return cells, last
