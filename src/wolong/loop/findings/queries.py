"""What is asked of findings."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, TypedDict

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from wolong.estate.places.models import OfficeArea
from wolong.ground.people.access import Scope
from wolong.ground.questions import Counting, asked
from wolong.language.tree import Measure
from wolong.loop.fieldwork.models import Observation
from wolong.loop.findings.models import Finding
from wolong.loop.findings.rules import pretty_unit
from wolong.loop.findings.rules import with_unit as reading_words
from wolong.loop.findings.states import OPEN_STAGES, Stage
from wolong.norms.standards.models import Requirement

__all__ = [
    "FailedClause",
    "OpenLine",
    "due_this_week",
    "for_page",
    "is_open",
    "limit_of",
    "measure_of",
    "midnight",
    "most_failed_clauses",
    "open_by_area",
    "open_by_line",
    "open_findings",
    "pretty_unit",
    "reading_words",
    "requirement_of",
    "visible_to",
    "with_case",
]


REQUIREMENTS = Requirement.objects.select_related("clause__edition__standard").defer("clause__edition__text")
OBSERVATIONS = Observation.objects.select_related("item__round")


class OpenLine(TypedDict):
    """One service line with its open findings by severity; `by_severity` None: nobody checked it."""

    line: str
    by_severity: dict[str, int]
    total: int


class FailedClause(TypedDict):
    """A clause with how often it failed since a day, over all its editions."""

    count: int
    standard_id: int
    clause_number: str
    clause_label: str
    requirement_id: int
    sentence: str
    is_to_verify: bool
    clause_id: int


def visible_to(scope: Scope) -> Q:
    """The bureau sees the findings of its areas, a company its own and nothing else."""
    return scope.visible(centre="area__centre", unit="responsible")


def is_open() -> Q:
    return Q(stage__in=OPEN_STAGES)


def due_this_week(today: date) -> Q:
    """Open and due by Sunday, the late ones among them."""
    return is_open() & Q(due_on__lte=today + timedelta(days=6 - today.weekday()))


def for_page(pk: int, where: Q) -> Finding | None:
    """A finding with everything that its page shows; clause and check are asked apart, as for many."""
    finding: Finding | None = next(iter(asked(_page, pk, where)), None)
    if finding is not None:
        finding.requirement = requirement_of(finding)
        (finding.observation,) = asked(_observation, finding.observation_id)
    return finding


def _page(pk: int, where: Q) -> QuerySet[Finding]:
    related = (
        "area__centre", "place", "equipment", "line", "responsible", "supervisor", "found_by", "withdrawn_by",
        "repeat_of", "duty", "deviation",
    )  # fmt: skip
    return Finding.objects.select_related(*related).filter(where, pk=pk)


def requirement_of(finding: Finding) -> Requirement:
    """What the finding failed, with its clause, edition and standard."""
    (found,) = asked(_requirement, finding.requirement_id)
    return found  # type: ignore[no-any-return]


def _requirement(pk: int) -> QuerySet[Requirement]:
    return REQUIREMENTS.filter(pk=pk)


def _observation(pk: int) -> QuerySet[Observation]:
    return OBSERVATIONS.filter(pk=pk)


def with_case(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    """Findings with their clause and check, asked apart: planning one join of twenty tables takes longer than three of seven."""
    return rows.prefetch_related(Prefetch("requirement", REQUIREMENTS), Prefetch("observation", OBSERVATIONS))


def _measure(requirement: Requirement, observation: Observation) -> Measure | None:
    if observation.value is None:
        return None
    index = observation.measure_index or 0
    return Measure.from_json(requirement.measures[index]) if index < len(requirement.measures) else None


def measure_of(observation: Observation) -> Measure | None:
    """The measure that a reading was judged by; None where nothing was measured."""
    return _measure(observation.item.requirement, observation)


def limit_of(finding: Finding) -> Measure | None:
    """The measure that the finding's reading breached; None where nothing was measured."""
    return _measure(finding.requirement, finding.observation)


def open_findings(scope: Scope) -> Counting:
    return Counting(_open, (visible_to(scope),))


def _open(where: Q) -> QuerySet[Finding]:
    return Finding.objects.filter(where, is_open())


def open_by_line(area: OfficeArea, scope: Scope) -> list[OpenLine]:
    """Open findings of each service line by severity (未闭环问题在哪条线?), most first; one query."""
    rows = Finding.objects.filter(visible_to(scope), is_open(), area=area).order_by()
    found: dict[str, OpenLine] = {}
    for name, severity, count in rows.values_list("line__name", "severity").annotate(count=Count("pk")):
        line = found.setdefault(name or "", OpenLine(line=name or "", by_severity={}, total=0))
        line["by_severity"][severity] = line["by_severity"].get(severity, 0) + count
        line["total"] += count
    return sorted(found.values(), key=lambda line: (-line["total"], line["line"]))


def open_by_area(areas: Iterable[OfficeArea]) -> list[tuple[OfficeArea, int]]:
    """Each area with its open findings; one query."""
    known = list(areas)
    rows = Finding.objects.filter(is_open(), area__in=known).order_by().values_list("area")
    counts = dict(rows.annotate(count=Count("pk")))
    return [(area, counts.get(area.pk, 0)) for area in known]


def most_failed_clauses(area: OfficeArea, *, since: date, scope: Scope, limit: int = 4) -> list[FailedClause]:
    """Which clauses fail most since a day, over all editions; the sentence is that of the latest. One query."""
    rows = Finding.objects.filter(visible_to(scope), area=area, found_at__gte=midnight(since))
    columns = (
        "requirement", "requirement__clause", "requirement__clause__number", "requirement__edition__standard",
        "requirement__edition__standard__code", "requirement__sentence", "requirement__is_to_verify",
    )  # fmt: skip
    counted = rows.exclude(stage=Stage.WITHDRAWN).order_by().values(*columns).annotate(count=Count("pk"))
    by_clause: dict[tuple[int, str], list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(counted, key=lambda row: row["requirement"]):
        by_clause[row["requirement__edition__standard"], row["requirement__clause__number"]].append(row)
    failed = [(sum(one["count"] for one in group), group[-1]) for group in by_clause.values()]
    failed.sort(key=lambda pair: (-pair[0], -pair[1]["requirement"]))
    return [_failed(count, row) for count, row in failed[:limit]]


def midnight(day: date) -> datetime:
    """The beginning of a day where the offices stand: what an index on moments can be asked."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())


def _failed(count: int, row: dict[str, Any]) -> FailedClause:
    number = row["requirement__clause__number"]
    return FailedClause(
        count=count,
        standard_id=row["requirement__edition__standard"],
        clause_number=number,
        clause_label=f"{row['requirement__edition__standard__code'].rsplit(' ', 1)[-1]} {number}",
        requirement_id=row["requirement"],
        sentence=row["requirement__sentence"],
        is_to_verify=row["requirement__is_to_verify"],
        clause_id=row["requirement__clause"],
    )
