"""Addresses of the duties room."""

from django.urls import path

from wolong.loop.duties.views import deviations, lists, matrix, profile

app_name = "duties"
urlpatterns = [
    path("", lists.DutyList.as_view(), name="list"),
    path("<int:pk>/", lists.DutyPage.as_view(), name="duty"),
    path("matrix/", matrix.MatrixPage.as_view(), name="matrix"),
    path("defects/", matrix.DefectsPage.as_view(), name="defects"),
    path("profile/", profile.ProfilePage.as_view(), name="profile"),
    path("profile/adopt/", profile.AdoptPage.as_view(), name="adopt"),
    path("profile/adopt-all/", profile.AdoptAllPage.as_view(), name="adopt-all"),
    path("profile/<int:pk>/drop/", profile.DropPage.as_view(), name="drop"),
    path("profile/<int:pk>/exclude/", profile.ExcludePage.as_view(), name="exclude"),
    path("profile/<int:pk>/exclusions/<int:exclusion>/include/", profile.IncludePage.as_view(), name="include"),
    path("profile/<int:pk>/set/", profile.ParameterPage.as_view(), name="set"),
    path("profile/<int:pk>/parameters/<int:parameter>/clear/", profile.ClearPage.as_view(), name="clear"),
    path("<int:pk>/deviate/", deviations.AskPage.as_view(), name="ask_deviation"),
    path("deviations/", deviations.DeviationList.as_view(), name="deviations"),
    path("deviations/<int:pk>/", deviations.DeviationPage.as_view(), name="deviation"),
    path("deviations/<int:pk>/decide/", deviations.DecidePage.as_view(), name="decide_deviation"),
    path("deviations/<int:pk>/end/", deviations.EndPage.as_view(), name="end_deviation"),
    path("clauses/<int:pk>/confirm/", profile.ConfirmPage.as_view(), name="confirm"),
]
