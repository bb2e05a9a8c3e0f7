from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "wolong.loop.plans"
    label = "plans"
