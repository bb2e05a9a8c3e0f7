"""The official calendar."""

from django.urls import path

from wolong.ground.workdays import views

app_name = "workdays"
urlpatterns = [
    path("", views.ThisYear.as_view(), name="list"),
    path("<int:year>/", views.YearPage.as_view(), name="year"),
    path("<int:year>/announce/", views.AnnouncePage.as_view(), name="announce"),
    path("days/set/", views.SetDayPage.as_view(), name="set_day"),
    path("days/<int:pk>/remove/", views.RemoveDayPage.as_view(), name="remove_day"),
]
