from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "wolong.ground.pages"
    label = "pages"
