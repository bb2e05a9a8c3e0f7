"""Settings of the budget: hours of inspectors, minutes of methods."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from wolong.estate.places.models import OfficeArea
from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Refused
from wolong.ground.people.access import scope_of
from wolong.ground.people.models import Person
from wolong.loop.plans import access
from wolong.loop.plans.models import InspectorHours, MethodMinutes
from wolong.loop.plans.rules.budget import DEFAULT_MINUTES

MOST_HOURS = 200
MOST_MINUTES = 480


@transaction.atomic
def set_inspector_hours(
    *, area: OfficeArea, inspector: Person, hours: Decimal, month: date | None = None, by: Person, at: datetime
) -> InspectorHours:
    """An inspector has so many hours for rounds, in one month or usually; plans change when compiled next.

    Heads may. Refuses less than none and more than a month of working time.
    """
    _may(area, by)
    if not 0 <= hours <= MOST_HOURS:
        raise Refused(_("每月工时应在 0 到 %(n)s 小时之间。") % {"n": MOST_HOURS})
    row, _made = InspectorHours.objects.update_or_create(
        area=area, inspector=inspector, month=month.replace(day=1) if month else None, defaults={"hours": hours}
    )
    sentence = _("%(who)s 的巡查工时定为每月 %(hours)s 小时") % {"who": inspector.name, "hours": hours}
    write_entry(
        verb="set_inspector_hours", sentence=sentence, subject=area, by=by, at=at, payload={"month": str(month or "")}
    )
    return row


@transaction.atomic
def set_method_minutes(*, area: OfficeArea, method: str, minutes: Decimal, by: Person, at: datetime) -> MethodMinutes:
    """A check of a method takes so many minutes in an area. Heads may; refuses unknown methods."""
    _may(area, by)
    if method not in DEFAULT_MINUTES:
        raise Refused(_("没有这种检查方法。"))
    if not 0 < minutes <= MOST_MINUTES:
        raise Refused(_("每次检查应在 0 到 %(n)s 分钟之间。") % {"n": MOST_MINUTES})
    row, _made = MethodMinutes.objects.update_or_create(area=area, method=method, defaults={"minutes": minutes})
    sentence = _("%(method)s一次的用时定为 %(minutes)s 分钟") % {"method": method, "minutes": minutes}
    write_entry(verb="set_method_minutes", sentence=sentence, subject=area, by=by, at=at)
    return row


def _may(area: OfficeArea, by: Person) -> None:
    if not access.may_arrange(scope_of(by), area):
        raise Refused(_("巡查工时由中心负责人和科室主管确定。"))
