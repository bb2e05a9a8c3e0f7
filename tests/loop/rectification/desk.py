"""A desk for each person."""

from django.test import Client

from wolong.ground.people.models import Person


def desk(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client
