"""Persons: added, corrected, deactivated; never deleted, since the trail names them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.actions.warrant import require_administrator
from wolong.ground.people.models import Organization, Person
from wolong.ground.people.rules import fault_of_account
from wolong.ground.questions.pinyin import pinyin_key

THEMES = ("", "light", "dark")


@transaction.atomic
def add_person(
    *,
    account: str,
    name: str,
    organization: Organization,
    by: Person | None,
    at: datetime,
    phone: str = "",
    post: str = "",
    password: str | None = None,
) -> Person:
    """Add somebody who signs in; without a password nobody can, until a one-time password is given.

    By an administrator. Refuses an account that exists, whatever its letters' case, or that is not plain letters and figures.
    """
    require_administrator(by, at)
    account, name = account.strip(), name.strip()
    if fault := fault_of_account(account):
        raise Refused(fault)
    if not name:
        raise Refused(_("姓名不能为空。"))
    if Person.objects.filter(account__iexact=account).exists():
        raise Refused(_("账号“%(account)s”已经有人使用。") % {"account": account})
    person = Person(
        account=account,
        name=name,
        pinyin_key=pinyin_key(name),
        organization=organization,
        phone=phone.strip(),
        post=post.strip(),
    )
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    person.save()
    write_entry(
        verb="add_person",
        sentence=_("添加人员 %(name)s (%(unit)s)") % {"name": name, "unit": organization.name},
        subject=person,
        by=by,
        at=at,
        payload={"account": account, "organization": organization.pk},
    )
    return person


@transaction.atomic
def change_person(
    *, person: Person, name: str, organization: Organization, phone: str, post: str, by: Person | None, at: datetime
) -> Person:
    """Correct a person's name, unit, telephone and post; rights follow the grants, not the unit.

    By an administrator. Refuses an empty name.
    """
    require_administrator(by, at)
    if not name.strip():
        raise Refused(_("姓名不能为空。"))
    before = {"name": person.name, "organization": person.organization_id, "post": person.post}
    person.name, person.pinyin_key = name.strip(), pinyin_key(name.strip())
    person.organization, person.phone, person.post = organization, phone.strip(), post.strip()
    person.save(update_fields=["name", "pinyin_key", "organization", "phone", "post"])
    write_entry(
        verb="change_person",
        sentence=_("修改人员 %(name)s 的资料") % {"name": person.name},
        subject=person,
        by=by,
        at=at,
        payload={"before": before, "name": person.name, "organization": organization.pk, "post": person.post},
    )
    return person


@transaction.atomic
def deactivate_person(*, person: Person, by: Person | None, at: datetime) -> Person:
    """Whoever leaves can no longer sign in, is not asked for anything, and keeps their name in the trail.

    By an administrator, who can't lock themselves out.
    """
    require_administrator(by, at)
    if by is not None and by.pk == person.pk:
        raise Refused(_("不能停用自己的账号。"))
    person.is_active = False
    person.save(update_fields=["is_active"])
    write_entry(
        verb="deactivate_person", sentence=_("停用账号 %(name)s") % {"name": person.name}, subject=person, by=by, at=at
    )
    return person


@transaction.atomic
def activate_person(*, person: Person, by: Person | None, at: datetime) -> Person:
    """Whoever comes back signs in again, with the grants that still hold. By an administrator."""
    require_administrator(by, at)
    person.is_active = True
    person.save(update_fields=["is_active"])
    write_entry(
        verb="activate_person", sentence=_("启用账号 %(name)s") % {"name": person.name}, subject=person, by=by, at=at
    )
    return person


@transaction.atomic
def choose_theme(*, person: Person, theme: str) -> Person:
    """Light, dark, or as the system has it: everyone for themselves; it changes nothing, so nothing is written."""
    if theme not in THEMES:
        raise Refused(_("没有这种外观。"))
    person.theme = theme
    person.save(update_fields=["theme"])
    return person


@transaction.atomic
def choose_opening_view(*, person: Person, list_name: str, view: int | None) -> Person:
    """The saved view that a list opens with, or none: everyone for themselves; it changes nothing, so nothing is written."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    person.opening_views.pop(list_name, None)
    if view is not None:
        person.opening_views[list_name] = view
    person.save(update_fields=["opening_views"])
    return person
