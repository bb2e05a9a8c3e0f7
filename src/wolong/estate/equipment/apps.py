from django.apps import AppConfig


class EquipmentConfig(AppConfig):
    name = "wolong.estate.equipment"
    label = "equipment"
