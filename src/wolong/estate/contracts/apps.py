from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "wolong.estate.contracts"
    label = "contracts"

    def ready(self) -> None:
        from wolong.estate.contracts import panels
        from wolong.estate.contracts.states import SERVICES
        from wolong.norms.standards.registries import Choices, choices

        choices.register("contracts", lambda: Choices(services=SERVICES))

        panels.register()
