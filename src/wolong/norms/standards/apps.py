from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "wolong.norms.standards"
    label = "standards"
