"""One's own views of the lists."""

from django.urls import path

from wolong.ground.savedviews import views

app_name = "savedviews"
urlpatterns = [
    path("", views.ViewsPage.as_view(), name="views"),
    path("save/", views.SavePage.as_view(), name="save"),
    path("<int:pk>/rename/", views.RenamePage.as_view(), name="rename"),
    path("<int:pk>/delete/", views.DeletePage.as_view(), name="delete"),
    path("<int:pk>/open-with/", views.OpenWithPage.as_view(), name="open_with"),
    path("<int:pk>/open-plainly/", views.OpenPlainlyPage.as_view(), name="open_plainly"),
]
