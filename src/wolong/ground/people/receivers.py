"""When somebody chose a password of their own, the one-time password has done its work; who signs in is written down."""

from typing import Any

from allauth.account.signals import password_changed, user_logged_in
from django.dispatch import receiver
from django.utils import timezone

from wolong.ground.people.actions import note_password_changed, note_signed_in
from wolong.ground.people.models import Person


@receiver(password_changed, dispatch_uid="people.password_changed")
def on_password_changed(user: Person, **_: Any) -> None:
    note_password_changed(person=user, at=timezone.now())


@receiver(user_logged_in, dispatch_uid="people.signed_in")
def on_signed_in(user: Person, sociallogin: Any = None, **_: Any) -> None:
    note_signed_in(person=user, is_elsewhere=sociallogin is not None, at=timezone.now())
