from django.apps import AppConfig


class EquipmentConfig(AppConfig):
    name = "wolong.estate.equipment"
    label = "equipment"

    def ready(self) -> None:
        from wolong.estate.equipment import panels, receivers, tables  # noqa: F401
        from wolong.estate.places.actions import register_source

        register_source(tables.SOURCE)
        panels.register()
