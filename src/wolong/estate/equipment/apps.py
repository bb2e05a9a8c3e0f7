from django.apps import AppConfig


class EquipmentConfig(AppConfig):
    name = "wolong.estate.equipment"
    label = "equipment"

    def ready(self) -> None:
        from wolong.estate.equipment import receivers  # noqa: F401
