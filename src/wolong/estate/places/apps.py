from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "wolong.estate.places"
    label = "places"
