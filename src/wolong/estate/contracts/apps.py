from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "wolong.estate.contracts"
    label = "contracts"

    def ready(self) -> None:
        from wolong.estate.contracts import panels

        panels.register()
