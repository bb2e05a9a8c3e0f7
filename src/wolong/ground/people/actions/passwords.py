"""Passwords: given once by the administrator, then the person's own; and who came in."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.actions.warrant import require_administrator
from wolong.ground.people.models import Person
from wolong.ground.people.rules import one_time_password


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
