from importlib import import_module

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "wolong.loop.plans"
    label = "plans"

    def ready(self) -> None:
        from wolong.loop.plans.registries import register_all

        import_module("wolong.loop.plans.receivers")
        register_all()
