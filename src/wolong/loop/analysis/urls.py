"""Addresses of the analysis room."""

from django.urls import path

from wolong.loop.analysis.views import papers, report, verbs

app_name = "analysis"
urlpatterns = [
    path("", report.ReportList.as_view(), name="list"),
    path("make/", verbs.MakePage.as_view(), name="make"),
    path("<int:pk>/", report.ReportPage.as_view(), name="report"),
    path("<int:pk>/report.pdf", papers.ReportPaper.as_view(), name="paper"),
    path("<int:pk>/report.docx", papers.ReportWord.as_view(), name="word"),
    path("<int:pk>/compute/", verbs.ComputePage.as_view(), name="compute"),
    path("<int:pk>/comment/", verbs.CommentPage.as_view(), name="comment"),
    path("<int:pk>/issue/", verbs.IssuePage.as_view(), name="issue"),
    path("problems/<int:pk>/why/", verbs.WhyPage.as_view(), name="why"),
    path("problems/<int:pk>/order/", verbs.OrderPage.as_view(), name="order"),
    path("problems/<int:pk>/propose/", verbs.ProposePage.as_view(), name="propose"),
]
