"""Addresses of the appraisal room."""

from django.urls import path

from wolong.loop.appraisal.views import lists, period, scheme, sheet, verbs

app_name = "appraisal"
urlpatterns = [
    path("", lists.SheetList.as_view(), name="list"),
    path("open/", period.OpenPage.as_view(), name="open"),
    path("periods/<int:pk>/", period.PeriodPage.as_view(), name="period"),
    path("periods/<int:pk>/present/", period.PresentPage.as_view(), name="present"),
    path("periods/<int:pk>/close/", period.ClosePage.as_view(), name="close"),
    path("schemes/", scheme.SchemeList.as_view(), name="schemes"),
    path("schemes/<int:pk>/", scheme.SchemePage.as_view(), name="scheme"),
    path("schemes/<int:pk>/revise/", scheme.ReviseScheme.as_view(), name="revise_scheme"),
    path("statements/<int:pk>/decide/", verbs.DecidePage.as_view(), name="decide"),
    path("<int:pk>/", sheet.SheetPage.as_view(), name="sheet"),
    path("<int:pk>/data.json", sheet.SheetData.as_view(), name="data"),
    path("<int:pk>/sheet.pdf", sheet.SheetPaper.as_view(), name="paper"),
    path("<int:pk>/state/", verbs.StatePage.as_view(), name="state"),
    path("<int:pk>/confirm/", verbs.ConfirmPage.as_view(), name="confirm"),
]
