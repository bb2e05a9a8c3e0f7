from django.urls import path

from wolong.estate.contracts.views import (
    AddContract,
    AddLine,
    AddOwnLine,
    AddTerm,
    ContractPage,
    EndLine,
    LineList,
    LinePage,
)

app_name = "contracts"
urlpatterns = [
    path("", LineList.as_view(), name="list"),
    path("add/", AddContract.as_view(), name="add"),
    path("own/add/", AddOwnLine.as_view(), name="add_own"),
    path("<int:pk>/", ContractPage.as_view(), name="contract"),
    path("<int:pk>/lines/add/", AddLine.as_view(), name="add_line"),
    path("<int:pk>/terms/add/", AddTerm.as_view(), name="add_term"),
    path("lines/<int:pk>/", LinePage.as_view(), name="line"),
    path("lines/<int:pk>/end/", EndLine.as_view(), name="end_line"),
]
