from django.urls import path

from wolong.estate.places.views.acts import AddArea, AddPlace, ChangeArea, ChangePlace, RetirePlace
from wolong.estate.places.views.imports import Confirm, Faults, ImportList, ImportPage, Template, Upload
from wolong.estate.places.views.labels import LabelSheet, QrCode
from wolong.estate.places.views.lists import PlaceList
from wolong.estate.places.views.things import AreaPage, PlacePage

app_name = "places"
urlpatterns = [
    path("", PlaceList.as_view(), name="list"),
    path("areas/add/", AddArea.as_view(), name="add_area"),
    path("areas/<int:pk>/", AreaPage.as_view(), name="area"),
    path("areas/<int:pk>/change/", ChangeArea.as_view(), name="change_area"),
    path("imports/", ImportList.as_view(), name="imports"),
    path("imports/upload/", Upload.as_view(), name="upload"),
    path("imports/template/<slug:kind>.xlsx", Template.as_view(), name="template"),
    path("imports/<int:pk>/", ImportPage.as_view(), name="import"),
    path("imports/<int:pk>/confirm/", Confirm.as_view(), name="confirm"),
    path("imports/<int:pk>/errors.xlsx", Faults.as_view(), name="faults"),
    path("<int:pk>/", PlacePage.as_view(), name="place"),
    path("<int:pk>/add/", AddPlace.as_view(), name="add"),
    path("<int:pk>/change/", ChangePlace.as_view(), name="change"),
    path("<int:pk>/retire/", RetirePlace.as_view(), name="retire"),
    path("<int:pk>/qr.svg", QrCode.as_view(), name="qr"),
    path("<int:pk>/labels.pdf", LabelSheet.as_view(), name="labels"),
]
