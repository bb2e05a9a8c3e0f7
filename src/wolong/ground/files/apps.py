from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "wolong.ground.files"
    label = "files"
