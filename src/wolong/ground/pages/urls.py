"""Search, theme, and the gallery of components."""

from django.urls import path

from wolong.ground.pages import views

app_name = "pages"
urlpatterns = [
    path("search/", views.SearchPage.as_view(), name="search"),
    path("theme/", views.choose_theme, name="theme"),
    path("gallery/", views.GalleryPage.as_view(), name="gallery"),
]
