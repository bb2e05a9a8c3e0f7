"""Messages."""

from django.urls import path

from wolong.ground.inbox import views

app_name = "inbox"
urlpatterns = [
    path("", views.MessageList.as_view(), name="list"),
    path("read/", views.ReadAllPage.as_view(), name="read_all"),
    path("<int:pk>/", views.MessagePage.as_view(), name="message"),
]
