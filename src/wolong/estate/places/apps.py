from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "wolong.estate.places"
    label = "places"

    def ready(self) -> None:
        from wolong.estate.places import panels, receivers, tables  # noqa: F401
        from wolong.estate.places.actions import register_source

        register_source(tables.SOURCE)
        panels.register()
