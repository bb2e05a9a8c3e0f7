"""Addresses of the standards room."""

from django.urls import path

from wolong.norms.standards.views import acts, lists, reading

app_name = "standards"
urlpatterns = [
    path("", lists.StandardList.as_view(), name="list"),
    path("draft/", acts.DraftPage.as_view(), name="draft"),
    path("try/", acts.TryPage.as_view(), name="try"),
    path("<int:pk>/", reading.StandardPage.as_view(), name="standard"),
    path("editions/<int:pk>/", reading.EditionPage.as_view(), name="edition"),
    path("editions/<int:pk>/text/", reading.EditionText.as_view(), name="text"),
    path("editions/<int:pk>/compare/", reading.ComparePage.as_view(), name="compare"),
    path("editions/<int:pk>/revise/", acts.RevisePage.as_view(), name="revise"),
    path("editions/<int:pk>/approve/", acts.ApprovePage.as_view(), name="approve"),
    path("editions/<int:pk>/force/", acts.ForcePage.as_view(), name="force"),
    path("editions/<int:pk>/abolish/", acts.AbolishPage.as_view(), name="abolish"),
    path("clauses/<int:pk>/", reading.ClausePage.as_view(), name="clause"),
]
