"""Addresses of the plans room."""

from django.urls import path

from wolong.loop.plans.views import draws, months, rounds

app_name = "plans"
urlpatterns = [
    path("", months.PlanList.as_view(), name="list"),
    path("compile/", months.CompilePage.as_view(), name="compile"),
    path("<int:pk>/", months.PlanPage.as_view(), name="plan"),
    path("<int:pk>/compile/", months.RecompilePage.as_view(), name="recompile"),
    path("<int:pk>/hours/", months.HoursPage.as_view(), name="hours"),
    path("<int:pk>/minutes/", months.MinutesPage.as_view(), name="minutes"),
    path("<int:pk>/draws/", draws.SeedPage.as_view(), name="draws"),
    path("draws/<int:pk>/", draws.DrawPage.as_view(), name="draw"),
    path("draws/<int:pk>/export.json", draws.ExportDraw.as_view(), name="export"),
    path("draws/<int:pk>/redraw/", draws.RedrawPage.as_view(), name="redraw"),
    path("rounds/<int:pk>/", rounds.RoundPage.as_view(), name="round"),
    path("rounds/<int:pk>/assign/", rounds.AssignPage.as_view(), name="assign"),
    path("rounds/<int:pk>/due/", rounds.DuePage.as_view(), name="due"),
    path("rounds/<int:pk>/cancel/", rounds.CancelPage.as_view(), name="cancel"),
]
