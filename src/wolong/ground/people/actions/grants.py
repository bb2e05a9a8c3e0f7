"""Grants and leave: who holds which role where, from when to when."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.actions.warrant import require_administrator
from wolong.ground.people.models import Grant, Leave, Organization, Person
from wolong.ground.people.rules import days_from, fault_of_grant, last_day
from wolong.ground.people.states import Role


@transaction.atomic
def grant_role(
    *,
    person: Person,
    role: str,
    organization: Organization,
    by: Person | None,
    at: datetime,
    since: date | None = None,
    until: date | None = None,
    acting_for: Person | None = None,
) -> Grant:
    """Give a role at a unit from a day (today) to a last day, or until it is ended.

    By an administrator. Refuses a period that ends before it begins, one that overlaps a grant of the same role at the
    same unit, a bureau's role at a company and a company's role at the bureau, and someone who acts for themselves.
    """
    require_administrator(by, at)
    since = since or timezone.localdate(at)
    _check_grant(person, role, organization, since, until, acting_for)
    try:
        with transaction.atomic():
            grant = Grant.objects.create(
                person=person,
                role=role,
                organization=organization,
                valid=days_from(since, until),
                acting_for=acting_for,
            )
    except IntegrityError as error:
        if "grant_once_a_day" not in str(error):
            raise
        raise Refused(_("%(name)s 在这段时间里已经有这个授权。") % {"name": person.name}) from None
    _write_grant(grant, by, at)
    return grant


def _write_grant(grant: Grant, by: Person | None, at: datetime) -> None:
    words = {"name": grant.person.name, "unit": grant.organization.name, "role": Role(grant.role).label}
    sentence = _("授予 %(name)s %(unit)s%(role)s") % words
    if grant.acting_for is not None:
        sentence = _("由 %(name)s 代理 %(for)s 的%(role)s") % {**words, "for": grant.acting_for.name}
    until = last_day(grant.valid)
    write_entry(
        verb="grant_role",
        sentence=sentence,
        subject=grant.person,
        by=by,
        at=at,
        payload={
            "grant": grant.pk,
            "role": str(grant.role),
            "organization": grant.organization_id,
            "since": str(grant.valid.lower),
            "until": str(until) if until else None,
            "acting_for": grant.acting_for_id,
        },
    )


def _check_grant(
    person: Person,
    role: str,
    organization: Organization,
    since: date,
    until: date | None,
    acting_for: Person | None,
) -> None:
    if role not in Role.values:
        raise Refused(_("没有“%(role)s”这个角色。") % {"role": role})
    fault = fault_of_grant(
        role=role,
        is_supplier=organization.is_supplier,
        is_supplier_person=person.organization.is_supplier,
        since=since,
        until=until,
    )
    if fault:
        raise Refused(fault)
    if acting_for is not None and acting_for.pk == person.pk:
        raise Refused(_("不能代理自己。"))


@transaction.atomic
def end_grant(*, grant: Grant, by: Person | None, at: datetime, on: date | None = None) -> Grant:
    """End a grant: `on` (today) is the first day on which it no longer holds; what it allowed until then stands.

    By an administrator, who can't end their own administration. Refuses one that has ended; one that ends on its first
    day is taken away as a whole, and the trail keeps it.
    """
    require_administrator(by, at)
    day = on or timezone.localdate(at)
    grant = Grant.objects.select_for_update(of=("self",)).select_related("person", "organization").get(pk=grant.pk)
    if by is not None and grant.person_id == by.pk and grant.role == Role.ADMINISTRATOR:
        raise Refused(_("不能结束自己的系统管理员授权。"))
    if grant.valid.upper is not None and grant.valid.upper <= day:
        raise Refused(_("这个授权已经结束。"))
    write_entry(
        verb="end_grant",
        sentence=_("结束 %(name)s 的 %(unit)s%(role)s 授权")
        % {"name": grant.person.name, "unit": grant.organization.name, "role": grant.get_role_display()},
        subject=grant.person,
        by=by,
        at=at,
        payload={"grant": grant.pk, "role": grant.role, "organization": grant.organization_id, "on": day.isoformat()},
    )
    if grant.valid.lower is not None and day <= grant.valid.lower:
        grant.delete()
        return grant
    grant.valid = type(grant.valid)(grant.valid.lower, day, "[)")
    grant.save(update_fields=["valid"])
    return grant


@transaction.atomic
def record_leave(*, person: Person, since: date, until: date, by: Person, at: datetime, reason: str = "") -> Leave:
    """Note the days on which somebody is away: their deputies act on those days.

    By the person or an administrator. Refuses days that end before they begin or that overlap another leave.
    """
    if by.pk != person.pk:
        require_administrator(by, at)
    if until < since:
        raise Refused(_("请假的最后一天早于第一天。"))
    try:
        with transaction.atomic():
            leave = Leave.objects.create(person=person, days=days_from(since, until), reason=reason.strip())
    except IntegrityError as error:
        if "leave_once_a_day" not in str(error):
            raise
        raise Refused(_("这几天已经登记了请假。")) from None
    write_entry(
        verb="record_leave",
        sentence=_("登记 %(name)s 请假 %(since)s 至 %(until)s") % {"name": person.name, "since": since, "until": until},
        subject=person,
        by=by,
        at=at,
        payload={"leave": leave.pk, "since": since.isoformat(), "until": until.isoformat(), "reason": leave.reason},
    )
    return leave


@transaction.atomic
def withdraw_leave(*, leave: Leave, by: Person, at: datetime) -> None:
    """Take back a leave; what deputies did meanwhile stands. By the person or an administrator."""
    if by.pk != leave.person_id:
        require_administrator(by, at)
    write_entry(
        verb="withdraw_leave",
        sentence=_("取消 %(name)s 的请假") % {"name": leave.person.name},
        subject=leave.person,
        by=by,
        at=at,
        payload={"leave": leave.pk, "since": str(leave.days.lower), "before": str(leave.days.upper)},
    )
    leave.delete()
