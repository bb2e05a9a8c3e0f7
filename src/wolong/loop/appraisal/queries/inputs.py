"""Everything that a score is computed from, by value: what is frozen when a sheet is presented."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from psycopg.types.range import DateRange

from wolong.estate.contracts.models import Contract, ServiceLine, Term
from wolong.estate.contracts.states import TermKind
from wolong.estate.places.models import OfficeArea
from wolong.ground.people.models import Organization
from wolong.loop.appraisal.models import Scheme, Sheet, Statement
from wolong.loop.appraisal.rules.money import months_within
from wolong.loop.appraisal.rules.scheme import Chapter, plain, stretched
from wolong.loop.appraisal.rules.scoring import FORMAT
from wolong.loop.appraisal.states import StatementState
from wolong.loop.duties.queries import deviations_within
from wolong.loop.duties.states import CheckMode
from wolong.loop.fieldwork.models import Observation, Visit
from wolong.loop.fieldwork.states import Verdict, VisitState
from wolong.loop.findings.models import Finding
from wolong.loop.findings.queries import midnight
from wolong.loop.findings.states import OPEN_STAGES, Stage
from wolong.norms.standards.states import Severity

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scored:
    """What is scored, from day to day: a sheet's quarter, or a month of it as an interim."""

    area: OfficeArea
    unit: Organization
    contract: Contract | None
    scheme: Scheme
    first: date
    last: date
    name: str
    left_out: dict[int, str]

    @classmethod
    def quarter(cls, sheet: Sheet) -> "Scored":
        period = sheet.period
        return cls.days(sheet, first=period.first_on, last=period.last_on, name=str(period))

    @classmethod
    def days(cls, sheet: Sheet, *, first: date, last: date, name: str) -> "Scored":
        upheld = Statement.objects.filter(sheet=sheet, state=StatementState.UPHELD, finding__isnull=False)
        left_out = dict(upheld.order_by().values_list("finding_id", "reply"))
        return cls(sheet.period.area, sheet.unit, sheet.contract, sheet.scheme, first, last, name, left_out)


def inputs_of(scored: Scored) -> Json:
    """The inputs in the documented format: scheme, checks and findings by chapter, grave findings, fees. Six queries."""
    lines = _lines(scored)
    by_chapter: dict[str, list[ServiceLine]] = defaultdict(list)
    table = scored.scheme.content
    for line in lines:
        if chapter := _chapter_of(line, table.chapters):
            by_chapter[chapter.name].append(line)
    held = [chapter for chapter in table.chapters if chapter.name in by_chapter]
    weights = stretched([chapter.weight for chapter in held])
    checks, findings = _checks(scored, lines), _findings(scored, lines)
    return {
        "format": FORMAT,
        "area": scored.area.name,
        "unit": scored.unit.name,
        "contract": scored.contract.number if scored.contract else None,
        "period": {"name": scored.name, "first": scored.first.isoformat(), "last": scored.last.isoformat()},
        "scheme": {"name": str(scored.scheme), **scored.scheme.table},
        "chapters": [
            {
                "name": chapter.name,
                "weight": plain(weight),
                "lines": [line.name for line in by_chapter[chapter.name]],
                "itemised": sum(checks[line.pk, CheckMode.ITEMISED] for line in by_chapter[chapter.name]),
                "overall": sum(checks[line.pk, CheckMode.OVERALL] for line in by_chapter[chapter.name]),
                "findings": [
                    one
                    for line in by_chapter[chapter.name]
                    for one in findings[line.pk]
                ],
            }
            for chapter, weight in zip(held, weights, strict=True)
        ],
        "not_contracted": [chapter.name for chapter in table.chapters if chapter.name not in by_chapter],
        "other_parts": {},
        "deviations": _deviations(scored, lines),
        "grave": _grave(scored, lines),
        "payment": _payment(scored, lines),
    }  # fmt: skip


def open_visits(scored: Scored) -> int:
    """Rounds of the area in these days that were begun and not submitted: what they saw is not counted yet."""
    begun = Visit.objects.filter(round__plan__area=scored.area, state=VisitState.UNDER_WAY)
    return begun.filter(started_at__gte=midnight(scored.first), started_at__lt=_after(scored.last)).count()


def _after(day: date) -> Any:
    return midnight(day + timedelta(days=1))


def _lines(scored: Scored) -> list[ServiceLine]:
    days = DateRange(scored.first, scored.last, "[]")
    rows = ServiceLine.objects.filter(area=scored.area, valid__overlap=days)
    own = Q(contract=None, performer=scored.unit)
    rows = rows.filter(Q(contract=scored.contract) if scored.contract is not None else own)
    return list(rows.order_by("name", "pk"))


def _chapter_of(line: ServiceLine, chapters: Iterable[Chapter]) -> Chapter | None:
    return next((chapter for chapter in chapters if line.name in chapter.lines), None)


def _checks(scored: Scored, lines: Iterable[ServiceLine]) -> dict[tuple[int, str], int]:
    """How often each line was looked at, by mode: what is 不适用 or 因故未检 was not looked at, 自查 is the doer's own."""
    rows = Observation.objects.filter(
        item__duty__line__in=[line.pk for line in lines],
        visit__state=VisitState.SUBMITTED,
        observed_at__gte=midnight(scored.first),
        observed_at__lt=_after(scored.last),
        verdict__in=(Verdict.CONFORMS, Verdict.FAILS),
        mode__in=(CheckMode.ITEMISED, CheckMode.OVERALL),
    )
    counted: dict[tuple[int, str], int] = defaultdict(int)
    grouped = rows.order_by().values_list("item__duty__line", "mode").annotate(count=Count("pk"))
    counted.update({(line, mode): count for line, mode, count in grouped})
    return counted


def _of_lines(lines: Iterable[ServiceLine]) -> QuerySet[Finding]:
    rows = Finding.objects.filter(line__in=[line.pk for line in lines]).exclude(stage=Stage.WITHDRAWN)
    return rows.exclude(severity=Severity.O)


def _findings(scored: Scored, lines: Iterable[ServiceLine]) -> dict[int, list[Json]]:
    """Findings of the days by line, in the order they were found; a withdrawn one, and an observation (O), is not there."""
    rows = _of_lines(lines).filter(found_at__gte=midnight(scored.first), found_at__lt=_after(scored.last))
    columns = (
        "pk", "number", "title", "severity", "points", "found_at", "repeat_of", "line", "clause_label",
        "requirement__ordinal", "requirement__points_per", "requirement__points_cap",
        "requirement__clause__number", "requirement__edition__standard__code",
    )  # fmt: skip
    found: dict[int, list[Json]] = defaultdict(list)
    for row in rows.order_by("found_at", "pk").values(*columns):
        cap = row["requirement__points_cap"]
        found[row["line"]].append(
            {
                "id": row["pk"],
                "number": row["number"],
                "title": row["title"],
                "clause": f"{row['requirement__edition__standard__code']} {row['requirement__clause__number']}",
                "label": row["clause_label"],
                "ordinal": row["requirement__ordinal"],
                "severity": row["severity"],
                "points": plain(row["points"]),
                "per": row["requirement__points_per"],
                "cap": plain(cap) if cap is not None else None,
                "repeat": row["repeat_of"] is not None,
                "found_on": timezone.localtime(row["found_at"]).date().isoformat(),
                "left_out": scored.left_out.get(row["pk"]),
            }
        )
    return found


def _grave(scored: Scored, lines: Iterable[ServiceLine]) -> list[Json]:
    """Findings of grade A that are still open on these days' last, whenever found, or repeated within them."""
    rows = _of_lines(lines).filter(severity=Severity.A, found_at__lt=_after(scored.last))
    rows = rows.filter(
        Q(stage__in=OPEN_STAGES) | Q(repeat_of__isnull=False, found_at__gte=midnight(scored.first))
    ).exclude(pk__in=scored.left_out)
    return [
        {"id": pk, "number": number, "title": title, "why": "open" if stage in OPEN_STAGES else "repeated"}
        for pk, number, title, stage in rows.order_by("pk").values_list("pk", "number", "title", "stage")
    ]


def _deviations(scored: Scored, lines: Iterable[ServiceLine]) -> list[Json]:
    """What needed not be kept on some of these days: it takes no points, and is said beside the sum."""
    held = deviations_within(first=scored.first, last=scored.last).filter(duty__line__in=[line.pk for line in lines])
    noted = Count(
        "findings",
        filter=Q(findings__found_at__gte=midnight(scored.first), findings__found_at__lt=_after(scored.last)),
    )
    columns = (
        "pk", "number", "duty__object_label", "duty__requirement__clause__number",
        "duty__requirement__edition__standard__code", "valid", "noted",
    )  # fmt: skip
    return [
        {
            "id": pk,
            "number": number,
            "object": label,
            "clause": f"{code} {clause}",
            "since": valid.lower.isoformat(),
            "until": (valid.upper - timedelta(days=1)).isoformat(),
            "noted": count,
        }
        for pk, number, label, clause, code, valid, count in held.annotate(noted=noted)
        .order_by("pk")
        .values_list(*columns)
    ]


def _payment(scored: Scored, lines: Iterable[ServiceLine]) -> Json | None:
    """The term that binds payment to the score, and each line's fee; None for a unit of one's own or without such a term."""
    if scored.contract is None:
        return None
    term = Term.objects.filter(contract=scored.contract, kind=TermKind.PAYMENT).order_by("pk").first()
    if term is None:
        return None
    fees, without = [], []
    for line in lines:
        if line.monthly_fee_yuan is None:
            without.append(line.name)
            continue
        until = line.valid.upper - timedelta(days=1) if line.valid.upper else None
        months = months_within(first=scored.first, last=scored.last, since=line.valid.lower, until=until)
        fees.append({"line": line.name, "monthly_yuan": f"{line.monthly_fee_yuan:f}", "months": plain(months)})
    return {"term": term.number, "fees": fees, "without_fee": without} if fees else None
