from django.apps import AppConfig


class LifecycleConfig(AppConfig):
    name = "wolong.ground.lifecycle"
    label = "lifecycle"
