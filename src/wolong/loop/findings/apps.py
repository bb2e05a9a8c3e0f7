from importlib import import_module

from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "wolong.loop.findings"
    label = "findings"

    def ready(self) -> None:
        import_module("wolong.loop.findings.receivers")
