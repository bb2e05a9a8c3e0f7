from django.urls import path

from wolong.estate.equipment.views import AddEquipment, ChangeEquipment, EquipmentList, EquipmentPage, RetireEquipment

app_name = "equipment"
urlpatterns = [
    path("", EquipmentList.as_view(), name="list"),
    path("add/", AddEquipment.as_view(), name="add"),
    path("<int:pk>/", EquipmentPage.as_view(), name="equipment"),
    path("<int:pk>/change/", ChangeEquipment.as_view(), name="change"),
    path("<int:pk>/retire/", RetireEquipment.as_view(), name="retire"),
]
