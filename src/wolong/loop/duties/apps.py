from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "wolong.loop.duties"
    label = "duties"
