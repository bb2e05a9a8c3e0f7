from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "wolong.ground.people"
    label = "people"
