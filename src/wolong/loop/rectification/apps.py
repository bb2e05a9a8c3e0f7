from django.apps import AppConfig


class RectificationConfig(AppConfig):
    name = "wolong.loop.rectification"
    label = "rectification"
