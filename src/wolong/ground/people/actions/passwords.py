"""Passwords: given once by the administrator, then the person's own; and who came in."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection, transaction
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entries, write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.actions.warrant import require_administrator
from wolong.ground.people.models import Person
from wolong.ground.people.rules import one_time_password

QUICK_ITERATIONS = 2000


@transaction.atomic
def set_one_time_password(*, person: Person, by: Person | None, at: datetime) -> str:
    """Give a password that is shown once and must be changed at the next sign-in; the old one no longer works.

    By an administrator. Refuses a deactivated account. Every open session of the person ends, since its key hangs on the
    password.
    """
    require_administrator(by, at)
    if not person.is_active:
        raise Refused(_("账号已停用，先启用再发一次性密码。"))
    password = one_time_password()
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    write_entry(
        verb="set_one_time_password",
        sentence=_("为 %(name)s 设置一次性密码") % {"name": person.name},
        subject=person,
        by=by,
        at=at,
    )
    return password


@transaction.atomic
def give_first_passwords(*, people: Iterable[Person], by: Person, at: datetime) -> list[tuple[Person, str]]:
    """A one-time password for each of these that never had one; who has one keeps it. Answers each with their password.

    By an administrator. A password of 59 random bits needs no slow hash against guessing; it is hashed anew, slowly, when
    its owner chooses their own. Thousands take seconds.
    """
    require_administrator(by, at)
    wanted = [person.pk for person in people]
    rows = Person.objects.select_for_update(of=("self",)).filter(pk__in=wanted, is_active=True).order_by("pk")
    fresh = [person for person in rows if not person.has_usable_password()]
    given = [(person, one_time_password()) for person in fresh]
    with connection.cursor() as cursor:
        # One prepared statement for all of them; a bulk update's CASE would grow with the square of their number.
        cursor.executemany(
            "UPDATE people_person SET password = %s, must_change_password = true WHERE id = %s",
            [(make_quick_password(raw), person.pk) for person, raw in given],
        )
    told: Iterator[tuple[Person, str, dict[str, Any]]] = (
        (person, _("为 %(name)s 设置一次性密码") % {"name": person.name}, {}) for person in fresh
    )
    write_entries(verb="set_one_time_password", told=told, by=by, at=at)
    return given


def make_quick_password(raw: str) -> str:
    """A random password, hashed in half a millisecond; the sign-in hashes it anew with the house's own hasher."""
    hasher = PBKDF2PasswordHasher()
    return hasher.encode(raw, hasher.salt(), iterations=QUICK_ITERATIONS)


@transaction.atomic
def note_password_changed(*, person: Person, at: datetime) -> None:
    """The person chose their own password: the one-time password has done its work."""
    Person.objects.filter(pk=person.pk).update(must_change_password=False)
    person.must_change_password = False
    write_entry(verb="change_password", sentence=_("修改了自己的密码"), subject=person, by=person, at=at)


@transaction.atomic
def note_signed_in(*, person: Person, is_elsewhere: bool, at: datetime) -> None:
    """Somebody came in, by password or through the office's identity provider."""
    sentence = _("通过统一登录进入") if is_elsewhere else _("登录")
    payload = {"by": "identity provider" if is_elsewhere else "password"}
    write_entry(verb="sign_in", sentence=sentence, subject=person, by=person, at=at, payload=payload)
