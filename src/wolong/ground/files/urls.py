"""Photographs."""

from django.urls import path

from wolong.ground.files import views

app_name = "files"
urlpatterns = [path("<int:pk>/", views.EvidencePage.as_view(), name="evidence")]
