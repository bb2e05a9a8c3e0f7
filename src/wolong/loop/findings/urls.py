"""Addresses of the findings room."""

from django.urls import path

from wolong.loop.findings import views

app_name = "findings"
urlpatterns = [
    path("", views.FindingList.as_view(), name="list"),
    path("<int:pk>/", views.FindingPage.as_view(), name="finding"),
    path("<int:pk>/withdraw/", views.WithdrawPage.as_view(), name="withdraw"),
    path("<int:pk>/assign/", views.AssignPage.as_view(), name="assign"),
]
