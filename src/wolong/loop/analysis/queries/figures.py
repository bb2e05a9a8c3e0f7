"""The figures of half a year, each with the list that makes it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.translation import gettext as _

from wolong.estate.places.models import OfficeArea
from wolong.loop.analysis.queries.unseen import gap_of, omitted
from wolong.loop.analysis.rules.halves import by_days, half_before, middle
from wolong.loop.duties.queries import deviations_within
from wolong.loop.fieldwork.models import Observation
from wolong.loop.fieldwork.states import Verdict, VisitState
from wolong.loop.findings.models import Finding
from wolong.loop.findings.queries import midnight
from wolong.loop.findings.states import Stage
from wolong.loop.plans.models import CheckItem
from wolong.loop.rectification.models import Order
from wolong.loop.rectification.states import OWED_STATES
from wolong.norms.standards.models import Requirement
from wolong.norms.standards.states import Severity

Json = dict[str, Any]
MOST_ROWS = 8
MOST_PROBLEMS = 10
# A clause that failed so often, or once gravely, or again, is asked why.
OFTEN = 3
SECONDS_A_DAY = 86_400


def figures_beside(area: OfficeArea, first: date, last: date, *, today: date) -> Json:
    """The figures of a half-year, with the totals of the one before beside them."""
    begin, end = half_before(first)
    earlier = figures_of(area, begin, end, today=today)
    return {**figures_of(area, first, last, today=today), "before": {"totals": earlier["totals"]}}


def figures_of(area: OfficeArea, first: date, last: date, *, today: date) -> Json:
    """All figures of an area from day to day, by value. About fifteen queries."""
    findings = _findings(area, first, last)
    base = f"{reverse('findings:list')}?tab=all&area={area.pk}&found_after={first}&found_before={last}"
    minutes = _done_items(area, first, last).aggregate(total=Sum("minutes"))["total"] or 0
    return {
        "totals": _totals(area, findings, first, last, today=today),
        "by_clause": _by_clause(findings, base),
        "by_line": _grouped(findings, "line__name", "line__name", f"{base}&line="),
        "by_system": _grouped(findings.filter(equipment__isnull=False), "equipment__system__name", "equipment__system", f"{base}&system="),
        "by_company": _grouped(findings, "responsible__short_name", "responsible", f"{base}&responsible="),
        "by_place": _grouped(findings, "place__full_name", "place", f"{base}&place="),
        "by_month": [
            {"month": f"{month:%Y-%m}", "count": count}
            for month, count in findings.annotate(month=TruncMonth("found_at"))
            .order_by("month").values_list("month").annotate(count=Count("pk"))
        ],
        "by_days": by_days(_days_to_close(findings)),
        "gap": gap_of(area, min(last, today)),
        "omitted": omitted(area, first, last),
        "deviations": _deviations(area, findings, first, last),
        "hours": round(float(minutes) / 60, 1),
        "hours_by_line": _hours_by_line(_done_items(area, first, last), findings),
        "url": base,
    }  # fmt: skip


def _deviations(area: OfficeArea, findings: QuerySet[Finding], first: date, last: date) -> Json:
    """What needed not be kept on some of these days, and how many failures were only noted for it."""
    return {
        "held": deviations_within(first=first, last=last).filter(duty__area=area).count(),
        "noted": findings.filter(deviation__isnull=False).count(),
        "url": f"{reverse('duties:deviations')}?tab=all&area={area.pk}&held_after={first}&held_before={last}",
    }


def _hours_by_line(items: QuerySet[CheckItem], findings: QuerySet[Finding]) -> list[Json]:
    """Where the inspectors' hours went, and what they found there."""
    found = dict(findings.values_list("line__name").annotate(count=Count("pk")))
    rows = items.values_list("duty__line__name").annotate(minutes=Sum("minutes"), checks=Count("pk"))
    return [
        {
            "name": name or _("没有服务线"),
            "hours": round(float(minutes) / 60, 1),
            "checks": checks,
            "findings": found.get(name, 0),
        }
        for name, minutes, checks in sorted(rows, key=lambda row: (-row[1], row[0] or ""))
    ]


def _findings(area: OfficeArea, first: date, last: date) -> QuerySet[Finding]:
    rows = Finding.objects.filter(area=area, found_at__gte=midnight(first), found_at__lt=_after(last))
    return rows.exclude(stage=Stage.WITHDRAWN).order_by()


def _after(day: date) -> Any:
    return midnight(day + timedelta(days=1))


def _done_items(area: OfficeArea, first: date, last: date) -> QuerySet[CheckItem]:
    return CheckItem.objects.filter(
        round__area=area, observation__observed_at__gte=midnight(first), observation__observed_at__lt=_after(last)
    ).order_by()


def _totals(area: OfficeArea, findings: QuerySet[Finding], first: date, last: date, *, today: date) -> Json:
    found = findings.aggregate(
        findings=Count("pk"),
        closed=Count("pk", filter=Q(stage=Stage.CLOSED)),
        repeats=Count("pk", filter=Q(repeat_of__isnull=False)),
        grave=Count("pk", filter=Q(severity=Severity.A)),
    )
    overdue = Order.objects.filter(
        area=area, state__in=OWED_STATES, due_on__lt=today, issued_at__gte=midnight(first), issued_at__lt=_after(last)
    ).count()
    checks = Observation.objects.filter(
        item__round__area=area, visit__state=VisitState.SUBMITTED, verdict__in=(Verdict.CONFORMS, Verdict.FAILS),
        observed_at__gte=midnight(first), observed_at__lt=_after(last),
    ).count()  # fmt: skip
    return {**found, "median_days": middle(_days_to_close(findings)), "overdue": overdue, "checks": checks}


def _days_to_close(findings: QuerySet[Finding]) -> list[float]:
    spans = findings.filter(closed_at__isnull=False).values_list("found_at", "closed_at")
    return [(closed - at).total_seconds() / SECONDS_A_DAY for at, closed in spans if closed is not None]


def _by_clause(findings: QuerySet[Any], base: str) -> list[Json]:
    """Clauses over all their editions, most failures first; the sentence is that of the latest finding."""
    rows = list(
        findings.values("requirement__edition__standard", "requirement__clause__number")
        .annotate(
            count=Count("pk"),
            again=Count("pk", filter=Q(repeat_of__isnull=False)),
            grave=Count("pk", filter=Q(severity=Severity.A)),
            latest=Max("requirement"),
        )
        .order_by("-count", "-latest")
    )
    texts = Requirement.objects.select_related("clause__edition").in_bulk([row["latest"] for row in rows])
    return [_clause_row(row, texts[row["latest"]], base) for row in rows]


def _clause_row(row: Mapping[str, Any], requirement: Requirement, base: str) -> Json:
    number = row["requirement__clause__number"]
    return {
        "standard": row["requirement__edition__standard"],
        "number": number,
        "label": f"{requirement.clause.edition.number.rsplit(' ', 1)[-1].split('—')[0]} {number}",
        "sentence": requirement.sentence,
        "count": row["count"],
        "repeats": row["again"],
        "grave": row["grave"],
        "to_verify": requirement.is_to_verify,
        "url": f"{base}&clause={requirement.clause_id}",
    }


def _grouped(findings: QuerySet[Finding], name: str, key: str, base: str) -> list[Json]:
    rows = findings.values(name=F(name), key=F(key)).annotate(count=Count("pk")).order_by("-count", "name")
    return [
        {
            "name": row["name"] or "—",
            "count": row["count"],
            "url": f"{base}{quote(str(row['key']))}" if row["key"] else "",
        }
        for row in rows[:MOST_ROWS]
    ]


def problems_that_matter(figures: Json) -> list[Json]:
    """The clauses that are asked why: failed often, gravely, or again. A grave failure or a repeated one weighs as three."""
    rows = [row for row in figures["by_clause"] if row["count"] >= OFTEN or row["grave"] or row["repeats"]]
    rows.sort(key=lambda row: -(row["count"] + (OFTEN - 1) * (row["grave"] + row["repeats"])))
    return rows[:MOST_PROBLEMS]
