from django.apps import AppConfig


class WorkdaysConfig(AppConfig):
    name = "wolong.ground.workdays"
    label = "workdays"
