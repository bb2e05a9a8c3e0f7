"""Addresses of the fieldwork room."""

from django.urls import path

from wolong.loop.fieldwork.views import desk, items, scanning, submitting, walking

app_name = "fieldwork"
urlpatterns = [
    path("", desk.RoundList.as_view(), name="list"),
    path("today/", walking.TodayPage.as_view(), name="today"),
    path("scan/", scanning.ScanPage.as_view(), name="scan"),
    path("visits/<int:pk>/", desk.VisitPage.as_view(), name="visit"),
    path("<int:pk>/", walking.RoundPage.as_view(), name="round"),
    path("<int:pk>/place/<int:place>/", walking.PlacePage.as_view(), name="place"),
    path("<int:pk>/item/<int:item>/", items.ItemPage.as_view(), name="item"),
    path("<int:pk>/item/<int:item>/judge/", items.JudgePart.as_view(), name="judge"),
    path("<int:pk>/submit/", submitting.SubmitPage.as_view(), name="submit"),
    path("<int:pk>/record.pdf", desk.RecordPdf.as_view(), name="record"),
]
