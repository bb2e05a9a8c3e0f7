"""The figures of a report as its page and its papers show them: totals with their lists, charts of one question each."""

from calendar import monthrange
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from wolong.ground.pages.dates import long_day
from wolong.loop.analysis import queries
from wolong.loop.analysis.models import Report
from wolong.loop.analysis.rules.halves import sentences

SHOWN_CLAUSES = 8


def report_context(report: Report) -> dict[str, Any]:
    """The figures with bars, their sentences, and what came of the last report."""
    figures = report.figures
    findings = f"{reverse('findings:list')}?tab=all&area={report.area_id}"
    earlier = queries.before(report)
    return {
        "figures": figures,
        "totals": _totals(report),
        "sentences": list(sentences(figures, figures["before"])),
        "charts": _charts(figures),
        "trend": [(row["month"][5:].lstrip("0") + _("月"), row["count"]) for row in figures["by_month"]],
        "hours_rows": [
            {
                **row,
                "each": round(row["hours"] / row["findings"], 1) if row["findings"] else None,
                "url": f"{figures['url']}&line={quote(row['name'])}" if row["findings"] else "",
            }
            for row in figures.get("hours_by_line", [])
        ],
        "months": [
            (row["month"], row["count"], f"{findings}&found_after={row['month']}-01&found_before={_last(row['month'])}")
            for row in figures["by_month"]
        ],
        "rounds_url": _rounds(report),
        "earlier": earlier,
        "came": queries.acts_of(earlier) if earlier is not None else [],
    }


def who_commented(report: Report) -> str:
    """Whose words the comment is, and since when; empty without one."""
    entry = queries.last_comment(report) if report.comment else None
    return f"{entry.actor_name} {long_day(entry.at)}" if entry is not None else ""


def _last(month: str) -> str:
    """The last day of 2026-11 as 2026-11-30."""
    year, number = (int(part) for part in month.split("-"))
    return f"{month}-{monthrange(year, number)[1]}"


def _rounds(report: Report) -> str:
    """The rounds of the half-year: what was looked at, and for how long."""
    return f"{reverse('fieldwork:list')}?tab=done&area={report.area_id}&due_after={report.first_on}&due_before={report.last_on}"


def _totals(report: Report) -> list[tuple[Any, Any, str]]:
    figures = report.figures
    totals, base, days = figures["totals"], figures["url"], figures["totals"]["median_days"]
    span = f"area={report.area_id}&issued_after={report.first_on}&issued_before={report.last_on}"
    departed = figures.get("deviations", {"held": 0, "url": ""})
    rounds, late = _rounds(report), f"{reverse('rectification:list')}?tab=late&{span}"
    return [
        (_("问题"), totals["findings"], base),
        (_("已闭环"), totals["closed"], f"{base}&stage=closed"),
        (_("A 级"), totals["grave"], f"{base}&severity=A"),
        (_("重复"), totals["repeats"], f"{base}&repeated=yes"),
        (_("逾期未改"), totals["overdue"], late),
        (_("闭环天数（中位）"), "—" if days is None else days, f"{base}&stage=closed"),
        (_("偏离"), departed["held"], departed["url"]),
        (_("检查项次"), totals["checks"], rounds),
        (_("巡查小时"), figures["hours"], rounds),
    ]


def _charts(figures: Any) -> list[dict[str, Any]]:
    """One question each; bars from zero with their figures, each a link to its list."""
    asked = (
        (_("哪些条款最常不合格？"), [
            {"name": f"{row['label']} {row['sentence']}", "count": row["count"], "url": row["url"],
             "to_verify": row.get("to_verify", False)}
            for row in figures["by_clause"][:SHOWN_CLAUSES]
        ]),
        (_("哪项服务问题多？"), figures["by_line"]),
        (_("哪个系统的设备问题多？"), figures.get("by_system", [])),
        (_("哪家单位问题多？"), figures["by_company"]),
        (_("哪里问题多？"), figures["by_place"]),
        (_("问题多少天闭环？"), [
            {**row, "url": f"{figures['url']}&stage=closed"}
            for row in (figures.get("by_days", []) if figures["totals"]["closed"] else [])
        ]),
    )  # fmt: skip
    return [{"title": title, "rows": _with_bars(rows)} for title, rows in asked if rows]


def _with_bars(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    most = max(row["count"] for row in rows)
    return [{**row, "width": f"{100 * row['count'] / most:.1f}%"} for row in rows]
