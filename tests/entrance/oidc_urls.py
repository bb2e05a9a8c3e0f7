"""The addresses of an installation that has an identity provider."""

from wolong.entrance.oidc import views
from wolong.entrance.urls import urlpatterns as desk

urlpatterns = [*views.urlpatterns, *desk]
