from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "wolong.loop.duties"
    label = "duties"

    def ready(self) -> None:
        from wolong.loop.duties import receivers  # noqa: F401
