from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "wolong.ground.papers"
    label = "papers"
