"""The verbs of the calendar: a year is announced, a day is set or taken away."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wolong.ground.ledger.actions import write_entry
from wolong.ground.lifecycle import Actor, Refused
from wolong.ground.workdays import queries
from wolong.ground.workdays.access import ADMINISTRATOR
from wolong.ground.workdays.models import CalendarYear, SpecialDay
from wolong.ground.workdays.official import official_days, official_years
from wolong.ground.workdays.rules import Day
from wolong.ground.workdays.signals import calendar_changed

SEED_SOURCE = "国务院办公厅关于%(year)d年部分节假日安排的通知"


@transaction.atomic
def announce_year(*, year: int, days: Iterable[Day], source: str, by: Actor | None, at: datetime) -> CalendarYear:
    """Enter the calendar of a year as it was announced; deadlines that were 暂定 are thereby computed anew, once.

    By an administrator. Announces `calendar_changed`. Refuses a year that is entered already (its days are changed one by
    one), a day outside the year, and a day that says nothing new.
    """
    _require_administrator(by, at)
    if not source.strip():
        raise Refused(_("写明年历的依据，例如国务院办公厅通知的文号。"))
    if CalendarYear.objects.filter(year=year).exists():
        raise Refused(_("%(year)d 年历已经录入,请逐日修改。") % {"year": year})
    wanted = {day.on: day for day in days}
    for day in wanted.values():
        if day.on.year != year:
            raise Refused(_("%(day)s 不在 %(year)d 年。") % {"day": day.on, "year": year})
        _check_day(day)
    # A day that somebody set before the announcement gives way to the announced one.
    SpecialDay.objects.filter(day__year=year).delete()
    SpecialDay.objects.bulk_create(
        SpecialDay(day=day.on, is_workday=day.is_workday, name=day.name.strip()) for day in wanted.values()
    )
    announced = CalendarYear.objects.create(year=year, source=source.strip())
    write_entry(
        verb="announce_year",
        sentence=_("录入 %(year)d 年历:%(days)d 个特殊日") % {"year": year, "days": len(wanted)},
        subject=announced,
        by=by,
        at=at,
        payload={
            "source": source.strip(),
            "days": [[day.on.isoformat(), day.is_workday, day.name] for day in sorted(wanted.values())],
        },
    )
    _changed(date(year, 1, 1), date(year, 12, 31), by, at)
    return announced


@transaction.atomic
def set_day(*, day: date, is_workday: bool, name: str, by: Actor | None, at: datetime) -> SpecialDay:
    """Make one day a day off or a make-up working day, or correct it.

    By an administrator. Announces `calendar_changed`. Refuses a day that says nothing new: a Saturday off, a Monday worked.
    """
    _require_administrator(by, at)
    _check_day(Day(day, is_workday, name))
    before = SpecialDay.objects.select_for_update().filter(day=day).first()
    special, _created = SpecialDay.objects.update_or_create(
        day=day, defaults={"is_workday": is_workday, "name": name.strip()}
    )
    write_entry(
        verb="set_day",
        sentence=_("%(day)s 定为%(kind)s (%(name)s)")
        % {"day": day, "kind": _("上班") if is_workday else _("放假"), "name": special.name},
        subject=special,
        by=by,
        at=at,
        payload={
            "day": day.isoformat(),
            "is_workday": is_workday,
            "before": [before.is_workday, before.name] if before else None,
        },
    )
    _changed(day, day, by, at)
    return special


@transaction.atomic
def remove_day(*, special: SpecialDay, by: Actor | None, at: datetime) -> None:
    """Take away a holiday or a make-up day: the day counts by its weekday again.

    By an administrator. Announces `calendar_changed`: deadlines that reach over the day are computed anew in the same
    transaction, or nothing happens. Refuses a day that is taken away already and one that is past: what was counted by it
    has happened.
    """
    _require_administrator(by, at)
    special_now = SpecialDay.objects.select_for_update().filter(pk=special.pk).first()
    if special_now is None:
        raise Refused(_("这一天已经不是特殊日。"))
    if special_now.day < timezone.localdate(at):
        raise Refused(_("%(day)s 已经过去，期限当时按它计算，不能删除。") % {"day": special_now.day})
    write_entry(
        verb="remove_day",
        sentence=_("取消 %(day)s 的特殊安排 (%(name)s)") % {"day": special_now.day, "name": special_now.name},
        subject=special_now,
        by=by,
        at=at,
        payload={"day": special_now.day.isoformat(), "is_workday": special_now.is_workday, "name": special_now.name},
    )
    special_now.delete()
    _changed(special_now.day, special_now.day, by, at)


@transaction.atomic
def seed_calendar(*, at: datetime) -> list[int]:
    """Enter every announced year that is known here and not entered yet; a year that was entered is left as it is."""
    entered = set(CalendarYear.objects.values_list("year", flat=True))
    new = [year for year in official_years() if year not in entered]
    for year in new:
        announce_year(year=year, days=official_days(year), source=SEED_SOURCE % {"year": year}, by=None, at=at)
    return new


def _require_administrator(by: Actor | None, at: datetime) -> None:
    if by is not None and not by.holds(ADMINISTRATOR, on=timezone.localdate(at)):
        raise Refused(_("只有系统管理员可以修改年历。"))


def _check_day(day: Day) -> None:
    if not day.name.strip():
        raise Refused(_("写明 %(day)s 的名称，例如“国庆节”。") % {"day": day.on})
    if day.is_workday == (day.on.weekday() < 5):
        usual = _("工作日") if day.is_workday else _("休息日")
        raise Refused(_("%(day)s 本来就是%(usual)s。") % {"day": day.on, "usual": usual})


def _changed(first: date, last: date, by: Actor | None, at: datetime) -> None:
    queries.forget()
    calendar_changed.send(sender=None, first=first, last=last, by=by, at=at)
