from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "wolong.loop.fieldwork"
    label = "fieldwork"
