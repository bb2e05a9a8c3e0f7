"""Addresses that anybody may open, without signing in. They carry public numbers only, never an id."""

from django.urls import path

from wolong.loop.notices.views import public

app_name = "public"
urlpatterns = [
    path("", public.PublicHome.as_view(), name="home"),
    path("standards/", public.StandardsPage.as_view(), name="standards"),
    path("scores/", public.ScoresPage.as_view(), name="scores"),
    path("notices/", public.NotesPage.as_view(), name="notes"),
    path("search/", public.SearchPage.as_view(), name="search"),
    path("items/<slug:number>/", public.ItemPage.as_view(), name="item"),
    path("ledger/", public.LedgerPage.as_view(), name="ledger"),
    path("ledger/head.txt", public.LedgerText.as_view(), name="ledger_text"),
    path("ledger/head.json", public.LedgerJson.as_view(), name="ledger_json"),
]
