from django.apps import AppConfig


class EntranceConfig(AppConfig):
    name = "wolong.entrance"
    label = "entrance"
