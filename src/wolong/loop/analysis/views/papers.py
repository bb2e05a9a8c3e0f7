"""The report to circulate: A4 as PDF, and as Word for whoever goes on writing in it. For whom its page is."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from wolong.ground.pages.generic import SignedIn
from wolong.ground.papers.official import official_docx, official_pdf
from wolong.loop.analysis import queries
from wolong.loop.analysis.models import Report
from wolong.loop.analysis.papers import report_paper
from wolong.loop.analysis.views.figures import report_context, who_commented
from wolong.loop.analysis.views.report import ReportPage

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _paper(request: HttpRequest, report: Report) -> Any:
    context = {**report_context(report), "commented": who_commented(report)}
    return report_paper(report, context, queries.acts_of(report), printed_by=str(request.user))


class ReportPaper(SignedIn):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        report = ReportPage.visible(request, pk)
        pdf = official_pdf(_paper(request, report), link=request.build_absolute_uri(report.get_absolute_url()))
        name = f'inline; filename="analysis-{report.first_on:%Y%m}.pdf"'
        return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": name})


class ReportWord(SignedIn):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        report = ReportPage.visible(request, pk)
        docx = official_docx(_paper(request, report), link=request.build_absolute_uri(report.get_absolute_url()))
        name = f'attachment; filename="analysis-{report.first_on:%Y%m}.docx"'
        return HttpResponse(docx, content_type=DOCX, headers={"Content-Disposition": name})
