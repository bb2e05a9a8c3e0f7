from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    name = "wolong.loop.analysis"
    label = "analysis"

    def ready(self) -> None:
        from wolong.loop.analysis import panels

        panels.register()
