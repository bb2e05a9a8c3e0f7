from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "wolong.ground.ledger"
    label = "ledger"
