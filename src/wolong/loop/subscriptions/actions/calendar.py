"""The address under which one's own calendar subscribes."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.people.models import Person
from wolong.loop.subscriptions.models import CalendarAddress
from wolong.loop.subscriptions.rules.calendar import digest


@transaction.atomic
def make_calendar_address(*, person: Person, at: datetime) -> str:
    """A new address for one's own calendar; the one before it is dead. Its token is returned here and never again."""
    raw = secrets.token_urlsafe(32)
    CalendarAddress.objects.update_or_create(person=person, defaults={"digest": digest(raw), "made_at": at})
    write_entry(verb="make_calendar_address", sentence=_("建立日历订阅地址"), subject=person, by=person, at=at)
    return raw


@transaction.atomic
def switch_off_calendar(*, person: Person, at: datetime) -> None:
    """The address no longer opens anything; where there is none, nothing changes."""
    if CalendarAddress.objects.filter(person=person).delete()[0]:
        write_entry(verb="switch_off_calendar", sentence=_("关闭日历订阅地址"), subject=person, by=person, at=at)
