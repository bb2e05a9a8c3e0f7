from importlib import import_module

from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    name = "wolong.loop.appraisal"
    label = "appraisal"

    def ready(self) -> None:
        import_module("wolong.loop.appraisal.receivers")
        from wolong.loop.appraisal import panels

        panels.register()
