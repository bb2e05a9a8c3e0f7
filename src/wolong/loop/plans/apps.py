from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "wolong.loop.plans"
    label = "plans"

    def ready(self) -> None:
        import wolong.loop.plans.receivers  # noqa: F401
