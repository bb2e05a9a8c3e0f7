from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "wolong.loop.fieldwork"
    label = "fieldwork"

    def ready(self) -> None:
        from wolong.loop.fieldwork.registries import register_all

        register_all()
