"""Everything that a score is computed from, by value: what is frozen when a sheet is presented."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from wolong.estate.contracts.models import Contract, ServiceLine, Term
from wolong.estate.contracts.states import TermKind
from wolong.estate.places.models import OfficeArea
from wolong.ground.people.models import Organization
from wolong.ground.questions import asked
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
        left_out = dict(asked(_upheld, sheet.pk))
        return cls(sheet.period.area, sheet.unit, sheet.contract, sheet.scheme, first, last, name, left_out)


def _upheld(sheet: int) -> QuerySet[Any, Any]:
    upheld = Statement.objects.filter(sheet_id=sheet, state=StatementState.UPHELD, finding__isnull=False)
    return upheld.order_by().values_list("finding_id", "reply")


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
    unit, contract = scored.unit.pk, scored.contract
    build, whose = (_own_lines, unit) if contract is None else (_contract_lines, contract.pk)
    return asked(build, scored.area.pk, whose, scored.first, scored.last)


def _own_lines(area: int, unit: int, first: date, last: date) -> QuerySet[ServiceLine]:
    return _lines_within(area, first, last).filter(contract=None, performer_id=unit)


def _contract_lines(area: int, contract: int, first: date, last: date) -> QuerySet[ServiceLine]:
    return _lines_within(area, first, last).filter(contract_id=contract)


def _lines_within(area: int, first: date, last: date) -> QuerySet[ServiceLine]:
    still = Q(valid__endswith__gt=first) | Q(valid__endswith__isnull=True)
    return ServiceLine.objects.filter(still, area_id=area, valid__startswith__lte=last).order_by("name", "pk")


def _chapter_of(line: ServiceLine, chapters: Iterable[Chapter]) -> Chapter | None:
    return next((chapter for chapter in chapters if line.name in chapter.lines), None)


def _checks(scored: Scored, lines: Iterable[ServiceLine]) -> dict[tuple[int, str], int]:
    """How often each line was looked at, by mode: what is 不适用 or 因故未检 was not looked at, 自查 is the doer's own."""
    counted: dict[tuple[int, str], int] = defaultdict(int)
    grouped = asked(_looked_at, [line.pk for line in lines], midnight(scored.first), _after(scored.last))
    counted.update({(line, mode): count for line, mode, count in grouped})
    return counted


def _looked_at(lines: list[int], since: datetime, before: datetime) -> QuerySet[Any, Any]:
    rows = Observation.objects.filter(
        item__duty__line__in=lines,
        visit__state=VisitState.SUBMITTED,
        observed_at__gte=since,
        observed_at__lt=before,
        verdict__in=(Verdict.CONFORMS, Verdict.FAILS),
        mode__in=(CheckMode.ITEMISED, CheckMode.OVERALL),
    )
    return rows.order_by().values_list("item__duty__line", "mode").annotate(count=Count("pk"))  # type: ignore[no-any-return]


def _of_lines(lines: list[int]) -> QuerySet[Finding]:
    return Finding.objects.filter(line__in=lines).exclude(stage=Stage.WITHDRAWN).exclude(severity=Severity.O)


def _findings(scored: Scored, lines: Iterable[ServiceLine]) -> dict[int, list[Json]]:
    """Findings of the days by line, in the order they were found; a withdrawn one, and an observation (O), is not there."""
    rows = asked(_found_within, [line.pk for line in lines], midnight(scored.first), _after(scored.last))
    found: dict[int, list[Json]] = defaultdict(list)
    for row in rows:
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


def _found_within(lines: list[int], since: datetime, before: datetime) -> QuerySet[Any, Any]:
    rows = _of_lines(lines).filter(found_at__gte=since, found_at__lt=before).order_by("found_at", "pk")
    return rows.values(
        "pk", "number", "title", "severity", "points", "found_at", "repeat_of", "line", "clause_label",
        "requirement__ordinal", "requirement__points_per", "requirement__points_cap",
        "requirement__clause__number", "requirement__edition__standard__code",
    )  # fmt: skip


def _grave(scored: Scored, lines: Iterable[ServiceLine]) -> list[Json]:
    """Findings of grade A that are still open on these days' last, whenever found, or repeated within them."""
    rows = asked(_open_or_repeated, [line.pk for line in lines], midnight(scored.first), _after(scored.last))
    return [
        {"id": pk, "number": number, "title": title, "why": "open" if stage in OPEN_STAGES else "repeated"}
        for pk, number, title, stage in rows
        if pk not in scored.left_out
    ]


def _open_or_repeated(lines: list[int], since: datetime, before: datetime) -> QuerySet[Any, Any]:
    rows = _of_lines(lines).filter(severity=Severity.A, found_at__lt=before)
    rows = rows.filter(Q(stage__in=OPEN_STAGES) | Q(repeat_of__isnull=False, found_at__gte=since))
    return rows.order_by("pk").values_list("pk", "number", "title", "stage")


def _deviations(scored: Scored, lines: Iterable[ServiceLine]) -> list[Json]:
    """What needed not be kept on some of these days: it takes no points, and is said beside the sum."""
    days, moments = (scored.first, scored.last), (midnight(scored.first), _after(scored.last))
    rows = asked(_departed, [line.pk for line in lines], *days, *moments)
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
        for pk, number, label, clause, code, valid, count in rows
    ]


def _departed(lines: list[int], first: date, last: date, since: datetime, before: datetime) -> QuerySet[Any, Any]:
    noted = Count("findings", filter=Q(findings__found_at__gte=since, findings__found_at__lt=before))
    held = deviations_within(first=first, last=last).filter(duty__line__in=lines).annotate(noted=noted)
    return held.order_by("pk").values_list(
        "pk", "number", "duty__object_label", "duty__requirement__clause__number",
        "duty__requirement__edition__standard__code", "valid", "noted",
    )  # fmt: skip


def _payment_term(contract: int) -> QuerySet[Term]:
    return Term.objects.filter(contract_id=contract, kind=TermKind.PAYMENT).order_by("pk")[:1]


def _payment(scored: Scored, lines: Iterable[ServiceLine]) -> Json | None:
    """The term that binds payment to the score, and each line's fee; None for a unit of one's own or without such a term."""
    if scored.contract is None:
        return None
    term = next(iter(asked(_payment_term, scored.contract.pk)), None)
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
