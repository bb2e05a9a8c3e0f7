"""A whole roster at once: persons added and corrected, roles given; all of it or nothing, and nothing taken away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entries
from wolong.ground.lifecycle import Refused
from wolong.ground.people.actions.warrant import require_administrator
from wolong.ground.people.models import Grant, Organization, Person
from wolong.ground.people.rules import days_from, fault_of_account, fault_of_grant
from wolong.ground.people.states import Role
from wolong.ground.questions.pinyin import pinyin_key

BATCH = 1000
CHANGEABLE = {"name", "organization", "post", "phone"}


@dataclass(frozen=True, slots=True)
class GivenPerson:
    """Somebody who is to be added."""

    account: str
    name: str
    organization: Organization
    post: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class GivenGrant:
    """A role for an account, of the roster or known already."""

    account: str
    role: str
    organization: Organization
    since: date
    until: date | None = None


@transaction.atomic
def import_people(
    *,
    new: Sequence[GivenPerson],
    changed: Mapping[int, Mapping[str, Any]],
    grants: Sequence[GivenGrant],
    sha256: str,
    by: Person,
    at: datetime,
) -> None:
    """Add persons without a password, correct others (by id: name, organization, post, phone), give roles.

    By an administrator. Each person touched gets an entry in the trail with the file's hash. Refuses the whole where an
    account exists or is not plain, a role does not fit its unit, or a grant overlaps one that holds.
    """
    require_administrator(by, at)
    added = _add(new)
    corrected = _correct(changed)
    people = {person.account.lower(): person for person in added}
    wanted = {grant.account.lower() for grant in grants} - people.keys()
    people |= _known(wanted)
    given = _give(grants, people)
    told: list[tuple[Person, str, dict[str, Any]]] = [
        (person, _("导入人员 %(name)s") % {"name": person.name}, {"sha256": sha256}) for person in added
    ]
    told += [
        (person, _("按导入的表修改 %(name)s 的资料") % {"name": person.name}, {"sha256": sha256, "before": before})
        for person, before in corrected
    ]
    write_entries(verb="import_person", told=told, by=by, at=at)
    write_entries(verb="grant_role", told=[_told(grant, sha256) for grant in given], by=by, at=at)


def _add(new: Sequence[GivenPerson]) -> list[Person]:
    accounts = [given.account.lower() for given in new]
    if fault := next((fault for given in new if (fault := fault_of_account(given.account))), ""):
        raise Refused(fault)
    if len(set(accounts)) < len(accounts) or _known(set(accounts)):
        raise Refused(_("表里的账号在上传之后有人使用了，请重新上传。"))
    return Person.objects.bulk_create(
        [
            Person(
                account=given.account,
                name=given.name,
                pinyin_key=pinyin_key(given.name),
                organization=given.organization,
                post=given.post,
                phone=given.phone,
                password=make_password(None),
            )
            for given in new
        ],
        batch_size=BATCH,
    )


def _correct(changed: Mapping[int, Mapping[str, Any]]) -> list[tuple[Person, dict[str, Any]]]:
    found = list(Person.objects.select_for_update(of=("self",)).filter(pk__in=changed).order_by("pk"))
    corrected = []
    for person in found:
        before = {"name": person.name, "organization": person.organization_id, "post": person.post}
        for field, value in changed[person.pk].items():
            if field not in CHANGEABLE:
                raise ValueError(field)
            setattr(person, field, value)
        person.pinyin_key = pinyin_key(person.name)
        corrected.append((person, before))
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE people_person SET name = %s, pinyin_key = %s, organization_id = %s, post = %s, phone = %s WHERE id = %s",
            [(one.name, one.pinyin_key, one.organization_id, one.post, one.phone, one.pk) for one in found],
        )
    return corrected


def _known(accounts: set[str]) -> dict[str, Person]:
    """Those of these accounts, in small letters, that exist."""
    rows = Person.objects.annotate(small=Lower("account")).filter(small__in=accounts) if accounts else ()
    return {person.account.lower(): person for person in rows}


def _give(grants: Sequence[GivenGrant], people: Mapping[str, Person]) -> list[Grant]:
    made = []
    for given in grants:
        person = people.get(given.account.lower())
        if person is None:
            raise Refused(_("没有账号“%(account)s”。") % {"account": given.account})
        fault = fault_of_grant(
            role=given.role,
            is_supplier=given.organization.is_supplier,
            is_supplier_person=person.organization.is_supplier,
            since=given.since,
            until=given.until,
        )
        if fault:
            raise Refused(f"{person.account}：{fault}")
        valid = days_from(given.since, given.until)
        made.append(Grant(person=person, role=given.role, organization=given.organization, valid=valid))
    try:
        with transaction.atomic():
            return Grant.objects.bulk_create(made, batch_size=BATCH)
    except IntegrityError as error:
        if "grant_once_a_day" not in str(error):
            raise
        raise Refused(_("表里有授权和已有的重叠，请重新上传看是哪一行。")) from None


def _told(grant: Grant, sha256: str) -> tuple[Person, str, dict[str, Any]]:
    words = {"name": grant.person.name, "unit": grant.organization.name, "role": Role(grant.role).label}
    payload = {
        "grant": grant.pk,
        "role": str(grant.role),
        "organization": grant.organization_id,
        "since": str(grant.valid.lower),
        "until": str(grant.last_day) if grant.last_day else None,
        "sha256": sha256,
    }
    return grant.person, _("授予 %(name)s %(unit)s%(role)s") % words, payload
