"""How days are written: ISO-like with the weekday on screen, 年月日 on paper, words for what is near."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

WEEKDAYS = "一二三四五六日"
HALF_SPACE = " "


def as_day(value: Any) -> date | None:
    """The local calendar day of a date, a datetime or nothing."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, date) else None


def weekday(value: Any) -> str:
    """周二"""
    found = as_day(value)
    return _("周%(day)s") % {"day": WEEKDAYS[found.weekday()]} if found else ""


def day(value: Any) -> str:
    """11-24 周二; with its year when it is not near: 2025-11-24 周一 is written by `long_day`."""
    found = as_day(value)
    return f"{found:%m-%d} {weekday(found)}" if found else ""


def long_day(value: Any) -> str:
    """2026-11-24 周二"""
    found = as_day(value)
    return f"{found:%Y-%m-%d} {weekday(found)}" if found else ""


def paper_day(value: Any) -> str:
    """2026年11月24日, as GB/T 9704 writes a day."""
    found = as_day(value)
    return f"{found.year}年{found.month}月{found.day}日" if found else ""


def due_word(value: Any, today: date) -> str:
    """今天, 明天, 逾期 1 天, else the weekday within a week and the day after it."""
    found = as_day(value)
    if found is None:
        return ""
    days = (found - today).days
    if days < 0:
        return _("逾期 %(days)d 天") % {"days": -days}
    if days <= 1:
        return _("今天") if days == 0 else _("明天")
    monday_after_next = today - timedelta(days=today.weekday()) + timedelta(days=14)
    return weekday(found) if found < monday_after_next else f"{found:%m-%d}"
