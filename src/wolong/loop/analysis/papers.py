"""半年分析报告 as A4: what came of the last one, the figures in sentences and tables, why, and what is done."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.pages.dates import paper_day
from wolong.ground.papers.documents import render_pdf
from wolong.loop.analysis.models import Problem, Report


def report_pdf(
    report: Report, context: dict[str, Any], problems: list[Problem], *, link: str, printed_by: str
) -> bytes:
    """The PDF of a report; `link` becomes the QR code back to it."""
    data = {
        "number": f"{report.first_on:%Y}-{report.pk}",
        "unit": report.area.centre.name,
        "printed": f"{timezone.localtime():%Y-%m-%d %H:%M} {printed_by}",
        "link": link,
        "area": report.area.name,
        "half": str(report),
        "issued": f"{report.issued_by.name} {paper_day(report.issued_at)}" if report.issued_by else "",
        "sentences": context["sentences"],
        "totals": [[str(label), str(value)] for label, value, _url in context["totals"]],
        "charts": [
            {"title": one["title"], "rows": [[row["name"], row["count"]] for row in one["rows"]]}
            for one in context["charts"]
        ],
        "came": [_act(one) for one in context["came"]],
        "problems": [_act(one) for one in problems],
        "comment": report.comment,
    }
    return render_pdf("analysis/report.typ", data, link=link)


def _act(problem: Problem) -> dict[str, Any]:
    """A problem, why, and its act with how far it has come."""
    act = _("还没有")
    if problem.order is not None:
        act = f"{problem.order.number} {problem.order.owner}，{problem.order.get_state_display()}"
    elif problem.proposal is not None:
        act = _("修订提案，%(state)s") % {"state": problem.proposal.get_state_display()}
    why = f"{problem.get_why_display()}：{problem.remark}" if problem.why else _("还没有回答")
    return {"label": problem.label, "sentence": problem.sentence, "failures": problem.failures, "why": why, "act": act}
