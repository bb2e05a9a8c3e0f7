from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "wolong.estate.contracts"
    label = "contracts"
