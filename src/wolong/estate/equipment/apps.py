from django.apps import AppConfig


class EquipmentConfig(AppConfig):
    name = "wolong.estate.equipment"
    label = "equipment"

    def ready(self) -> None:
        from wolong.estate.equipment import panels, receivers, tables  # noqa: F401
        from wolong.estate.equipment.states import KINDS_OF_SYSTEM
        from wolong.estate.places.actions import register_source
        from wolong.norms.standards.registries import Choices, choices

        objects = {name: f"设备/{name}" for name in KINDS_OF_SYSTEM}
        objects |= {kind: f"设备/{name}/{kind}" for name, kinds in KINDS_OF_SYSTEM.items() for kind in kinds}
        choices.register("equipment", lambda: Choices(heading="设备", objects=objects))

        register_source(tables.SOURCE)
        panels.register()
