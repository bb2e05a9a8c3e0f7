"""When somebody chose a password of their own, the one-time password has done its work."""

from typing import Any

from allauth.account.signals import password_changed
from django.dispatch import receiver
from django.utils import timezone

from wolong.ground.people.actions import note_password_changed
from wolong.ground.people.models import Person


@receiver(password_changed, dispatch_uid="people.password_changed")
def on_password_changed(user: Person, **_: Any) -> None:
    note_password_changed(person=user, at=timezone.now())
