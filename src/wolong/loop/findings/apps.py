from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "wolong.loop.findings"
    label = "findings"
