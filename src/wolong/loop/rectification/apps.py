from importlib import import_module

from django.apps import AppConfig


class RectificationConfig(AppConfig):
    name = "wolong.loop.rectification"
    label = "rectification"

    def ready(self) -> None:
        import_module("wolong.loop.rectification.receivers")
