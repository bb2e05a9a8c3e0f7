from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "wolong.estate.places"
    label = "places"

    def ready(self) -> None:
        from wolong.estate.places import panels, receivers, tables  # noqa: F401
        from wolong.estate.places.actions import register_source
        from wolong.estate.places.states import KIND_OF_LEVEL, Kind
        from wolong.language.selectors import ALIASES
        from wolong.norms.standards.registries import Choices, choices

        words = [*Kind.values, *(name for kind, name in ALIASES if kind == "场所"), *KIND_OF_LEVEL.values()]
        objects = {word: f"场所/{word}" for word in words}
        choices.register("places", lambda: Choices(heading="场所", objects=objects))

        register_source(tables.SOURCE)
        panels.register()
